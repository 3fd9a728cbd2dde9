"""The one renderer of cards: the typesetter draws the words, Pillow puts ground, photo and words together."""

from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from pegasus.cards import grounds, photos
from pegasus.cards.domain.designs import SIZES, Content, Design, Kept, OwnFont, Placed
from pegasus.typeset import render

TYPST = Path(__file__).with_name("typst")
CARD = TYPST / "card.typ"
SPECIMEN = TYPST / "specimen.typ"
MARK = {"mark.svg": TYPST / "mark.svg"}
QUALITY = 88


def jpeg(design: Design, content: Content, size: str) -> bytes:
    """Return the finished card; the same content gives the same bytes."""
    return encoded(composed(design, content, size))


def composed(design: Design, content: Content, size: str) -> Image.Image:
    """Return the finished card as pixels: ground, pictures and words, each where the design has it."""
    card = background(design, size, with_photo=bool(content.photo)).copy()
    for stratum in design.strata(content, size):
        if isinstance(stratum, Placed):
            photos.put(card, stratum.picture.read() if stratum.picture else content.photo, stratum.slot)
            continue
        with Image.open(BytesIO(render.png(CARD, stratum, files=MARK, fonts=design.folders()))) as words:
            card.paste(words, (0, 0), words)
    return card


def small(design: Design, content: Content, size: str, *, width: int) -> bytes:
    """Return the card small, drawn at once at that width: for a look at all sizes beside each other."""
    out = BytesIO()
    reduced(design, content, size, width=width).save(out, "WEBP", quality=72)
    return out.getvalue()


def reduced(design: Design, content: Content, size: str, *, width: int) -> Image.Image:
    """Return the card small as pixels."""
    scale = width / SIZES[size][0]
    card = _small_ground(grounds.file_of(design, size, with_photo=bool(content.photo)), width).copy()
    for stratum in design.strata(content, size):
        if isinstance(stratum, Placed):
            picture = stratum.picture.read() if stratum.picture else content.photo
            photos.put(card, picture, stratum.slot.scaled(scale))
            continue
        with Image.open(
            BytesIO(render.png(CARD, stratum, files=MARK, ppi=72 * scale, fonts=design.folders()))
        ) as words:
            card.paste(words, (0, 0), words)
    return card


@lru_cache(maxsize=24)
def _small_ground(path: Path, width: int) -> Image.Image:
    ground = grounds.decoded(path)
    return ground.resize((width, round(ground.height * width / ground.width)), Image.Resampling.BOX)


def thumbnail(data: bytes, *, width: int = 400, kind: str = "JPEG") -> bytes:
    """Return a finished card small, for lists."""
    out = BytesIO()
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", (width, width))
        little = ImageOps.contain(image.convert("RGB"), (width, width * 2), Image.Resampling.LANCZOS)
    little.save(out, kind, quality=82)
    return out.getvalue()


def backdrop_jpeg(design: Design, size: str, *, with_photo: bool) -> bytes:
    """Return the ground alone, for the preview in a browser."""
    return _encoded_ground(grounds.file_of(design, size, with_photo=with_photo))


@lru_cache(maxsize=24)
def _encoded_ground(path: Path) -> bytes:
    return encoded(grounds.decoded(path))


def photo_cut(design: Design, photo: bytes, size: str) -> bytes:
    """Return the photo cut as the card shows it, for the preview: JPEG, or WebP where it does not fill its place."""
    slot = design.slot(size)
    return photos.shown(photo, slot) if slot else b""


def text_svg(design: Design, content: Content, size: str) -> str:
    """Return the text layer alone as SVG, from the same source as the file."""
    return _svg(design.layer(content, size), size, design)


def _svg(layer: Mapping[str, object], size: str, design: Design) -> str:
    width, height = SIZES[size]
    svg = render.svg(CARD, layer, files=MARK, fonts=design.folders())
    return svg.replace(f'width="{width}pt" height="{height}pt"', f'width="{width}" height="{height}"', 1)


def preview_svg(
    design: Design,
    content: Content,
    size: str,
    *,
    background_url: str = "",
    photo_url: str = "",
    photo: Kept | None = None,
    label: str = "",
) -> str:
    """Return the card as one SVG: ground, photo and pictures by address, words as outlines.

    The photo comes cut to its slot (`photo_url`), or whole, to be cut in the picture as others are (`photo`).
    """
    width, height = SIZES[size]
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    ground = f'<image href="{escape(background_url)}" width="{width}" height="{height}"/>' if background_url else ""
    pieces = []
    for place, stratum in enumerate(design.strata(content, size)):
        if not isinstance(stratum, Placed):
            pieces.append(_svg(stratum, size, design))
        elif stratum.picture or photo or photo_url:
            placed = Placed(stratum.slot, stratum.picture or photo)
            pieces.append(photos.svg(placed, photo_url, name=f"card-photo-{place}"))
    return f'<svg {box} role="img" aria-label="{escape(label)}">{ground}{"".join(pieces)}</svg>'


def specimen_svg(font: OwnFont, *, weight: int, style: str) -> str:
    """Return a line set in an office's own font, as a card would show it."""
    data = {"family": font.family, "weight": weight, "style": style}
    return render.svg(SPECIMEN, data, fonts=[font.folder()])


def background(design: Design, size: str, *, with_photo: bool) -> Image.Image:
    """Return the ground of a card, decoded; do not draw on it."""
    return grounds.decoded(grounds.file_of(design, size, with_photo=with_photo))


def encoded(card: Image.Image) -> bytes:
    """Return a card as JPEG in sRGB."""
    out = BytesIO()
    card.save(out, "JPEG", quality=QUALITY, subsampling=0, icc_profile=_srgb())
    return out.getvalue()


@cache
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((7, 234, 0, 1, 0, 1)) + bytes(6)  # the date it was made: a fixed one
    return bytes(profile)
