import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

SAMPLE = Path(__file__).parent / "data" / "pegawai-contoh.xlsx"
HEADER = ("Nama", "NIP", "Tim", "Email", "No. HP")


def make_xlsx(*rows: Sequence[object], header: Sequence[str] = HEADER, above: int = 0) -> bytes:
    """Make a workbook: the heading, then the rows; `above` empty lines come first."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Daftar")
        for number, cells in enumerate([header, *rows], above):
            for column, value in enumerate(cells):
                sheet.write(number, column, value)
    return stream.getvalue()


def make_book(sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = ()) -> bytes:
    """Make a workbook of several sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            else:
                sheet.activate()  # the active sheet cannot be hidden, and without this it is the first
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
    return stream.getvalue()


def make_csv(*rows: Sequence[str], header: Sequence[str] = HEADER, separator: str = ",") -> str:
    """Make a CSV text."""
    return "\r\n".join(separator.join(cells) for cells in [header, *rows]) + "\r\n"
