"""What the gate's child runs to hold two PDFs side by side: each pair of pages as pictures."""

from dataclasses import asdict
from io import BytesIO

import pikepdf
from PIL import Image, ImageChops, ImageFilter

from pegasus.signing.domain.verdicts import PageLikeness
from pegasus.typeset.readers.page import as_shown, drawn
from pegasus.typeset.refusal import FileRefused

MOST_PAGES = 60
WIDTH = 595.0
PIXELS_PER_INCH = 96
# As dark as this is ink; as different as this is a difference and no rounding of an edge.
INK = 160
DIFFERENT = 64
HAIR = 5  # pixels: the square in which ink may have moved


def read(data: bytes, *, split: int) -> tuple[dict[str, object], bytes]:
    """Compare the file up to `split` with the rest; raise FileRefused when the numbers of pages differ."""
    sent, back = data[:split], data[split:]
    counts = _pages(sent), _pages(back)
    if counts[0] != counts[1]:
        raise FileRefused("page_count", sent=counts[0], back=counts[1])
    if counts[0] > MOST_PAGES:
        raise FileRefused("many_pages", most=MOST_PAGES)
    sent, back = as_shown(sent, strict=True), as_shown(back, strict=True)
    pages = (compare(_picture(sent, number), _picture(back, number), number) for number in range(1, counts[0] + 1))
    return {"pages": [asdict(page) for page in pages]}, b""


def compare(sent: Image.Image, back: Image.Image, number: int) -> PageLikeness:
    """Tell how two pictures of a page differ."""
    if sent.size != back.size:
        back = _on_canvas(back, sent.size)
    differs = ImageChops.difference(sent, back).point(lambda value: 255 if value > DIFFERENT else 0)
    ink = sent.point(lambda value: 255 if value < INK else 0)
    # The darkest within a hair's breadth: ink that moved by that much is still there.
    near = back.filter(ImageFilter.MinFilter(HAIR)).point(lambda value: 255 if value < INK else 0)
    left, top, right, bottom = differs.getbbox() or (0, 0, 0, 0)
    width, height = sent.size
    return PageLikeness(
        number=number,
        changed=_share(differs, width * height),
        lost=_share(ImageChops.multiply(ink, differs), ink.histogram()[255]),
        missing=_share(ImageChops.subtract(ink, near), ink.histogram()[255]),
        where=(left / width, top / height, right / width, bottom / height) if right else (),
    )


def _share(marks: Image.Image, of: int) -> float:
    return marks.histogram()[255] / of if of else 0.0


def _on_canvas(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    canvas = Image.new("L", size, 255)
    canvas.paste(picture, (0, 0))
    return canvas


def _picture(pdf: bytes, number: int) -> Image.Image:
    picture = drawn(pdf, "pdf", number=number, width=WIDTH, ppi=PIXELS_PER_INCH)
    with Image.open(BytesIO(picture)) as image:
        return image.convert("L")


def _pages(pdf: bytes) -> int:
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return len(opened.pages)
    except (pikepdf.PdfError, ValueError, TypeError, IndexError):
        raise FileRefused("undrawable") from None
