"""Lists as files: XLSX and CSV become rows of text and numbers. What is dangerous is refused before decoding."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.people.domain import columns
from pegasus.people.domain.columns import STAFF, Kind
from pegasus.people.domain.leave_list import LEAVE
from pegasus.people.domain.staff_list import NumberedRow
from pegasus.people.sheets import ics, text, xlsx
from pegasus.people.sheets.limits import (
    MOST_BYTES,
    MOST_ROWS,
    SheetRefused,
    locked,
    other_program,
    too_big,
    too_many_rows,
    wrong_type,
)
from pegasus.people.sheets.tables import Book, Table, spread

__all__ = ["MOST_BYTES", "PASTED", "Sheet", "SheetRefused", "letter", "read", "too_big"]

PASTED = "tempelan"  # the name of a table that came through the clipboard: no file has it
SUFFIXES = {"", ".xlsx", ".xlsm", ".csv", ".txt", ".tsv"}
ELSEWHERE = {".xls", ".xlsb", ".ods", ".numbers"}  # spreadsheets that can be saved as XLSX
OLE = b"\xd0\xcf\x11\xe0"  # old spreadsheets, and new ones behind a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
BLANK = b'\0 \t\r\n\xef\xbb\xbf\xff\xfe,;|"'
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """A list that could be read: all rows, where its heading is, and which column is which."""

    filename: str
    rows: tuple[NumberedRow, ...]
    header: int | None
    mapping: dict[str, int]
    kind: Kind = STAFF
    names: tuple[str, ...] = ("",)
    chosen: int = 0
    notes: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[NumberedRow, ...]:
        """The rows under the heading."""
        return self.rows if self.header is None else self.rows[self.header + 1 :]

    @property
    def width(self) -> int:
        """How many columns the list has."""
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def headings(self) -> list[str]:
        """A name for every column: its heading, else its letter."""
        return [
            text[:60] or _("Kolom %(letter)s") % {"letter": letter(n)} for n, text in enumerate(self._written_headings)
        ]

    @property
    def fingerprint(self) -> str:
        """What tells this arrangement of columns from any other; nothing without a heading."""
        if self.header is None:
            return ""
        written = [" ".join(text.casefold().split()) for text in self._written_headings]
        while written and not written[-1]:
            written.pop()
        return hashlib.sha256("\x1f".join([self.kind.key, *written]).encode()).hexdigest()

    @property
    def _written_headings(self) -> list[str]:
        top: columns.Row = ()
        if self.header is not None:
            top = columns.heading_at([row.cells for row in self.rows[: self.header + 1]], self.header, self.kind)
        return [str(top[column]).strip() if column < len(top) else "" for column in range(self.width)]


def letter(column: int) -> str:
    """Return the letters of a column as spreadsheets have them: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read(
    data: bytes, filename: str, *, kind: Kind = STAFF, chosen: int | None = None, zone: str = "Asia/Jakarta"
) -> Sheet:
    """Read a list, or raise SheetRefused with a sentence that says what to do; `chosen` is a sheet of the workbook."""
    if not data.strip(BLANK):
        raise SheetRefused(_("Berkas ini kosong."))
    if len(data) > MOST_BYTES:
        raise SheetRefused(too_big())
    if kind is LEAVE and data.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(ics.BEGIN):
        return _sheet_of(Book([Table(ics.rows_of(data, zone))]), filename, kind, None)
    suffix = PurePath(filename.lower()).suffix
    if data.startswith(OLE) and LOCKED in data:
        raise SheetRefused(locked())
    if suffix in ELSEWHERE or data.startswith(OLE):
        raise SheetRefused(other_program())
    if suffix not in SUFFIXES | ({".ics"} if kind is LEAVE else set()):
        raise SheetRefused(wrong_type())
    if data.startswith(ZIP):
        book = xlsx.book_of(data)
    else:
        book = Book([Table(text.rows_of(data, kind, is_pasted=filename == PASTED))])
    return _sheet_of(book, filename, kind, chosen)


def _sheet_of(book: Book, filename: str, kind: Kind, chosen: int | None) -> Sheet:
    """Take the chosen sheet, else the one with the best heading; a workbook often has notes on other sheets."""
    tables = [table for table in book.tables if table.filled]
    if not tables:
        raise SheetRefused(_("Tidak ada satu pun baris terisi dalam berkas ini."))
    names, notes = tuple(table.name for table in tables), _notes(book)
    found: list[Sheet] = []
    for number, read_table in enumerate(tables):
        header = columns.find_header([row.cells for row in read_table.rows], kind)
        table = spread(read_table, header)
        mapping = columns.guess([row.cells for row in table.rows], header, kind)
        found.append(Sheet(filename, tuple(table.rows), header, mapping, kind, names, number, notes))
    if chosen is not None and chosen < len(found):
        best = found[chosen]
    else:
        best = max(found, key=lambda sheet: (len(sheet.mapping), not tables[sheet.chosen].is_hidden))
    people = Table(best.people).filled
    if people > MOST_ROWS:
        raise SheetRefused(too_many_rows(people))
    return best


def _notes(book: Book) -> tuple[str, ...]:
    """Say what a person would not expect of the file."""
    notes = []
    if book.has_macros:
        notes.append(_("Berkas ini memuat makro. Makronya tidak dijalankan; hanya isi selnya yang dibaca."))
    if book.hidden_rows:
        notes.append(
            ngettext(
                "%(count)s baris yang tersembunyi di lembarnya ikut dibaca.",
                "%(count)s baris yang tersembunyi di lembarnya ikut dibaca.",
                book.hidden_rows,
            )
            % {"count": book.hidden_rows}
        )
    if book.uncomputed:
        notes.append(
            _(
                "%(count)s sel berisi rumus yang hasilnya tidak tersimpan, jadi dibaca kosong. "
                "Buka dan simpan sekali di Excel, lalu unggah lagi."
            )
            % {"count": book.uncomputed}
        )
    return tuple(notes)
