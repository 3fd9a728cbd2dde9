"""PDF pages and SVG drawings as pictures: drawn in the typesetting process, then through the one gate of pictures.

What a drawing could do (scripts, links, addresses, entities) is gone: pixels come out, or nothing.
"""

import re
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

from pegasus.typeset import kinds, pictures, render
from pegasus.typeset.inks import PAGE
from pegasus.typeset.lanes import UPLOADS
from pegasus.typeset.pictures import MOST_BYTES, Picture, PictureRefused
from pegasus.typeset.render import TypesetFailed

SHARPNESS = 144  # a card is 1080 points wide: two pixels for each
BEYOND = 1_000_000  # no PDF has so many pages: asked for it, the typesetter says how many there are
PAGES = re.compile(r"only has (\d+) page")


def accept(data: bytes, *, longest: int = 2400, page: int = 1) -> Picture:
    """Return a picture, a page of a PDF or an SVG as a picture that is safe to keep, or raise PictureRefused."""
    kind = kinds.kind_of(data)
    if kind not in {kinds.PDF, kinds.SVG} or len(data) > MOST_BYTES:
        return pictures.accept(data, longest=longest)
    try:
        drawn = render.png(PAGE, {"kind": kind, "page": page}, files={f"in.{kind}": data}, ppi=SHARPNESS, lane=UPLOADS)
    except TypesetFailed as failure:
        raise PictureRefused(_why(kind, str(failure))) from None
    return _opaque(pictures.accept(drawn, longest=longest))


def count(data: bytes) -> int:
    """Return how many pages a PDF has, or raise PictureRefused; anything else is one page."""
    if kinds.kind_of(data) != kinds.PDF or len(data) > MOST_BYTES:
        return 1
    try:
        render.png(PAGE, {"kind": kinds.PDF, "page": BEYOND}, files={"in.pdf": data}, ppi=1, lane=UPLOADS)
    except TypesetFailed as failure:
        found = PAGES.search(str(failure))
        if found is None or found[1] == "0":
            raise PictureRefused(_why(kinds.PDF, str(failure))) from None
        return int(found[1])
    return BEYOND


def _why(kind: str, failure: str) -> str:
    if kind == kinds.SVG:
        return _("SVG ini tidak dapat digambar. Simpan sebagai PNG.")
    if "encrypted" in failure:
        return _("PDF ini dikunci dengan kata sandi. Simpan tanpa kata sandi, atau ekspor sebagai PNG.")
    if "does not exist" in failure and (found := PAGES.search(failure)) and found[1] != "0":
        return _("PDF ini hanya %(count)s halaman. Pilih nomor halaman yang ada.") % {"count": found[1]}
    return _("Halaman PDF ini tidak dapat digambar. Simpan sebagai PNG atau JPEG.")


def _opaque(picture: Picture) -> Picture:
    """Return a picture that shows nothing through as JPEG: a whole page as PNG is many times larger."""
    with Image.open(BytesIO(picture.data)) as image:
        if image.mode != "RGBA" or image.getchannel("A").getextrema() != (255, 255):
            return picture
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=pictures.QUALITY, optimize=True)
    return Picture(out.getvalue(), "image/jpeg", picture.width, picture.height)
