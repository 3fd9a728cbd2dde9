"""Lists as files: XLSX, XLS, ODS, CSV and calendars become rows of text and numbers, every text cleaned."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.kernel.text import clean_lines
from pegasus.people.domain import columns
from pegasus.people.domain.columns import STAFF, Kind, Value
from pegasus.people.domain.leave_list import LEAVE
from pegasus.people.domain.row_reading import NumberedRow
from pegasus.people.sheets import guarded, text
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
SUFFIXES = {"", ".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv"}
ELSEWHERE = {".xlsb", ".numbers"}  # spreadsheets that can be saved as XLSX
WORKBOOKS = {".xls", ".ods"}  # what these are called and is none of them is no list of ours
CALENDAR = b"BEGIN:VCALENDAR"
OLE = b"\xd0\xcf\x11\xe0"  # old spreadsheets, and new ones behind a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
BLANK = b'\0 \t\r\n\xef\xbb\xbf\xff\xfe,;|"'
ZIP = b"PK\x03\x04"
# The row that numbers the columns, and the row that adds people up: said, and nobody.
NUMBERED = re.compile(r"\(?(\d{1,2})\)?\.?")
TOTAL = re.compile(r"(?:grand\s+|sub\s*)?(?:total|jumlah)\b\D{0,40}[\d.,]*", re.IGNORECASE)
TOTAL_ALONE = re.compile(
    r"(?:grand\s+|sub\s*)?(?:total|jumlah)(?:\s+(?:pegawai|keseluruhan|semua|seluruhnya))?\s*:?", re.IGNORECASE
)
FIGURE = re.compile(r"[\d.,]{1,8}(?:\s*(?:orang|org|pegawai))?", re.IGNORECASE)
SHOWN = 6  # columns, sheets or rows that a note names


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
    left_out: frozenset[int] = frozenset()

    @property
    def people(self) -> tuple[NumberedRow, ...]:
        """The rows under the heading, but for those that only number the columns or add people up."""
        below = self.rows if self.header is None else self.rows[self.header + 1 :]
        return tuple(row for row in below if row.number not in self.left_out)

    @property
    def width(self) -> int:
        """How many columns the list has."""
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def headings(self) -> list[str]:
        """A name for every column: its heading, else its letter."""
        return [text[:60] or _heading_of(n) for n, text in enumerate(self._written_headings)]

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
    if kind is LEAVE and data.lstrip(b"\xef\xbb\xbf \r\n")[: len(CALENDAR)].upper() == CALENDAR:
        return _sheet_of(Book([_clean(guarded.events_of(data, zone))]), filename, kind, None)
    suffix = PurePath(filename.lower()).suffix
    if data.startswith(OLE) and LOCKED in data:
        raise SheetRefused(locked())
    is_workbook = data.startswith((ZIP, OLE))
    if suffix in ELSEWHERE or (suffix in WORKBOOKS and not is_workbook):
        raise SheetRefused(other_program())
    if suffix not in SUFFIXES | ({".ics"} if kind is LEAVE else set()):
        raise SheetRefused(wrong_type())
    if is_workbook:
        book = guarded.book_of(data)
    else:
        book = Book([Table(text.rows_of(data, kind, is_pasted=filename == PASTED))])
    return _sheet_of(replace(book, tables=[_clean(table) for table in book.tables]), filename, kind, chosen)


def _clean(table: Table) -> Table:
    """Clean every text of a table: this is the one place where a file's texts come in."""
    rows = [
        NumberedRow(row.number, [clean_lines(cell) if isinstance(cell, str) else cell for cell in row.cells])
        for row in table.rows
    ]
    return replace(table, name=clean_lines(table.name), rows=rows)


def _sheet_of(book: Book, filename: str, kind: Kind, chosen: int | None) -> Sheet:
    """Take the chosen sheet, else the one with the best heading; a workbook often has notes on other sheets."""
    tables = [table for table in book.tables if table.filled]
    if not tables:
        raise SheetRefused(_("Tidak ada satu pun baris terisi dalam berkas ini."))
    names = tuple(table.name for table in tables)
    found: list[Sheet] = []
    for number, read_table in enumerate(tables):
        header = columns.find_header([row.cells for row in read_table.rows], kind)
        table = spread(read_table, header)
        mapping = columns.guess([row.cells for row in table.rows], header, kind)
        found.append(Sheet(filename, tuple(table.rows), header, mapping, kind, names, number))
    if chosen is not None and chosen < len(found):
        best = found[chosen]
    else:
        best = max(found, key=lambda sheet: (len(sheet.mapping), not tables[sheet.chosen].is_hidden))
    if kind is not STAFF and "name" in kind.fields:  # a staff list says of each row what became of it
        best = replace(best, left_out=frozenset(_left_out(best.people)))
    people = Table(best.people).filled
    if people > MOST_ROWS:
        raise SheetRefused(too_many_rows(people))
    return replace(best, notes=tuple(_notes(book, tables, best)))


