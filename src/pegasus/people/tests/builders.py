import io
from collections.abc import Sequence
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


def make_csv(*rows: Sequence[str], header: Sequence[str] = HEADER, separator: str = ",") -> str:
    """Make a CSV text."""
    return "\r\n".join(separator.join(cells) for cells in [header, *rows]) + "\r\n"
