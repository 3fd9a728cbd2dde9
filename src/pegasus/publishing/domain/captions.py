"""The words that go with a card, as WhatsApp and Instagram take them."""

import re
from dataclasses import dataclass

from pegasus.kernel.text import clean_line, clean_lines

INSTAGRAM_CHARACTERS = 2200
INSTAGRAM_HASHTAGS = 5
# A pair that is a flag; else a character, what is joined to it, its marks, its skin.
_MARKS = r"[\u0300-\u036f\u20d0-\u20ff\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
SIGN = re.compile(
    rf"[\U0001f1e6-\U0001f1ff]{{2}}|\r\n|.{_MARKS}(?:\u200d.{_MARKS})*",
    re.DOTALL,
)
HASHTAG = re.compile(r"[#＃]+(\w+)")


@dataclass(frozen=True)
class Facts:
    """What a caption says."""

    title: str  # "Pegasus"
    when: str  # "Minggu ke-48, 23–29 November 2026"
    words: str
    source: str  # who said it first; empty for the writer's own words
    name: str
    team: str
    greeting: str
    hashtags: str = ""


def whatsapp(facts: Facts) -> str:
    """Return the caption for the office's group, its heading in bold (`*tebal*`)."""
    heading = clean_line(f"{facts.title} · {facts.when}").replace("*", "")
    return _join(
        f"*{heading}*",
        _quoted(clean_lines(facts.words).strip(), facts.source),
        _writer(facts),
        clean_line(facts.greeting),
    )


def instagram(facts: Facts) -> str:
    """Return the caption for Instagram: at most 2,200 characters and five hashtags, the words being cut first."""
    words = _few_hashtags(clean_lines(facts.words).strip(), INSTAGRAM_HASHTAGS)
    room = INSTAGRAM_HASHTAGS - len(HASHTAG.findall(words))
    tags = " ".join(dict.fromkeys(f"#{tag}" for tag in HASHTAG.findall(facts.hashtags)[: max(room, 0)]))
    parts = [
        _plain(f"{facts.title} · {facts.when}"),
        "",
        _plain(_writer(facts)),
        _plain(facts.greeting),
        tags,
    ]
    source = _plain(facts.source)
    parts[1] = _quoted(words, source)
    excess = units(_join(*parts)) - INSTAGRAM_CHARACTERS
    if excess > 0:
        parts[1] = _quoted(_cut(words, units(words) - excess), source)
    return _join(*parts)


def units(text: str) -> int:
    """Count as the strictest platform does: characters beyond the basic plane count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _quoted(words: str, source: str) -> str:
    quoted = f"“{words}”" if words else ""
    return f"{quoted}\n— {clean_line(source)}" if words and clean_line(source) else quoted


def _writer(facts: Facts) -> str:
    name, team = clean_line(facts.name), clean_line(facts.team)
    return f"Oleh: {name}, {team}" if name and team else f"Oleh: {name}" if name else ""


def _few_hashtags(text: str, most: int) -> str:
    """Leave the first few hashtags; the others lose their sign and stay as words."""
    seen = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return found.group() if seen <= most else found.group(1)

    return HASHTAG.sub(keep, text)


def _plain(text: str) -> str:
    return clean_line(text).replace("#", "").replace("＃", "")


def count_hashtags(text: str) -> int:
    """Return how many hashtags a text has."""
    return len(HASHTAG.findall(text))


def _cut(text: str, most: int) -> str:
    """Cut at `most` units, an ellipsis included, at a space where one is near, never within one visible sign."""
    kept: list[str] = []
    left = most - 1
    for sign in signs(text):
        left -= units(sign)
        if left < 0:
            break
        kept.append(sign)
    short = "".join(kept).rstrip()
    head, space, tail = short.rpartition(" ")
    near = 30
    return f"{head if space and len(tail) < near else short}…"


def signs(text: str) -> list[str]:
    """Return a text as people see it: joined emoji, flags and letters with their marks are one sign each."""
    return SIGN.findall(text)


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
