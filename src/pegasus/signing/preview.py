"""A small picture of one page of a PDF, drawn behind the gate for foreign files."""

from pegasus.typeset import pages
from pegasus.typeset.foreign import FileRefused

PIXELS_PER_INCH = 60
TO_READ = 150  # the smallest print of a page is read at this
A4 = 595.0


class NotDrawable(Exception):
    """The file cannot be drawn as a picture."""


class NoTurnYet(NotDrawable):
    """Too many other files are being read: the same question may be answered in a moment."""


def page(pdf: bytes, *, number: int = 1, width: float = A4, large: bool = False) -> bytes:
    """Return one page as PNG, `width` points wide (a large one can be read), or raise NotDrawable or NoTurnYet."""
    try:
        return pages.look(pdf, number=number, width=width, ppi=TO_READ if large else PIXELS_PER_INCH)
    except FileRefused as error:
        raise (NoTurnYet if error.reason == "busy" else NotDrawable) from error
