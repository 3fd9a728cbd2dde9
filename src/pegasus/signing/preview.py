"""A small picture of one page of a PDF, drawn in the typesetter's killable child."""

from pathlib import Path

from pegasus.typeset import render
from pegasus.typeset.lanes import UPLOADS
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong

TEMPLATE = Path(__file__).with_name("documents") / "preview.typ"
PIXELS_PER_INCH = 60
A4 = 595.0


class NotDrawable(Exception):
    """The file cannot be drawn as a picture."""


def page(pdf: bytes, *, number: int = 1, width: float = A4) -> bytes:
    """Return one page as PNG, `width` points wide."""
    data = {"page": number, "width": width}
    try:
        return render.png(TEMPLATE, data, files={"document.pdf": pdf}, ppi=PIXELS_PER_INCH, lane=UPLOADS)
    except (TypesetFailed, TypesetTookTooLong) as error:
        raise NotDrawable from error
