"""What comes out, read apart from the code that made it."""

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pikepdf
import pypdfium2
import zxingcpp


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def archival_level(pdf: bytes) -> tuple[str, str]:
    """Return PDF/A part and conformance, as the file itself claims."""
    with pikepdf.open(BytesIO(pdf)) as document, document.open_metadata() as about:
        return str(about.get("pdfaid:part")), str(about.get("pdfaid:conformance"))


def codes_in(pdf: bytes) -> set[str]:
    """Read the QR codes on the pages, as a phone would."""

    def read() -> Iterator[str]:
        for page in pypdfium2.PdfDocument(pdf):
            for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil()):
                yield found.text

    return set(read())


def rows_of(xlsx: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(xlsx)).active.iter_rows(values_only=True))
