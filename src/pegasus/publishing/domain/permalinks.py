"""Addresses of Instagram posts."""

import re

PERMALINK = re.compile(
    r"https?://(?:www\.)?instagram\.com/(?:[\w.]{1,30}/)?(p|reel)/([\w-]{5,40})/?(?:\?\S*)?", re.ASCII
)
LONGEST = 300


class NotAPermalink(ValueError):
    """The text is not the address of a post on Instagram."""


def read(text: str) -> str:
    """Return the address of a post in its one plain form, or raise NotAPermalink."""
    found = PERMALINK.fullmatch(text.strip())
    if found is None or len(text) > LONGEST:
        raise NotAPermalink(text)
    return f"https://www.instagram.com/{found[1]}/{found[2]}/"
