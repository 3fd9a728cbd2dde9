"""What a report's files hold, read back: text, links, structure and pictures of its pages."""

import re
from io import BytesIO
from typing import Any
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
        picture: Image.Image = pdf[page].render(scale=dpi / 72).to_pil()
        return picture
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


def structure_of(data: bytes) -> list[tuple[str, str]]:
    """Return the leaves of the structure tree with their text, in the order of reading."""
    found: list[tuple[str, str]] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        marked = {page.obj.objgen: _marked(page) for page in pdf.pages}

        def walk(node: Any, page: Any) -> str:  # noqa: ANN401 - objects of a PDF
            page = node.get("/Pg", page)
            said = ""
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    said += marked[page.objgen].get(int(kid), "")
                elif kid.get("/Type") == "/MCR":
                    said += marked[kid.get("/Pg", page).objgen].get(int(kid.MCID), "")
                elif kid.get("/Type") == "/OBJR" and kid.Obj.get("/Subtype") == "/Widget":
                    said += str(kid.Obj.TU)
                elif "/S" in kid:
                    at = len(found)
                    inner = walk(kid, page)
                    kind = str(kid.S).lstrip("/")
                    if kind == "Span":
                        said += inner
                    elif inner.strip():
                        found.insert(at, (kind, " ".join(inner.split())))
            return said

        walk(pdf.Root.StructTreeRoot, None)
    return found


def _marked(page: Any) -> dict[int, str]:  # noqa: ANN401 - as above
    """Return the text of each marked piece of a page."""
    fonts = page.Resources.Font if "/Font" in page.Resources else {}
    maps = {name: _unicode(font) for name, font in fonts.items()}
    texts: dict[int, str] = {}
    current: list[int | None] = []
    font = ""
    for one in pikepdf.parse_content_stream(page):
        operands, name = list(one.operands), str(one.operator)
        if name in {"BDC", "BMC"}:
            given = operands[1] if len(operands) > 1 else None
            current.append(int(given.MCID) if isinstance(given, pikepdf.Dictionary) and "/MCID" in given else None)
        elif name == "EMC":
            current.pop()
        elif name == "Tf":
            font = str(operands[0])
        elif name in {"Tj", "TJ"} and current and (piece := current[-1]) is not None:
            strings = list(operands[0]) if name == "TJ" else [operands[0]]
            said = "".join(
                _decoded(bytes(raw), maps.get(font, {})) for raw in strings if isinstance(raw, pikepdf.String)
            )
            texts[piece] = texts.get(piece, "") + said
    return texts


def _decoded(raw: bytes, characters: dict[int, str]) -> str:
    return "".join(characters.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2))


def _unicode(font: Any) -> dict[int, str]:  # noqa: ANN401 - as above
    found: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return found
    for block in re.findall(r"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes().decode("latin-1"), re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found
