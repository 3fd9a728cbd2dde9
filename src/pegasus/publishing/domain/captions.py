"""The words that go with a card, as WhatsApp and Instagram take them."""

import re
from dataclasses import dataclass

INSTAGRAM_CHARACTERS = 2200
INSTAGRAM_HASHTAGS = 5
HASHTAG = re.compile(r"[#＃]+(\w+)")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


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
    heading = _line(f"{facts.title} · {facts.when}").replace("*", "")
    return _join(f"*{heading}*", _quoted(_text(facts.words), facts.source), _writer(facts), _line(facts.greeting))


def instagram(facts: Facts) -> str:
    """Return the caption for Instagram: at most 2,200 characters and five hashtags, the words being cut first."""
    words = _few_hashtags(_text(facts.words), INSTAGRAM_HASHTAGS)
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
    return f"{quoted}\n— {_line(source)}" if words and _line(source) else quoted


def _writer(facts: Facts) -> str:
    name, team = _line(facts.name), _line(facts.team)
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
    return _line(text).replace("#", "").replace("＃", "")


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _cut(text: str, most: int) -> str:
    """Cut at `most` units, an ellipsis included, at a space where one is near."""
    kept: list[str] = []
    left = most - 1
    for character in text:
        left -= units(character)
        if left < 0:
            break
        kept.append(character)
    short = "".join(kept).rstrip()
    head, space, tail = short.rpartition(" ")
    near = 30
    return f"{head if space and len(tail) < near else short}…"


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
