"""A finished design made elsewhere: read through the gate, and drawn in our sizes as its writer wants it to stand."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageFilter, ImageOps

from pegasus.archive.models import Record
from pegasus.cards import render
from pegasus.cards.domain import standing
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.domain.lint import Finished
from pegasus.cards.domain.standing import Fit, Placing, Standing
from pegasus.cards.edges import busy_sides
from pegasus.cards.measuring import Recent
from pegasus.typeset import kinds, pages, stored
from pegasus.typeset.pictures import Picture, PictureRefused

MOST_PAGES = 999
STRIP = 12  # pixels at an edge whose mean is the colour beside it
SOFTENED = ImageFilter.MedianFilter(25)
DIMMED = 205


_DRAWN: Recent[bytes] = Recent(12)


@dataclass(frozen=True)
class Brought(Picture):
    """A finished design that passed the gate; a PDF of several pages comes along, so that another can be taken."""

    pages: int = 1
    source: bytes = b""


def read(data: bytes) -> Brought:
    """Return a PNG, JPEG, WebP or the first page of a PDF, or raise PictureRefused."""
    if kinds.kind_of(data) == kinds.SVG:
        raise PictureRefused(_("SVG dapat tampil dengan huruf lain di sini. Ekspor sebagai PDF atau PNG."))
    count = min(pages.count(data), MOST_PAGES)
    picture = pages.accept(data)
    return Brought(**vars(picture), pages=count, source=data if count > 1 else b"")


def jpeg(data: bytes, size: str, how: Standing) -> bytes:
    """Return a finished design in a size; what was drawn lately is kept, so that a page and its files draw it once."""
    facts = (sha256(data).hexdigest(), size, how.ground, how.in_size(size))
    return _DRAWN.of(repr(facts), lambda: render.encoded(placed(opened(data), size, how)))


class DesignGone(OSError):
    """The file of a finished design is gone or broken."""


def content_of(record: Record) -> bytes:
    """Return a finished design as it was kept, or raise DesignGone."""
    data = stored.picture(record.file)
    if not data:
        raise DesignGone(record.filename)
    return data


def opened(data: bytes) -> Image.Image:
    """Return a finished design as pixels; what shows through lies on white."""
    with Image.open(BytesIO(data)) as image:
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if picture.mode == "RGB":
        return picture
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def placed(picture: Image.Image, size: str, how: Standing) -> Image.Image:
    """Lay a finished design into a size, as pixels."""
    frame, placing = SIZES[size], how.in_size(size)
    if placing.fit == standing.FILL:
        return picture.resize(frame, Image.Resampling.LANCZOS, _kept(picture, size, placing))
    if placing.fit == standing.WHOLE and standing.has_shape(*picture.size, size):
        return picture.resize(frame, Image.Resampling.LANCZOS)
    left, top, right, bottom = standing.place(*picture.size, size, placing.fit)
    whole = picture.resize((right - left, bottom - top), Image.Resampling.LANCZOS)
    card = _ground(whole, frame, (left, top), how.ground)
    card.paste(whole, (left, top))
    return card


def _kept(picture: Image.Image, size: str, placing: Placing) -> standing.Area:
    return standing.kept(*picture.size, size, placing.focus)


def measured(record: Record, how: Standing, *, is_placed: bool) -> Finished:
    """Return what can be measured on a finished design as it stands; of one that is gone, nothing."""
    if not stored.picture(record.file):
        return Finished(*SIZES["portrait"], enlarged=1.0, cut={}, grid={}, is_placed=is_placed)
    placings = tuple(sorted((size, one.fit, one.focus) for size, one in how.placings.items()))
    return replace(_measured(_Kept(record.sha256, record), how.ground, placings), is_placed=is_placed)


@dataclass(frozen=True)
class _Kept:
    """A file by its content: the same content is measured once."""

    sha256: str
    record: Record = field(compare=False)


@lru_cache(maxsize=64)
def _measured(kept: _Kept, ground: str, placings: tuple[tuple[str, Fit, int], ...]) -> Finished:
    picture = opened(content_of(kept.record))
    how = Standing(ground, {size: Placing(fit, focus) for size, fit, focus in placings})
    width, height = picture.size
    cut = {}
    for size in SIZES:
        placing = how.in_size(size)
        if placing.fit == standing.FILL and not standing.has_shape(width, height, size):
            cut[size] = busy_sides(picture, _kept(picture, size, placing))
    portrait, placing = placed(picture, "portrait", how), how.in_size("portrait")
    is_free = not standing.fills(width, height, "portrait", placing)
    own = standing.place(width, height, "portrait", placing.fit) if is_free else None
    return Finished(
        width,
        height,
        enlarged=max(standing.enlarged(width, height, size, how.in_size(size)) for size in SIZES),
        cut=cut,
        grid={name: busy_sides(portrait, area, within=own) for name, area in standing.GRIDS.items()},
    )


def _ground(whole: Image.Image, frame: tuple[int, int], at: tuple[int, int], ground: str) -> Image.Image:
    if ground == standing.BLUR:
        soft = ImageOps.fit(whole, (frame[0] // 8, frame[1] // 8), Image.Resampling.BILINEAR)
        soft = soft.filter(ImageFilter.GaussianBlur(12)).resize(frame, Image.Resampling.BICUBIC)
        return ImageChops.multiply(soft, Image.new("RGB", frame, (DIMMED, DIMMED, DIMMED)))
    if ground != standing.EDGE:
        return Image.new("RGB", frame, ground)
    return _continued(whole, frame, at)


def _continued(whole: Image.Image, frame: tuple[int, int], at: tuple[int, int]) -> Image.Image:
    """Return a ground on which the design's edges go on outwards, softened along them: what is plain stays plain."""
    (wide, high), (left, top) = whole.size, at
    right, bottom = frame[0] - left - wide, frame[1] - top - high
    card = Image.new("RGB", frame, "white")
    for beginning, room, strip in (
        (0, top, (0, 0, wide, min(STRIP, high))),
        (top + high, bottom, (0, max(0, high - STRIP), wide, high)),
    ):
        edge = whole.crop(strip).resize((wide, 1), Image.Resampling.BOX).filter(SOFTENED)
        row = edge.crop((0, 0, 1, 1)).resize((frame[0], 1))
        row.paste(edge.crop((wide - 1, 0, wide, 1)).resize((frame[0], 1)), (left + wide, 0))
        row.paste(edge, (left, 0))
        card.paste(row.resize((frame[0], max(room, 1))), (0, beginning))
    for beginning, room, strip in (
        (0, left, (0, 0, min(STRIP, wide), high)),
        (left + wide, right, (max(0, wide - STRIP), 0, wide, high)),
    ):
        edge = whole.crop(strip).resize((1, high), Image.Resampling.BOX).filter(SOFTENED)
        card.paste(edge.resize((max(room, 1), high)), (beginning, top))
    return card
