from django import template
from django.utils.formats import date_format

from pegasus.calendar.domain.periods import Period
from pegasus.home.domain.weeks import Week
from pegasus.home.queries.todo import period_label

register = template.Library()


@register.filter
def span(week: Week) -> str:
    """Return a week's days as people write them: 23–29 November 2026."""
    first, last = week.monday, week.sunday
    end = date_format(last, "j F Y")
    if first.year != last.year:
        return f"{date_format(first, 'j F Y')} – {end}"
    if first.month != last.month:
        return f"{date_format(first, 'j F')} – {end}"
    return f"{first.day}–{end}"


@register.filter
def first_name(name: str) -> str:
    """Return the word by which one greets somebody; a lone initial is none."""
    return next((word for word in name.split() if len(word.rstrip(".")) > 1), name)


@register.filter
def period_words(key: Period | str) -> str:
    """Return a period in words: triwulan IV 2026."""
    return period_label(key if isinstance(key, str) else key.key)
