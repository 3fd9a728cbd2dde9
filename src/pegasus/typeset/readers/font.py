"""Look into an uploaded font: read, and drawn once. Runs in the gate's child, whose own folder holds the font alone.

Whatever goes wrong ends the child: a font that cannot be read through is broken, however it is broken.
"""

from itertools import groupby
from pathlib import Path
from typing import Any

import typst
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.ttLib import TTFont

LONGEST = 4000
RESTRICTED, BITMAPS_ONLY, KINDS = 0x2, 0x200, 0xF
COPYRIGHT, LICENCE, LICENCE_ADDRESS = 0, 13, 14
DRAWN = """#set page(width: 1080pt, height: auto, margin: 0pt)
#set text(font: sys.inputs.family, size: 60pt, fallback: false)
#sys.inputs.letters
"""


def read(data: bytes, *, suffix: str, letters: str, wanted: str, shipped: str) -> tuple[dict[str, Any], bytes]:
    """Return all that decides whether the font is taken, and which families the fonts in `shipped` have."""
    folder = Path.cwd()
    path = folder / f"font.{suffix}"
    path.write_bytes(data)
    found = {"faces": faces(folder), **looked_at(path, letters, wanted)}
    if len(found["faces"]) == 1:
        draw(folder, found["faces"][0]["family"], letters)
    return found | {"taken": families(Path(shipped))}, b""


def looked_at(path: Path, letters: str, wanted: str) -> dict[str, Any]:
    """Read everything that decides whether the font is taken."""
    with TTFont(path, lazy=True) as font:
        cmap = font.getBestCmap() or {}
        glyphs = font.getGlyphSet()
        names = font["name"]
        axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} if "fvar" in font else {}
        return {
            "is_restricted": _is_restricted(font["OS/2"].fsType),
            "missing": [letter for letter in letters if not _is_drawn(glyphs, cmap, letter)],
            "lacks": [sign for sign in wanted if ord(sign) not in cmap],
            "covers": _ranges(sorted(cmap)),
            "weights": axes.get("wght"),
            "licence": " ".join(_said(names, which) for which in (COPYRIGHT, LICENCE, LICENCE_ADDRESS)).strip(),
            "grants": _said(names, LICENCE) + _said(names, LICENCE_ADDRESS),
        }


def faces(folder: Path) -> list[dict[str, Any]]:
    """Return the faces as the typesetter knows them: it reads names in its own way."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    return [{"family": face.family, "style": face.style, "weight": face.weight} for face in found.fonts()]


def families(folder: Path) -> list[str]:
    """Return the families that are there already."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
    return sorted(found.families())


def draw(folder: Path, family: str, letters: str) -> None:
    """Draw every letter once: what takes forever or falls over does so here, not on somebody's card."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    compiler = typst.Compiler(DRAWN.encode(), font_paths=fonts, sys_inputs={"family": family, "letters": letters})
    compiler.compile(format="svg")


def _is_restricted(flags: int) -> bool:
    return flags & KINDS == RESTRICTED or bool(flags & BITMAPS_ONLY)


def _is_drawn(glyphs: Any, cmap: dict[int, str], letter: str) -> bool:  # noqa: ANN401 - fontTools has no types
    """Tell whether a letter has ink of its own; a glyph that is empty shows nothing."""
    if ord(letter) not in cmap:
        return False
    pen = ControlBoundsPen(glyphs)
    glyphs[cmap[ord(letter)]].draw(pen)
    return letter == " " or pen.bounds is not None


def _said(names: Any, which: int) -> str:  # noqa: ANN401 - fontTools has no types
    found = next((name for name in names.names if name.nameID == which), None)
    return " ".join(found.toUnicode(errors="replace").split())[:LONGEST] + " " if found else ""


def _ranges(codes: list[int]) -> list[tuple[int, int]]:
    """Write code points down as runs: first and last."""
    runs = groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])
    return [(run[0][1], run[-1][1]) for run in (list(group) for _shift, group in runs)]
