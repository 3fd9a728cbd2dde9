"""Staff lists as files: XLSX and CSV become rows of text and numbers. What is dangerous is refused before decoding."""

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from pegasus.people.domain import columns
from pegasus.people.domain.staff_list import NumberedRow
from pegasus.people.sheets import text, xlsx
from pegasus.people.sheets.limits import MOST_BYTES, MOST_ROWS, SheetRefused, too_big, too_many_rows, wrong_type

__all__ = ["MOST_BYTES", "Sheet", "SheetRefused", "letter", "read", "too_big"]

SUFFIXES = {"", ".xlsx", ".xlsm", ".csv", ".txt", ".tsv"}
OLE = b"\xd0\xcf\x11\xe0"  # old spreadsheets, and new ones behind a password
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """A list that could be read: all rows, where its heading is, and which column is which."""

    filename: str
    rows: tuple[NumberedRow, ...]
    header: int | None
    mapping: dict[str, int]

    @property
    def people(self) -> tuple[NumberedRow, ...]:
        """The rows under the heading."""
        return self.rows if self.header is None else self.rows[self.header + 1 :]

    @property
    def headings(self) -> list[str]:
        """A name for every column: its heading, else its letter."""
        width = max((len(row.cells) for row in self.rows), default=0)
        top = self.rows[self.header].cells if self.header is not None else ()
        texts = [str(top[column]).strip() if column < len(top) else "" for column in range(width)]
        return [text[:60] or _("Kolom %(letter)s") % {"letter": letter(n)} for n, text in enumerate(texts)]


def letter(column: int) -> str:
    """Return the letters of a column as spreadsheets have them: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read(data: bytes, filename: str) -> Sheet:
    """Read a staff list, or raise SheetRefused with a sentence that says what to do."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetRefused(_("Berkas ini kosong."))
    if len(data) > MOST_BYTES:
        raise SheetRefused(too_big())
    if PurePath(filename.lower()).suffix not in SUFFIXES or data.startswith(OLE):
        raise SheetRefused(wrong_type())
    sheets = xlsx.rows_of(data) if data.startswith(ZIP) else [text.rows_of(data)]
    return _best(sheets, filename)


def _best(sheets: list[list[NumberedRow]], filename: str) -> Sheet:
    """Choose the sheet with the best heading; a workbook often has notes on other sheets."""
    found: list[tuple[int, Sheet]] = []
    for rows in sheets:
        cells = [row.cells for row in rows]
        header = columns.find_header(cells)
        mapping = columns.guess(cells, header)
        found.append((len(mapping), Sheet(filename, tuple(rows), header, mapping)))
    found = [(score, sheet) for score, sheet in found if any(_is_filled(row) for row in sheet.rows)]
    if not found:
        raise SheetRefused(_("Tidak ada satu pun baris terisi dalam berkas ini."))
    best = max(found, key=lambda pair: pair[0])[1]
    if sum(map(_is_filled, best.people)) > MOST_ROWS:
        raise SheetRefused(too_many_rows(len(best.people)))
    return best


def _is_filled(row: NumberedRow) -> bool:
    return any(cell != "" for cell in row.cells)
