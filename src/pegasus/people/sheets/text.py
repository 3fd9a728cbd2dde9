"""CSV in any usual encoding and with any usual separator."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pegasus.people.domain import columns
from pegasus.people.domain.staff_list import NumberedRow
from pegasus.people.sheets.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetRefused,
    too_many_columns,
    too_many_rows,
    wrong_type,
)

SEPARATORS = ";,\t|"


def rows_of(data: bytes) -> list[NumberedRow]:
    """Return the records, whatever the separator and the encoding."""
    text = _decoded(data)
    hint, _newline, rest = text.partition("\n")
    separator = _separator(text)
    if hint.strip().lower().startswith("sep=") and len(hint.strip()) == len("sep=x"):
        separator, text = hint.strip()[-1], rest
    try:
        return list(_records(csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
    except csv.Error as error:
        raise SheetRefused(
            _("Berkas CSV ini tidak dapat dibaca baris demi baris. Simpan ulang sebagai XLSX.")
        ) from error


def _records(reader: Iterator[list[str]]) -> Iterator[NumberedRow]:
    for number, cells in enumerate(reader, 1):
        if number > MOST_ROWS + columns.SEARCHED:
            raise SheetRefused(too_many_rows(number + sum(1 for _record in reader)))
        if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            raise SheetRefused(too_many_columns(len(cells)))
        yield NumberedRow(number, [cell.strip() for cell in cells[:MOST_COLUMNS]])


def _decoded(data: bytes) -> str:
    """Read UTF-8, UTF-16 with its mark, or the Windows page that older spreadsheets write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise SheetRefused(wrong_type())
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(sign < " " and sign not in "\r\n\t" for sign in text[:2000]) == 0 and not text.startswith(
            ("%PDF", "{\\rtf")
        ):
            return text
    raise SheetRefused(wrong_type())


def _separator(text: str) -> str:
    """Return the sign that splits most of the first lines into the same number of columns."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]

    def worth(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if line.count(sign)]
        return (len(counts), min(counts)) if counts else (0, 0)

    return max(SEPARATORS, key=worth)