def _left_out(rows: tuple[NumberedRow, ...]) -> Iterator[int]:
    """Return the rows that are nobody: the numbers of the columns under the heading, and sums."""
    for place, row in enumerate(rows):
        first = next((cell for cell in row.cells if cell != ""), "")
        if (place <= 1 and _numbers_columns(row)) or (
            isinstance(first, str) and TOTAL.match(first.strip()) and _is_sum(row)
        ):
            yield row.number


def _numbers_columns(row: NumberedRow) -> bool:
    cells = [_written(cell) for cell in row.cells if cell != ""]
    numbers = [int(found[1]) for cell in cells if (found := NUMBERED.fullmatch(cell))]
    return len(cells) > 1 and numbers == list(range(1, len(cells) + 1))


def _is_sum(row: NumberedRow) -> bool:
    label, *figures = [_written(cell) for cell in row.cells if cell != ""]
    has_figure = any(map(str.isdigit, label + "".join(figures)))
    return bool(
        TOTAL.fullmatch(label) and all(map(FIGURE.fullmatch, figures)) and (has_figure or TOTAL_ALONE.fullmatch(label))
    )


def _written(cell: Value) -> str:
    return f"{cell:g}" if isinstance(cell, float) else cell.strip()


def _notes(book: Book, tables: list[Table], sheet: Sheet) -> Iterator[str]:
    """Say what a person would not expect of the file."""
    table = tables[sheet.chosen]
    if book.has_macros:
        yield _("Berkas ini memuat makro. Makronya tidak dijalankan; hanya isi selnya yang dibaca.")
    if table.is_hidden:
        yield _("Lembar “%(name)s” yang dibaca ini tersembunyi di berkasnya.") % {"name": table.name}
    elif hidden := [one.name for one in tables if one.is_hidden]:
        yield _("Ada lembar tersembunyi yang tidak dibaca: %(names)s.") % {"names": ", ".join(hidden[:SHOWN])}
    if table.hidden_rows:
        yield (
            ngettext(
                "%(count)s baris yang tersembunyi di lembarnya ikut dibaca.",
                "%(count)s baris yang tersembunyi di lembarnya ikut dibaca.",
                table.hidden_rows,
            )
            % {"count": table.hidden_rows}
        )
    if hidden := [_named(sheet, column) for column in table.hidden_columns if _is_filled(sheet, column)]:
        yield _("Kolom yang tersembunyi di lembarnya ikut dibaca: %(columns)s.") % {
            "columns": ", ".join(hidden[:SHOWN])
        }
    if table.uncomputed:
        yield _uncomputed(sheet, table)
    if sheet.left_out:
        yield (
            ngettext(
                "Baris %(rows)s hanya berisi nomor kolom atau jumlah, jadi tidak dibaca sebagai orang.",
                "Baris %(rows)s hanya berisi nomor kolom atau jumlah, jadi tidak dibaca sebagai orang.",
                len(sheet.left_out),
            )
            % {"rows": ", ".join(map(str, sorted(sheet.left_out)[:SHOWN]))}
        )


def _uncomputed(sheet: Sheet, table: Table) -> str:
    """Say which columns hold formulas that were never calculated."""
    counts = ", ".join(
        _("kolom %(column)s (%(count)s sel, mulai baris %(row)s)")
        % {"column": _named(sheet, column), "count": count, "row": first}
        for column, (count, first) in sorted(table.uncomputed.items())[:SHOWN]
    )
    return (
        _("Rumus yang hasilnya tidak tersimpan dibaca kosong: %(counts)s.") % {"counts": counts}
        + " "
        + _("Buka dan simpan sekali di Excel, lalu unggah lagi.")
    )


def _named(sheet: Sheet, column: int) -> str:
    """Return a column's letter, with its heading where it has one."""
    heading = sheet.headings[column] if column < sheet.width else ""
    return f"{letter(column)} “{heading}”" if heading and heading != _heading_of(column) else letter(column)


def _heading_of(column: int) -> str:
    return _("Kolom %(letter)s") % {"letter": letter(column)}


def _is_filled(sheet: Sheet, column: int) -> bool:
    return any(column < len(row.cells) and row.cells[column] != "" for row in sheet.rows)
