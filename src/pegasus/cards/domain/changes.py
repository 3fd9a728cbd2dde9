"""What changed between two texts, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text that is in the other one too, or is not."""

    text: str
    is_changed: bool


def compare(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces; joined, each gives its own text again."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    # Another space or line break between the same words is no change.
    words = [word.strip() for word in before], [word.strip() for word in after]
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, from_old, to_old, from_new, to_new in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        _add(left, before[from_old:to_old], is_changed=kind != "equal")
        _add(right, after[from_new:to_new], is_changed=kind != "equal")
    return left, right


def _add(pieces: list[Piece], tokens: Sequence[str], *, is_changed: bool) -> None:
    if tokens:
        pieces.append(Piece("".join(tokens), is_changed))
