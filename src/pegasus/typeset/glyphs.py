"""Which characters can be drawn: our fonts show them, an office's own ones, or those that Typst carries itself.

Typst draws a box for the others without a word, and refuses them in PDF/A. Its own fonts lie in no folder, so it is
asked, for 256 characters at a time: what is told is what is drawn, on every machine.
"""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import structlog
from fontTools.ttLib import TTFont

from pegasus.typeset.lanes import CARDS, FONTS, TypesetFailed

# Runs of code points, first and last: what a font that an office brought can show.
Ranges = Sequence[tuple[int, int]]
EMOJI = "NotoColorEmoji.ttf"
# Shape their neighbours and need no glyph of their own: joiners, variation selectors, line ends, soft hyphen.
SILENT = frozenset({0x09, 0x0A, 0x0D, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)})
PAGE = 256
PAGES = 0x110000 // PAGE
# Halves of pairs, and the areas in which every font has what it likes: a bullet there is an arrow elsewhere.
NOBODY_KNOWS = (range(0xD800, 0xF900), range(0xF0000, 0x110000))
# One paragraph for each character; PDF/A names every one that has no glyph.
PROBE = """#set document(title: "-", date: datetime(year: 2026, month: 1, day: 1))
#set page(height: auto)
#for character in json("/data.json") { par(character) }
"""
UNDRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")

log = structlog.get_logger(__name__)


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


def can_draw(character: str) -> bool:
    """Tell whether a character has a shape on every card and in every document."""
    code = ord(character)
    return code in covered() or code in _borrowed(code // PAGE)


def is_written(character: str) -> bool:
    """Tell whether some font of letters shows a character: emoji come from a font of their own."""
    code = ord(character)
    return code in written() or (code not in covered() and can_draw(character))


def missing(text: str, own: Sequence[Ranges] = ()) -> list[str]:
    """Return the characters that no font has, neither ours nor an office's own, each once, in their order."""
    strange = dict.fromkeys(character for character in text if ord(character) not in covered())
    return [
        character for character in strange if not any(has(font, character) for font in own) and not can_draw(character)
    ]


def has(font: Ranges, character: str) -> bool:
    """Tell whether a font can show a character."""
    code = ord(character)
    return code in SILENT or any(first <= code <= last for first, last in font)


def replaced(value: object, mark: str) -> object:
    """Return data with every character that no font has replaced by a mark."""
    if isinstance(value, str):
        return "".join(character if can_draw(character) else mark for character in value)
    if isinstance(value, Mapping):
        return {key: replaced(item, mark) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [replaced(item, mark) for item in value]
    return value


def _borrowed(page: int) -> frozenset[int]:
    """Return the code points of a page that only Typst's own fonts have; none while nobody can be asked."""
    try:
        return _asked(page)
    except TypesetFailed as failure:
        log.warning("typeset.glyphs_not_asked", page=page, reason=str(failure))
        return frozenset()


@lru_cache(maxsize=PAGES)
def _asked(page: int) -> frozenset[int]:
    strange = [
        code
        for code in range(page * PAGE, (page + 1) * PAGE)
        if code not in covered() and not any(code in area for area in NOBODY_KNOWS)
    ]
    if not strange:
        return frozenset()
    with tempfile.TemporaryDirectory(prefix="pegasus-glyphs-") as folder:
        root = Path(folder)
        (root / "main.typ").write_text(PROBE, encoding="utf-8")
        (root / "data.json").write_text(json.dumps([chr(code) for code in strange]), encoding="utf-8")
        request = {"format": "pdf", "ppi": None, "standards": ["a-2b"], "timestamp": 0}
        try:
            CARDS.run(request | {"root": folder, "main": str(root / "main.typ")})
        except TypesetFailed as failure:
            undrawn = UNDRAWN.findall(str(failure))
            if not undrawn:
                raise
            return frozenset(strange) - {ord(character) for text in undrawn for character in _unescaped(text)}
    return frozenset(strange)


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
