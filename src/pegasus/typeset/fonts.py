"""The gate that every uploaded font passes: looked at from outside, then read and drawn in a process of its own."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pegasus.typeset import foreign
from pegasus.typeset.foreign import MEGABYTE, FileRefused, Limits, Reader
from pegasus.typeset.glyphs import Ranges
from pegasus.typeset.lanes import FONTS

MOST_BYTES = 8 * MEGABYTE
FONT = foreign.register(
    Reader(
        "font",
        "pegasus.typeset.readers.font:read",
        Limits(most_bytes=MOST_BYTES, memory=1024 * MEGABYTE, cpu=5, seconds=30, answer=8 * MEGABYTE, at_once=1),
    )
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;?!'\"()-/& "
# What templates and people like to set; the next font has it where this one has not.
WANTED = "–—“”‘’…·#@%+=éÉ°"
HEAD, ENTRY = 12, 16
MOST_TABLES, MOST_SHOWN = 64, 24
KINDS = {b"\x00\x01\x00\x00": "ttf", b"true": "ttf", b"OTTO": "otf"}
NEEDED = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2"}
OUTLINES = ({b"glyf", b"loca"}, {b"CFF "}, {b"CFF2"})
# Pictures inside a font are decoded by whoever draws it; letters for cards have outlines.
COLOURED = {b"SVG ", b"sbix", b"CBDT"}
FAMILY = re.compile(r"[^\W_][\w .&'+-]{0,58}[\w.+]")


class FontRefused(Exception):
    """The file is no font that we take; the text is for people."""


@dataclass(frozen=True)
class Font:
    """A font that passed the gate: one face, as the typesetter knows it."""

    data: bytes
    suffix: str
    family: str
    style: str
    weight: int
    lightest: int
    heaviest: int
    covers: Ranges
    lacks: str
    licence: str
    grants: str


def accept(data: bytes) -> Font:
    """Return the font, or raise FontRefused."""
    suffix = _outside(data)
    found = _inside(data, suffix)
    if len(found["faces"]) != 1:
        raise FontRefused(_broken())
    face = found["faces"][0]
    _refuse_name(face["family"], found["taken"])
    if found["is_restricted"]:
        raise FontRefused(_("Pembuat huruf ini melarang penyematan (fsType), jadi tidak dapat dipakai untuk kartu."))
    if found["missing"]:
        raise FontRefused(_("Huruf ini tidak punya: %(letters)s. Kartu memerlukannya.") % _named(found["missing"]))
    least, most = found["weights"] or (face["weight"], face["weight"])
    return Font(
        data=data,
        suffix=suffix,
        family=face["family"],
        style=face["style"],
        weight=face["weight"],
        lightest=round(least),
        heaviest=round(most),
        covers=tuple((first, last) for first, last in found["covers"]),
        lacks="".join(found["lacks"]),
        licence=found["licence"],
        grants=found["grants"].strip(),
    )


def _broken() -> str:
    return _("Berkas huruf ini rusak atau tidak lengkap. Unduh ulang dari sumbernya, lalu coba lagi.")


def _named(letters: Sequence[str]) -> dict[str, str]:
    shown = " ".join(_("spasi") if letter == " " else letter for letter in letters[:MOST_SHOWN])
    more = len(letters) - MOST_SHOWN
    return {"letters": _("%(letters)s dan %(more)s lagi") % {"letters": shown, "more": more} if more > 0 else shown}


def _outside(data: bytes) -> str:
    """Look at what stands in the first bytes, before any library reads further; return how such files end."""
    if len(data) > MOST_BYTES:
        raise FontRefused(_("Berkas ini lebih besar dari 8 MB. Pilih huruf Latin saja, satu gaya per berkas."))
    head = data[:4]
    if head == b"ttcf":
        raise FontRefused(_("Ini kumpulan beberapa huruf (TTC). Unggah satu gaya per berkas TTF atau OTF."))
    if head in {b"wOFF", b"wOF2"}:
        raise FontRefused(_("Ini huruf untuk web (WOFF). Unggah TTF atau OTF aslinya."))
    if head.startswith(b"PK"):
        raise FontRefused(_("Ini berkas ZIP. Keluarkan dulu berkas TTF atau OTF di dalamnya."))
    if head not in KINDS:
        raise FontRefused(_("Berkas ini bukan huruf. Pilih berkas TTF atau OTF."))
    tables = _tables(data)
    if not any(outlines <= tables for outlines in OUTLINES):
        raise FontRefused(_("Huruf ini hanya berisi gambar titik, tanpa garis bentuk, jadi tidak dapat dibesarkan."))
    if tables & COLOURED:
        raise FontRefused(_("Huruf berwarna tidak dapat dipakai untuk kartu. Pilih huruf biasa."))
    if not tables >= NEEDED:
        raise FontRefused(_broken())
    return KINDS[head]


def _tables(data: bytes) -> set[bytes]:
    """Return the tables that a font says it has, when each lies inside the file and none over another."""
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        if not 0 < count <= MOST_TABLES:
            raise FontRefused(_broken())
        entries = [struct.unpack_from(">4sIII", data, HEAD + ENTRY * place) for place in range(count)]
    except struct.error:
        raise FontRefused(_broken()) from None
    end = HEAD + ENTRY * count
    for _tag, _checksum, offset, length in sorted(entries, key=lambda entry: (entry[2], entry[3])):
        if offset < end or offset + length > len(data):
            raise FontRefused(_broken())
        end = offset + length
    tags = {entry[0] for entry in entries}
    if len(tags) != count or not all(tag.isascii() and tag.decode().isprintable() for tag in tags):
        raise FontRefused(_broken())
    return tags


def _inside(data: bytes, suffix: str) -> dict[str, Any]:
    """Have the font read and drawn behind the gate."""
    try:
        found = foreign.read(FONT, data, suffix=suffix, letters=LETTERS, wanted=WANTED, shipped=str(FONTS))
    except FileRefused as refused:
        raise FontRefused(foreign.too_busy() if refused.reason == "busy" else _broken()) from None
    facts: dict[str, Any] = found.facts
    return facts


def _refuse_name(family: str, taken: list[str]) -> None:
    if not FAMILY.fullmatch(family):
        raise FontRefused(_("Nama di dalam berkas huruf ini tidak wajar, jadi huruf ini tidak dipakai."))
    if family.casefold() in {name.casefold() for name in taken}:
        raise FontRefused(_("Huruf “%(family)s” sudah ada di Pegasus.") % {"family": family})
