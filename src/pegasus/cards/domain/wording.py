"""What is worth a word before a card is sent. A finding stops the card, or is shown and may be passed over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 220
LONGEST_WORD = 34
# "... – Soekarno", "... (Kartini)" at the end: words of somebody with a name.
_SIGNED = re.compile(r"(?:[-–—~]\s*|\()(?:[A-Z][\w.'’]+\s*){1,5}\)?\s*$")
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Finding:
    """One thing about the words; `kind` is turned into a sentence by the page."""

    kind: str
    stops: bool
    detail: str = ""


def key(words: str) -> str:
    """Return what stays the same when people change capitals, spaces and marks."""
    return _NOISE.sub(" ", words.casefold()).strip()


def findings(*, words: str, source: str, missing: Sequence[str] = (), used_by: str = "") -> list[Finding]:
    """Look at words and source; what stops the card comes first."""
    text = words.strip()
    found = []
    if not text:
        return [Finding("empty", stops=True)]
    if len(text) > LONGEST:
        found.append(Finding("too_long", stops=True, detail=str(len(text))))
    if long := [word for word in text.split() if len(word) > LONGEST_WORD]:
        found.append(Finding("long_word", stops=True, detail=long[0][:LONGEST_WORD]))
    if missing:
        found.append(Finding("missing", stops=True, detail=" ".join(missing[:8])))
    if used_by:
        found.append(Finding("used", stops=False, detail=used_by))
    if not source.strip() and _SIGNED.search(text):
        found.append(Finding("no_source", stops=False))
    return found


def alt_text(*, words: str, source: str, name: str, team: str) -> str:
    """Return what a person who cannot see the card should hear."""
    said = f"Kartu Pegasus dari {name}{f' ({team})' if team else ''}"
    if not words.strip():
        return f"{said}."
    return f"{said}: “{' '.join(words.split())}”{f' — {source.strip()}' if source.strip() else ''}."
