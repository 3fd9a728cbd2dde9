"""Where a report leaves room for the signature: read from the bookmark that its template sets there."""

from io import BytesIO

import pikepdf
from pikepdf import OutlineItem

from pegasus.signing.widget import HEIGHT, WIDTH, Place

BOOKMARK = "Pengesahan"
RIGHT_MARGIN = 70.87  # 2.5 cm, as the regulation has it
BLOCK_WIDTH = 240.0
BELOW_BOOKMARK = 62.0  # the heading, the place and the position


def find(data: bytes) -> Place | None:
    """Return the place for a visible signature, or None when the document names none."""
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        item = _find(outline.root)
        if item is None or not isinstance(item.destination, pikepdf.Array):
            return None
        page_object, _, _, top = list(item.destination)[:4]
        number = next(n for n, page in enumerate(pdf.pages) if page.obj.objgen == page_object.objgen)
        right = float(pdf.pages[number].mediabox[2]) - RIGHT_MARGIN
    left, upper = right - BLOCK_WIDTH, float(top) - BELOW_BOOKMARK
    return Place(page=number, box=(left, upper - HEIGHT, left + WIDTH, upper))


def _find(items: list[OutlineItem]) -> OutlineItem | None:
    for item in items:
        if item.title.endswith(BOOKMARK):
            return item
        below = _find(item.children)
        if below is not None:
            return below
    return None
