"""A card's words: how long they may be, when they are the same, how a picture of them is told."""

import re

LONGEST = 220
_NOISE = re.compile(r"[\W_]+")


def key(words: str) -> str:
    """Return what stays the same when people change capitals, spaces and marks."""
    return _NOISE.sub(" ", words.casefold()).strip()


def alt_text(*, words: str, source: str, name: str, team: str) -> str:
    """Return what a person who cannot see the card should hear."""
    said = f"Kartu Pegasus dari {name}{f' ({team})' if team else ''}"
    if not words.strip():
        return f"{said}."
    return f"{said}: “{' '.join(words.split())}”{f' — {source.strip()}' if source.strip() else ''}."
