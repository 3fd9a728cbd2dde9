"""Icons as inline SVG, read once each from the folder that set-up fills from the icon package."""

import re
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

SHAPE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
NAME = re.compile(r"[a-z0-9-]+")


class UnknownIcon(Exception):
    """There is no icon of this name in the set."""


@cache
def svg(name: str) -> SafeString:
    """Return an icon that is silent for screen readers: the words beside it speak."""
    path = settings.ICONS / f"{name}.svg"
    if not NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(name)
    found = SHAPE.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise UnknownIcon(name)
    # Safe: the file comes from the pinned icon package, never from a user.
    return mark_safe(
        f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{found[1].strip()}</svg>'
    )
