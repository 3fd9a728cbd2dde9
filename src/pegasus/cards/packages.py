"""A template as one file: `design.json`, its pictures and the fonts that may travel, and nothing about people.

The file of a stranger is looked at from outside first, then read within limits, then checked like anything typed.
"""

import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from pegasus.cards import faults
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import Kept
from pegasus.cards.models import BrandFont
from pegasus.kernel.text import clean_data
from pegasus.kernel.zips import TORN
from pegasus.typeset import fonts, pictures
from pegasus.typeset.fonts import Font, FontRefused
from pegasus.typeset.pictures import Picture, PictureRefused

FORMAT = 1
MOST_BYTES = 40 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PICTURES = 40
MOST_DESIGN = 512 * 1024
MOST_FONTS = 12
PICTURE = re.compile(r"pictures/([1-9][0-9]?)\.(jpg|png)")
FONT = re.compile(r"fonts/([1-9][0-9]?)\.(ttf|otf)")
# A fixed day: the same template gives the same file.
MADE = (2026, 1, 1, 0, 0, 0)


class PackageRefused(Exception):
    """The file holds no template; the text is for people."""


@dataclass(frozen=True)
class Package:
    """A template that was read: its pictures are numbered as the design names them."""

    name: str
    design: dict[str, Any]
    pictures: dict[int, Picture]
    fonts: Sequence[tuple[Font, str]] = ()


@dataclass(frozen=True)
class PackedFont:
    """A font that goes along: its file and by what right it may."""

    data: bytes
    suffix: str
    right: str


def packed(name: str, design: Mapping[str, Any], kept: Mapping[int, Kept], own: Sequence[PackedFont] = ()) -> bytes:
    """Return a template as one file."""
    numbers = {file: place for place, file in enumerate(sorted(kept), 1)}
    said = {"format": FORMAT, "name": name, "design": renumbered(design, numbers)}
    if own:
        said["fonts"] = [font.right for font in own]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("design.json", MADE), json.dumps(said, ensure_ascii=False, indent=1))
        for file, place in numbers.items():
            data = kept[file].read()
            suffix = "png" if data.startswith(b"\x89PNG") else "jpg"
            archive.writestr(zipfile.ZipInfo(f"pictures/{place}.{suffix}", MADE), data)
        for place, font in enumerate(own, 1):
            archive.writestr(zipfile.ZipInfo(f"fonts/{place}.{font.suffix}", MADE), font.data)
    return out.getvalue()


def unpacked(data: bytes) -> Package:
    """Return the template in a file, or raise PackageRefused."""
    if len(data) > MOST_BYTES:
        raise PackageRefused(_("Berkas ini lebih besar dari 40 MB, jadi bukan templat Pegasus."))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _parts(archive)
            said: Any = clean_data(json.loads(_read(archive, parts.pop("design.json"), MOST_DESIGN)))
            name, design = _checked(said)
            wanted = designs.files_in(design) - {designs.OFFICE_LOGO}
            found = {number: _picture(archive, parts, number) for number in sorted(wanted)}
            own = _fonts(archive, parts, said.get("fonts", []))
    except (*TORN, ValueError, RecursionError):  # the last two: what stands in it is no JSON, or nested without end
        raise PackageRefused(_("Berkas ini tidak dapat dibaca sebagai templat Pegasus.")) from None
    return Package(name, design, found, own)


def renumbered(design: Mapping[str, Any], numbers: Mapping[int, int]) -> dict[str, Any]:
    """Return a design with its pictures under other numbers; one that is not there becomes none."""
    return {
        **design,
        "background": [_with(layer, numbers) for layer in design["background"] if _is_there(layer, numbers)],
        "elements": [_with(element, numbers) for element in design["elements"] if _is_there(element, numbers)],
    }


def _is_there(item: Mapping[str, Any], numbers: Mapping[int, int]) -> bool:
    return item["kind"] != "picture" or item["file"] in numbers


def _with(item: Mapping[str, Any], numbers: Mapping[int, int]) -> dict[str, Any]:
    return {**item, "file": numbers.get(item["file"])} if item.get("file") else dict(item)


def _parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return what the file holds, when all of it may be in a template."""
    found = archive.infolist()
    names = [part.filename for part in found]
    known = "design.json" in names and all(
        name == "design.json" or PICTURE.fullmatch(name) or FONT.fullmatch(name) for name in names
    )
    if not known or len(names) != len(set(names)):
        raise PackageRefused(_("Berkas ini bukan templat Pegasus. Pilih berkas .zip dari tombol “Unduh”."))
    if len(found) > MOST_PICTURES + MOST_FONTS + 1 or sum(part.file_size for part in found) > MOST_UNPACKED:
        raise PackageRefused(_("Isi berkas ini terlalu besar untuk sebuah templat."))
    return dict(zip(names, found, strict=True))


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(part) as stream:
        data = stream.read(most + 1)  # what the list of contents says may be a lie
    if len(data) > most:
        raise PackageRefused(_("Isi berkas ini terlalu besar untuk sebuah templat."))
    return data


def _checked(said: object) -> tuple[str, dict[str, Any]]:
    if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("design"), dict):
        raise PackageRefused(_("Templat ini dibuat dengan versi Pegasus yang lain dan belum dapat dibaca di sini."))
    design = said["design"]
    if found := designs.faults(design, families=None):  # fonts are asked for where the office is known
        first = faults.sentence(found[0])
        raise PackageRefused(_("Templat ini tidak dapat dipakai: %(reason)s") % {"reason": first})
    return design["name"], design


def _picture(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], number: int) -> Picture:
    part = parts.get(f"pictures/{number}.jpg") or parts.get(f"pictures/{number}.png")
    if part is None:
        raise PackageRefused(_("Satu gambar templat ini tidak ada di dalam berkasnya."))
    try:
        return pictures.accept(_read(archive, part, pictures.MOST_BYTES))
    except PictureRefused as refused:
        raise PackageRefused(str(refused)) from None


def _fonts(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], rights: object) -> list[tuple[Font, str]]:
    """Return the fonts that came along, each with the right that was stated; each passes the gate."""
    free = (BrandFont.Right.OPEN.value, BrandFont.Right.OWN.value)
    if not isinstance(rights, list) or len(rights) > MOST_FONTS or not all(right in free for right in rights):
        raise PackageRefused(_("Huruf di dalam templat ini tidak boleh dibagikan, jadi templatnya tidak diambil."))
    held = {int(match[1]): part for name, part in parts.items() if (match := FONT.fullmatch(name))}
    if sorted(held) != list(range(1, len(rights) + 1)):
        raise PackageRefused(_("Huruf di dalam berkas ini tidak sama dengan daftarnya."))
    try:
        return [
            (fonts.accept(_read(archive, held[place], fonts.MOST_BYTES)), right)
            for place, right in enumerate(rights, 1)
        ]
    except FontRefused as refused:
        raise PackageRefused(str(refused)) from None
