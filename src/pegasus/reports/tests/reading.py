"""What a report's files hold, read back: text, links, structure and pictures of its pages."""

import re
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pypdfium2
from PIL import Image


def text_of(data: bytes) -> str:
    """Return the text of a PDF in one line."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    finally:
        pdf.close()


def lines_of(data: bytes) -> list[str]:
    """Return the text of a PDF line by line."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    finally:
        pdf.close()
    return [line.strip() for page in pages for line in page.splitlines() if line.strip()]


def pages_of(data: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def picture_of(data: bytes, *, page: int = 0, dpi: int = 72) -> Image.Image:
    """Return a page as it looks on a screen."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return pdf[page].render(scale=dpi / 72).to_pil()
    finally:
        pdf.close()


def links_of(data: bytes) -> list[str]:
    """Return the addresses that a PDF opens, in order."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [
            str(note.A.URI)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if note.get("/Subtype") == "/Link" and "/A" in note and "/URI" in note.A
        ]


def docx_xml(data: bytes, name: str = "word/document.xml") -> str:
    """Return one part of a DOCX."""
    with ZipFile(BytesIO(data)) as packed:
        return packed.read(name).decode()


def docx_links(data: bytes) -> list[str]:
    """Return the addresses that a DOCX opens."""
    found = re.findall(
        r'Target="(https?://[^"]+)" TargetMode="External"', docx_xml(data, "word/_rels/document.xml.rels")
    )
    return sorted(set(found))


def disagreeing_tables(data: bytes) -> tuple[int, int]:
    """Return how many tables of a DOCX have a grid that disagrees with their cells, and how many were looked at."""
    seen = bad = 0
    for table in re.findall(r"<w:tbl>.*?</w:tbl>", docx_xml(data), re.DOTALL):
        grid = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
        row = re.search(r"<w:tr[ >].*?</w:tr>", table, re.DOTALL)
        cells = [int(width) for width in re.findall(r'<w:tcW[^>]*w:w="(\d+)"', row[0])] if row else []
        if len(grid) == len(cells) > 1:
            seen += 1
            bad += any(abs(first - second) > 20 for first, second in zip(grid, cells, strict=True))
    return bad, seen
