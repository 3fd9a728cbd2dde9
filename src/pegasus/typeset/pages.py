"""PDF pages and SVG drawings as pictures: drawn and read like every picture, in one child process of the gate.

What a drawing could do (scripts, links, addresses, entities) is gone: pixels come out, or nothing.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from pegasus.typeset import foreign, kinds, pictures
from pegasus.typeset.foreign import MEGABYTE, FileRefused, Limits, Reader
from pegasus.typeset.lanes import FONTS
from pegasus.typeset.pictures import MOST_BYTES, Picture, PictureRefused

SHARPNESS = 144  # a card is 1080 points wide: two pixels for each
LIMITS = Limits(
    most_bytes=MOST_BYTES, memory=1536 * MEGABYTE, cpu=15, seconds=40, answer=40 * MEGABYTE, at_once=2, patience=20
)
PAGE = foreign.register(Reader("page", "pegasus.typeset.readers.page:read", LIMITS))
COUNT = foreign.register(Reader("page_count", "pegasus.typeset.readers.page:count", LIMITS))
# A document of the archive may be larger than a picture that somebody brings.
LOOK = foreign.register(
    Reader("page_look", "pegasus.typeset.readers.page:look", replace(LIMITS, most_bytes=64 * MEGABYTE))
)


def accept(data: bytes, *, longest: int = 2400, page: int = 1) -> Picture:
    """Return a picture, a page of a PDF or an SVG as a picture that is safe to keep, or raise PictureRefused."""
    kind = kinds.kind_of(data)
    if kind not in {kinds.PDF, kinds.SVG}:
        return pictures.accept(data, longest=longest)
    asked = {"kind": kind, "number": page, "longest": longest, "ppi": SHARPNESS}
    try:
        # The words of a drawing are set in our fonts; a PDF brings its own.
        found = foreign.read(PAGE, data, **asked, fonts=str(FONTS) if kind == kinds.SVG else None)
    except FileRefused as refused:
        raise PictureRefused(_why(kind, refused)) from None
    return pictures.picture_of(found)


def count(data: bytes) -> int:
    """Return how many pages a PDF has, or raise PictureRefused; anything else is one page."""
    if kinds.kind_of(data) != kinds.PDF:
        return 1
    try:
        return int(foreign.read(COUNT, data).facts["pages"])
    except FileRefused as refused:
        raise PictureRefused(_why(kinds.PDF, refused)) from None


def look(pdf: bytes, *, number: int, width: float, ppi: float) -> bytes:
    """Return a page of a PDF as PNG, so many points wide, or raise FileRefused."""
    return foreign.read(LOOK, pdf, number=number, width=width, ppi=ppi).body


def _why(kind: str, refused: FileRefused) -> str:
    if refused.reason == "large":
        return pictures.too_large()
    if refused.reason == "busy":
        return foreign.too_busy()
    if kind == kinds.SVG:
        return _("SVG ini tidak dapat digambar. Simpan sebagai PNG.")
    if refused.reason == "locked":
        return _("PDF ini dikunci dengan kata sandi. Simpan tanpa kata sandi, atau ekspor sebagai PNG.")
    if refused.reason == "no_such_page" and refused.facts["pages"]:
        return _("PDF ini hanya %(count)s halaman. Pilih nomor halaman yang ada.") % {"count": refused.facts["pages"]}
    return _("Halaman PDF ini tidak dapat digambar. Simpan sebagai PNG atau JPEG.")
