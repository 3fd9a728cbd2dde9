"""A small picture of a PDF's first page, drawn in the typesetter's killable child."""

from pathlib import Path

from pegasus.typeset import render
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong

TEMPLATE = Path(__file__).with_name("documents") / "preview.typ"
PIXELS_PER_INCH = 60


class NotDrawable(Exception):
    """The file cannot be drawn as a picture."""


def first_page(pdf: bytes) -> bytes:
    """Return the first page as PNG."""
    try:
        return render.png(TEMPLATE, {}, files={"document.pdf": pdf}, ppi=PIXELS_PER_INCH)
    except (TypesetFailed, TypesetTookTooLong) as error:
        raise NotDrawable from error
