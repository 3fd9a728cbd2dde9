"""The gate that every uploaded picture passes: a child process turns it upright, makes it smaller, writes it anew."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pegasus.typeset import foreign, kinds
from pegasus.typeset.foreign import MEGABYTE, FileContents, FileRefused, Limits, Reader
from pegasus.typeset.readers import picture as reader

MOST_PIXELS, QUALITY = reader.MOST_PIXELS, reader.QUALITY
MOST_BYTES = 25 * MEGABYTE
PICTURE = foreign.register(
    Reader(
        "picture",
        "pegasus.typeset.readers.picture:read",
        Limits(most_bytes=MOST_BYTES, memory=1024 * MEGABYTE, cpu=15, seconds=60, answer=40 * MEGABYTE, at_once=3),
    )
)


class PictureRefused(Exception):
    """The file is no picture that we take; the text is for people."""


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to keep: our own encoding, no EXIF, no place where it was taken."""

    data: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Cut:
    """A square part of a picture: how far it lies to the right and down (0 to 1), how many times it is enlarged."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return the square in pixels: left, top, right, bottom."""
        return reader.square(self.x, self.y, self.zoom, (width, height))


def accept(data: bytes, *, longest: int = 2400, cut: Cut | None = None) -> Picture:
    """Return the picture (or its cut) re-encoded as JPEG (PNG when transparent), or raise PictureRefused."""
    if told := len(data) <= MOST_BYTES and kinds.advice(data):
        raise PictureRefused(told)
    try:
        found = foreign.read(PICTURE, data, longest=longest, cut=(cut.x, cut.y, cut.zoom) if cut else None)
    except FileRefused as refused:
        raise PictureRefused(_why(refused.reason)) from None
    return picture_of(found)


def picture_of(found: FileContents) -> Picture:
    """Return what a reader of pictures made."""
    facts = found.facts
    return Picture(found.body, str(facts["content_type"]), int(facts["width"]), int(facts["height"]))


def too_large() -> str:
    """Say how large the file of a picture may be."""
    return _("Berkas ini lebih besar dari 25 MB. Pilih gambar yang lebih kecil.")


def _why(reason: str) -> str:
    """Return the sentence for a refusal; what cannot be read in its limits is like one that cannot be read at all."""
    if reason == "large":
        return too_large()
    if reason == "busy":
        return foreign.too_busy()
    if reason == "pixels":
        return _(
            "Gambar ini lebih dari 40 megapiksel atau sisinya lebih dari 16.000 piksel. Pilih gambar yang lebih kecil."
        )
    if reason == "moving":
        return _("Kartu adalah gambar diam; ini bergerak. Simpan satu bingkainya sebagai PNG.")
    return _("Berkas ini bukan gambar yang dapat dibaca. Pilih berkas JPEG, PNG, atau WebP.")
