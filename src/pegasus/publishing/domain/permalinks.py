"""Addresses of Instagram posts, as people copy them."""

import re

# Also within a sentence, without a scheme, from the phone's site, with what the sharing adds.
ADDRESS = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?:www\.|m\.)?instagram\.com/(?P<path>[^\s\"'<>]*)", re.ASCII | re.IGNORECASE
)
POST = re.compile(r"(?:[\w.]{1,30}/)?(?P<kind>p|reels?)/(?P<code>[\w-]{5,40})/?(?:[?#]\S*)?[.,;:!)]*", re.ASCII)
SHARED = re.compile(r"(?:[\w.]{1,30}/)?share(?:/|$)", re.ASCII)
LONGEST = 300


class NotAPermalink(ValueError):
    """The text holds no address of a post on Instagram, or addresses of several."""


class SharedAddress(NotAPermalink):
    """It is what the app's share button gives: it leads to the post only from the phone that made it."""


def read_permalink(text: str) -> str:
    """Return the address of the one post that a text names, in its plain form.

    Raise NotAPermalink where there is none or more than one, SharedAddress for the share button's own address.
    """
    if len(text) > LONGEST:
        raise NotAPermalink(text)
    paths = [found["path"] for found in ADDRESS.finditer(text)]
    if any(SHARED.match(path) for path in paths):
        raise SharedAddress(text)
    posts = {_plain(found) if (found := POST.fullmatch(path)) else None for path in paths}
    if len(posts) != 1 or None in posts:
        raise NotAPermalink(text)
    return str(posts.pop())


def _plain(post: re.Match[str]) -> str:
    return f"https://www.instagram.com/{post['kind'].rstrip('s')}/{post['code']}/"
