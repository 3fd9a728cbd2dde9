"""CSV in any usual encoding and with any usual separator, and tables that come through the clipboard."""

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import Literal

from django.utils.translation import gettext as _

from pegasus.people.domain import columns
from pegasus.people.domain.columns import Kind
from pegasus.people.domain.row_reading import NumberedRow
from pegasus.people.sheets.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetRefused,
    too_many_columns,
    too_many_rows,
    wrong_type,
)

SEPARATORS = ";,\t|"
LOOKED_AT = 40  # records that decide on the separator
SAMPLED = 200_000  # signs in which those records are looked for
WIDE = 2_000  # separators in one line from which it is cut before it is taken apart
NO_LIST = ("%PDF", "{\\rtf", "<")
NONE = "\x1e"  # a sign that no text has: the list has one column
END = "\x1f"  # a record of our own after the last: inside a cell it shows a quotation mark that nobody closed


class _QuoteLeftOpen(Exception):
    """A quotation mark opens at the start of a cell and never closes."""


def rows_of(data: bytes, kind: Kind, *, is_pasted: bool = False) -> list[NumberedRow]:
    """Return the records, whatever the separator and the encoding."""
    text = _decoded(data)
    hint, _newline, rest = text.partition("\n")
    if hint.strip().lower().startswith("sep=") and len(hint.strip()) == len("sep=x"):
        separator, text = hint.strip()[-1], rest
    elif is_pasted and "\t" in text:
        separator = "\t"
    else:
        separator = _separator(text, kind)
    try:
        return _rows(text, separator, quoting=csv.QUOTE_MINIMAL)
    except _QuoteLeftOpen as error:
        if is_pasted:  # a spreadsheet closes what it opens: here the mark belongs to the text
            return _rows(text, separator, quoting=csv.QUOTE_NONE)
        raise SheetRefused(
            _("Ada tanda kutip yang dibuka tetapi tidak ditutup di baris %(row)s. Perbaiki, atau simpan sebagai XLSX.")
            % {"row": error.args[0]}
        ) from error
    except csv.Error as error:
        raise SheetRefused(
            _("Berkas CSV ini tidak dapat dibaca baris demi baris. Simpan ulang sebagai XLSX.")
        ) from error


def _rows(text: str, separator: str, *, quoting: Literal[0, 3]) -> list[NumberedRow]:
    lines = chain(_cut_lines(text if text.endswith("\n") else text + "\n", separator), [END])
    rows: list[NumberedRow] = []
    last: list[str] = []
    reader = csv.reader(lines, delimiter=separator, quoting=quoting)
    for number, cells in enumerate(reader, 1):
        if number > MOST_ROWS + columns.SEARCHED + 1:
            raise SheetRefused(too_many_rows(number + sum(1 for _record in reader) - 1))
        if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            raise SheetRefused(too_many_columns(len(cells)))
        rows.append(NumberedRow(number, [cell.strip() for cell in cells[:MOST_COLUMNS]]))
        last = cells
    if last != [END]:
        raise _QuoteLeftOpen(len(rows))
    return rows[:-1]


def _cut_lines(text: str, separator: str) -> Iterator[str]:
    """Return the lines; of one that is far too wide only the columns that a list may have, if the rest is empty."""
    for line in io.StringIO(text, newline=""):
        width = line.count(separator) + 1
        if width <= WIDE:
            yield line
            continue
        *cells, rest = line.split(separator, MOST_COLUMNS)
        if '"' in line or rest.replace(separator, "").strip():
            raise SheetRefused(too_many_columns(width))
        yield separator.join(cells) + "\n"


def _decoded(data: bytes) -> str:
    """Read UTF-8, UTF-16 with or without its mark, or the Windows page that older spreadsheets write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        # Without a mark: in text of our letters, each second byte is empty.
        encodings = ["utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(sign < " " and sign not in "\r\n\t\v\f" for sign in text[:2000]) and not text.startswith(NO_LIST):
            return text
    raise SheetRefused(wrong_type())


def _separator(text: str, kind: Kind) -> str:
    """Return the sign by which the heading is best understood and most records are as wide as it."""
    worth = {sign: _worth(text, sign, kind) for sign in SEPARATORS}
    best = max(SEPARATORS, key=lambda sign: worth[sign])
    return best if worth[best][1] else NONE


def _worth(text: str, sign: str, kind: Kind) -> tuple[int, int, int]:
    try:
        records = [cells for cells in islice(_sample(text, sign), LOOKED_AT) if any(map(str.strip, cells))]
    except csv.Error:
        return (0, 0, 0)
    header = columns.find_header(records, kind)
    found = len(columns.by_heading(columns.heading_at(records, header, kind), kind)) if header is not None else 0
    widths = [len(cells) for cells in records]
    if header is not None:
        width = widths[header]
    else:
        width = max(set(widths), key=lambda one: (one > 1, widths.count(one), one), default=0)
    return (found, widths.count(width), width) if width > 1 else (found, 0, 0)


def _sample(text: str, sign: str) -> Iterator[list[str]]:
    """Return the first records, no wider than a list may be: each cell of a heading is looked at many times."""
    for cells in csv.reader(io.StringIO(text[:SAMPLED], newline=""), delimiter=sign):
        yield cells[: MOST_COLUMNS + 1]
