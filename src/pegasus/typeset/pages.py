"""PDF pages and SVG drawings as pictures: drawn in the typesetting process, then through the one gate of pictures.

What a drawing could do (scripts, links, addresses, entities) is gone: pixels come out, or nothing.
"""

from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image

from pegasus.typeset import pictures, render
from pegasus.typeset.pictures import MOST_BYTES, Picture, PictureRefused
from pegasus.typeset.render import TypesetFailed

PAGE = Path(__file__).with_name("typst") / "page.typ"
HEAD = 1024
SHARPNESS = 144  # a card is 1080 points wide: two pixels for each


def accept(data: bytes, *, longest: int = 2400) -> Picture:
    """Return a picture, a PDF's first page or an SVG as a picture that is safe to keep, or raise PictureRefused."""
    kind = _kind(data)
    if kind is None or len(data) > MOST_BYTES:
        return pictures.accept(data, longest=longest)
    try:
        drawn = render.png(PAGE, {"kind": kind}, files={f"in.{kind}": data}, ppi=SHARPNESS)
    except TypesetFailed:
        if kind == "pdf":
            raise PictureRefused(_("Halaman PDF ini tidak dapat digambar. Simpan sebagai PNG atau JPEG.")) from None
        raise PictureRefused(_("SVG ini tidak dapat digambar. Simpan sebagai PNG.")) from None
    return _opaque(pictures.accept(drawn, longest=longest))


def _opaque(picture: Picture) -> Picture:
    """Return a picture that shows nothing through as JPEG: a whole page as PNG is many times larger."""
    with Image.open(BytesIO(picture.data)) as image:
        if image.mode != "RGBA" or image.getchannel("A").getextrema() != (255, 255):
            return picture
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=pictures.QUALITY, optimize=True)
    return Picture(out.getvalue(), "image/jpeg", picture.width, picture.height)


def _kind(data: bytes) -> str | None:
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"%PDF-"):
        return "pdf"
    return "svg" if head.startswith(b"<") and b"<svg" in data[: HEAD * 8] else None
