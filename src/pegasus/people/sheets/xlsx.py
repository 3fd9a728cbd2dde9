"""Workbooks: looked at from outside first, then decoded."""

import io
import zipfile
from xml.parsers import expat

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from pegasus.people.domain import columns
from pegasus.people.domain.columns import Value
from pegasus.people.domain.staff_list import NumberedRow
from pegasus.people.sheets.limits import (
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
    SheetRefused,
    damaged,
    too_many_columns,
    too_many_rows,
    wrong_type,
)


def rows_of(data: bytes) -> list[list[NumberedRow]]:
    """Return the rows of every sheet, numbered as the sheet numbers them."""
    _refuse_bombs(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            [
                NumberedRow(number, [_value(cell) for cell in cells])
                for number, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
            ]
            for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise SheetRefused(damaged()) from error


def _value(cell: object) -> Value:
    if isinstance(cell, bool):
        return str(cell)
    return float(cell) if isinstance(cell, int | float) else str(cell)


def _refuse_bombs(data: bytes) -> None:
    """Look at the parts' sizes, then at the farthest cell: the reader reserves room for every cell up to it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise SheetRefused(wrong_type())
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > MOST_UNPACKED
                or any(map(_bulges, parts))
            ):
                raise SheetRefused(
                    _("Isi berkas ini jauh lebih besar daripada sebuah daftar pegawai, jadi tidak dibuka.")
                )
            for part in parts:
                _refuse_far_cells(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise SheetRefused(damaged()) from error


def _bulges(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_COUNTS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1)


def _refuse_far_cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        data = stream.read(MOST_UNPACKED + 1)
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").startswith(b"<"):
        return
    extent = _Extent()
    try:
        extent.measure(data)
    except expat.ExpatError as error:
        raise SheetRefused(damaged()) from error
    # Some rows of leeway for what stands above the heading.
    if extent.rows > MOST_ROWS + columns.SEARCHED:
        raise SheetRefused(too_many_rows(extent.rows))
    if extent.columns > MOST_COLUMNS:
        raise SheetRefused(too_many_columns(extent.columns))


class _Extent:
    """How far the filled cells of a worksheet reach, without building it."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0
        self._in_cell = False

    def measure(self, xml: bytes) -> None:
        """Walk through the part once; entities are refused, for no spreadsheet has them."""
        parser = expat.ParserCreate(namespace_separator="|")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("|")[2]
        if name == "row":
            self._row = _number(attributes.get("r", ""), self._row + 1)
            self._column = 0
        elif name == "c":
            self._place(attributes.get("r", ""))
            self._in_cell = True
        elif self._in_cell:  # a cell with something in it: one with a style alone takes no room
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        self._column = column_number(letters) if letters.isalpha() else self._column + 1
        self._row = _number(reference[len(letters) :], self._row)

    def _end(self, tag: str) -> None:
        if tag.rpartition("|")[2] == "c":
            self._in_cell = False

    @staticmethod
    def _refuse_doctype(*_facts: object) -> None:
        raise SheetRefused(damaged())


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004 - no sheet has a row with ten digits


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for sign in letters.upper()[:4]:
        number = number * 26 + ord(sign) - 64
    return number
