"""Find an empty place for the stamp on the last page of a document that reserves none."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from PIL import Image

from pegasus.signing import preview
from pegasus.signing.widget import HEIGHT, MARGIN_BOTTOM, MARGIN_RIGHT, WIDTH, Place

STEP = 6.0
MARGIN_TOP = 60.0
PAPER = 245  # as bright as this is paper
AROUND = 4.0


def find(pdf: bytes) -> Place | None:
    """Return the lowest empty place at the right edge, else at the left; None when the page is full or unreadable."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            number = len(document.pages)
            left, bottom, right, top = (float(edge) for edge in document.pages[-1].mediabox)
            turned = int(document.pages[-1].obj.get("/Rotate", 0)) % 360
    except (pikepdf.PdfError, ValueError, TypeError, IndexError):
        return None
    if turned:  # points and picture would not agree
        return None
    try:
        picture = Image.open(BytesIO(preview.page(pdf, number=number, width=right - left))).convert("L")
    except preview.NotDrawable:
        return None
    scale = picture.width / (right - left)
    for x, y in _places(right - left, top - bottom):
        seen = (x - AROUND, top - bottom - y - HEIGHT - AROUND, x + WIDTH + AROUND, top - bottom - y + AROUND)
        darkest = picture.crop(tuple(round(edge * scale) for edge in seen)).getextrema()[0]  # type: ignore[arg-type] # four edges
        if isinstance(darkest, (int, float)) and darkest >= PAPER:
            return Place(box=(left + x, bottom + y, left + x + WIDTH, bottom + y + HEIGHT))
    return None


def _places(width: float, height: float) -> Iterator[tuple[float, float]]:
    """Return the places to look at, from the bottom up; first at the right edge, then at the left."""
    for x in (width - MARGIN_RIGHT - WIDTH, MARGIN_RIGHT):
        y = MARGIN_BOTTOM
        while x >= 0 and y + HEIGHT + MARGIN_TOP <= height:
            yield x, y
            y += STEP
