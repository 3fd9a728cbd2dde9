"""Which characters our fonts can show. Typst draws a box for the others without a word, and refuses them in PDF/A."""

from collections.abc import Mapping, Sequence
from functools import cache

from fontTools.ttLib import TTFont

from pegasus.typeset.lanes import FONTS

# Runs of code points, first and last: what a font that an office brought can show.
Ranges = Sequence[tuple[int, int]]
# Shape their neighbours and need no glyph of their own: joiners, variation selectors, line ends, soft hyphen.
EMOJI = "NotoColorEmoji.ttf"
SILENT = frozenset({0x09, 0x0A, 0x0D, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)})


@cache
def covered() -> frozenset[int]:
    """Return every code point that one of our fonts has."""
    return written() | _points(EMOJI)


@cache
def written() -> frozenset[int]:
    """Return every code point that one of our fonts of letters has; emoji come from a font of their own."""
    return SILENT.union(*(_points(path.name) for path in sorted(FONTS.glob("*.ttf")) if path.name != EMOJI))


def _points(name: str) -> frozenset[int]:
    with TTFont(FONTS / name, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(text: str, own: Sequence[Ranges] = ()) -> list[str]:
    """Return the characters that no font has, neither ours nor an office's own, each once, in their order."""
    known = covered()
    strange = dict.fromkeys(character for character in text if ord(character) not in known)
    return [character for character in strange if not any(has(font, character) for font in own)]


def has(font: Ranges, character: str) -> bool:
    """Tell whether a font can show a character."""
    code = ord(character)
    return code in SILENT or any(first <= code <= last for first, last in font)


def replaced(value: object, mark: str) -> object:
    """Return data with every character that no font has replaced by a mark."""
    if isinstance(value, str):
        return "".join(character if ord(character) in covered() else mark for character in value)
    if isinstance(value, Mapping):
        return {key: replaced(item, mark) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [replaced(item, mark) for item in value]
    return value
