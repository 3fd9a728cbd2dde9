"""Workbooks: looked at from outside first, then decoded."""

import io
import zipfile
from datetime import datetime, time

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pegasus.kernel.zips import TORN
from pegasus.people.domain.columns import Value
from pegasus.people.domain.staff_list import NumberedRow
from pegasus.people.sheets.extent import Extent
from pegasus.people.sheets.limits import (
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
    SheetRefused,
    damaged,
    other_program,
    swollen,
    wrong_type,
)
from pegasus.people.sheets.tables import Book, Table

MACROS = "xl/vbaProject.bin"


def book_of(data: bytes) -> Book:
    """Return every sheet, its rows numbered as the sheet numbers them."""
    names, extent = _looked_at(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [
            _table(book, about.name, is_hidden=about.visible != SheetVisibleEnum.Visible)
            for about in book.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise SheetRefused(damaged()) from error
    return Book(tables, extent.hidden_rows, extent.uncomputed, MACROS in names)


def _table(book: CalamineWorkbook, name: str, *, is_hidden: bool) -> Table:
    sheet = book.get_sheet_by_name(name)
    rows = [
        NumberedRow(number, [_value(cell) for cell in cells])
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    return Table(rows, name, is_hidden, sheet.merged_cell_ranges or ())


def _value(cell: object) -> Value:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return str(cell.date())
    return float(cell) if isinstance(cell, int | float) else str(cell)


def _looked_at(data: bytes) -> tuple[set[str], Extent]:
    """Look at the parts' sizes, then at the farthest cell: the reader reserves room for every cell up to it."""
    extent = Extent()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if names & {"xl/workbook.bin", "content.xml"}:
                raise SheetRefused(other_program())
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise SheetRefused(wrong_type())
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > MOST_UNPACKED
                or any(map(_bulges, parts))
            ):
                raise SheetRefused(swollen())
            for part in sorted(parts, key=_is_texts, reverse=True):
                _measure(archive, part, extent)
    except TORN as error:
        raise SheetRefused(damaged()) from error
    return names, extent


def _is_texts(part: zipfile.ZipInfo) -> bool:
    return part.filename.casefold() == "xl/sharedstrings.xml"


def _bulges(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_COUNTS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1)


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, extent: Extent) -> None:
    with archive.open(part) as stream:
        data = stream.read(MOST_UNPACKED + 1)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").startswith(b"<"):
        (extent.measure_texts if _is_texts(part) else extent.measure)(data)
