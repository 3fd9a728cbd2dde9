"""Days and lists as people read them."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day(on: date) -> str:
    """Write a date in words."""
    return str(date_format(on, "j F Y"))


def span(first: date, last: date) -> str:
    """Write a span of days in words, as short as it can be read."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{day(last)}"
    begin = day(first) if first.year != last.year else str(date_format(first, "j F"))
    return f"{begin} \N{EN DASH} {day(last)}"


def listed(words: Iterable[str]) -> str:
    """Join words as they are read: a, b dan c."""
    found = list(words)
    if len(found) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(found)
    return _("%(first)s dan %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}
