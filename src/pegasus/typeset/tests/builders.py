"""Fonts made here: every letter is a box, so that what is drawn can be counted."""

import struct
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from pegasus.typeset.fonts import LETTERS, WANTED

BOLD, ITALIC, REGULAR = 0x20, 0x01, 0x40


def make_font(
    family: str = "Huruf Kantor",
    *,
    letters: str = LETTERS + WANTED,
    empty: str = " ",
    width: int = 500,
    weight: int = 400,
    is_italic: bool = False,
    flags: int = 0,
    licence: str = "",
    weights: tuple[int, int] | None = None,
) -> bytes:
    """A whole font. `empty` letters are there without ink."""
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", "box", "space"])
    build.setupCharacterMap({ord(letter): "space" if letter in empty else "box" for letter in letters})
    box, none = _box(width), TTGlyphPen(None).glyph()
    build.setupGlyf({".notdef": none, "box": box, "space": none})
    build.setupHorizontalMetrics(dict.fromkeys((".notdef", "box", "space"), (width + 100, 0)))
    build.setupHorizontalHeader(ascent=800, descent=-200)
    names = {"familyName": family, "styleName": "Regular", "fullName": family, "psName": "Huruf-Regular"}
    build.setupNameTable(names | ({"licenseDescription": licence} if licence else {}))
    selection = (BOLD if weight >= 700 else 0) | (ITALIC if is_italic else 0) or REGULAR
    build.setupOS2(usWeightClass=weight, fsType=flags, fsSelection=selection, sTypoAscender=800)
    build.setupPost(italicAngle=-12 if is_italic else 0)
    build.font["head"].macStyle = (weight >= 700) | (is_italic << 1)
    build.font["head"].created = build.font["head"].modified = 3_500_000_000
    if weights:
        build.setupFvar([("wght", weights[0], weight, weights[1], "Weight")], [])
        thicker = TupleVariation({"wght": (0, 1, 1)}, [(0, 0), (0, 0), (width, 0), (width, 0), *[(0, 0)] * 4])
        build.setupGvar({"box": [thicker]})
    return _saved(build.font)


def with_table(data: bytes, tag: str, table: bytes) -> bytes:
    """A font with a table of somebody's own."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    font[tag] = DefaultTable(tag)
    font[tag].data = table
    return _saved(font)


def with_named(data: bytes, family: str) -> bytes:
    """A font with any family name, however long or strange."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    font["name"].removeNames(nameID=1)
    font["name"].setName(family, 1, 3, 1, 0x409)
    return _saved(font)


def endless_cmap(groups: int = 4000) -> bytes:
    """A table of letters that says of every code point, again and again, that it is there."""
    group = struct.pack(">III", 0, 0x10FFFF, 1)
    length = 16 + groups * len(group)
    subtable = struct.pack(">HHIII", 12, 0, length, 0, groups) + group * groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable


def without_tables(data: bytes, *tags: str) -> bytes:
    """A font that lacks tables."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    for tag in tags:
        del font[tag]
    return _saved(font)


def entries(data: bytes) -> dict[bytes, int]:
    """Where each table's entry stands in the directory."""
    (count,) = struct.unpack_from(">H", data, 4)
    return {data[12 + 16 * place : 16 + 16 * place]: 12 + 16 * place for place in range(count)}


def with_number(data: bytes, at: int, kind: str, number: int) -> bytes:
    """A file with one number changed."""
    changed = bytearray(data)
    struct.pack_into(kind, changed, at, number)
    return bytes(changed)


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 700), (width, 700), (width, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def _saved(font: TTFont) -> bytes:
    out = BytesIO()
    font.recalcTimestamp = False
    font.save(out)
    return out.getvalue()
