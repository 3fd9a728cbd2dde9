"""Workbooks (XLSX, ODS, XLS): looked at from outside first, then decoded."""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pegasus.kernel.zips import TORN
from pegasus.people.readers import ods_extent
from pegasus.people.readers.limits import (
    MOST_CELLS,
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
    refuse,
)
from pegasus.people.readers.xlsx_extent import Extent, PartExtent, local, parse

MACROS = "xl/vbaProject.bin"
OLE = b"\xd0\xcf\x11\xe0"
SHEETS = "xl/worksheets/"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id"


@dataclass
class _Looked:
    """What is known of a workbook before it is decoded: of its sheets by name, or in their order."""

    by_name: dict[str, PartExtent] = field(default_factory=dict)
    in_order: list[PartExtent] = field(default_factory=list)
    has_macros: bool = False

    def of(self, place: int, name: str) -> PartExtent:
        """Return what is known of a sheet."""
        if name in self.by_name:
            return self.by_name[name]
        return self.in_order[place] if place < len(self.in_order) else PartExtent()


def read(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return every sheet with its rows, and what a person should know of it; nothing but plain facts."""
    looked = _Looked() if data.startswith(OLE) else _looked_at(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [
            _table(book, about.name, looked.of(place, about.name), is_hidden=about.visible != SheetVisibleEnum.Visible)
            for place, about in enumerate(book.sheets_metadata)
            if about.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError, ValueError) as error:
        refuse("locked" if "password" in str(error).casefold() else "damaged")
    return {"tables": tables, "has_macros": looked.has_macros}, b""


def _table(book: CalamineWorkbook, name: str, known: PartExtent, *, is_hidden: bool) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        refuse("swollen")
    return {
        "name": name,
        "is_hidden": is_hidden,
        "rows": [[_value(cell) for cell in cells] for cells in sheet.to_python(skip_empty_area=False)],
        "merged": sheet.merged_cell_ranges or [],
        "hidden_rows": known.hidden_rows,
        "hidden_columns": sorted(known.hidden_columns),
        "uncomputed": sorted([column, *counted] for column, counted in known.uncomputed.items()),
    }


def _value(cell: object) -> str | float:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return str(cell.date())
    return float(cell) if isinstance(cell, int | float) else str(cell)


def _looked_at(data: bytes) -> _Looked:
    """Look at the parts' sizes, then at the farthest cell: the decoder reserves room for every cell up to it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.bin" in names:
                refuse("other_program")
            is_open_document = "content.xml" in names
            if not is_open_document and not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
                refuse("wrong_type")
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > MOST_UNPACKED
                or any(map(_bulges, parts))
            ):
                refuse("swollen")
            return _open_document(archive) if is_open_document else _excel(archive, parts)
    except TORN:
        refuse("damaged")


def _open_document(archive: zipfile.ZipFile) -> _Looked:
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        refuse("locked")
    return _Looked(in_order=ods_extent.measure(_part(archive, "content.xml"), Extent()))


def _excel(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> _Looked:
    extent, found = Extent(), dict[str, PartExtent]()
    for part in sorted(parts, key=_is_texts, reverse=True):
        data = _part(archive, part.filename)
        if data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").startswith(b"<"):
            if _is_texts(part):
                extent.measure_texts(data)
            else:
                found[part.filename] = extent.measure(data)
    names = _sheet_parts(archive)
    by_name = {name: found[part] for name, part in names.items() if part in found}
    return _Looked(by_name=by_name, has_macros=MACROS in archive.namelist())


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part in which each sheet stands."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def related(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship":
            target = attributes.get("Target", "").lstrip("/")
            targets[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"

    def listed(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            names[attributes.get("name", "")] = attributes.get(RELATED, "")

    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        parse(_part(archive, "xl/_rels/workbook.xml.rels"), related)
        parse(_part(archive, "xl/workbook.xml"), listed)
    return {name: targets.get(identity, "") for name, identity in names.items()}


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(MOST_UNPACKED + 1)


def _is_texts(part: zipfile.ZipInfo) -> bool:
    return part.filename.casefold() == "xl/sharedstrings.xml"


def _bulges(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_COUNTS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1)
