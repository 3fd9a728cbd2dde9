"""The one renderer of cards: the typesetter draws the words, Pillow puts ground, photo and words together."""

from functools import cache, lru_cache
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFilter, ImageOps

from pegasus.cards import grounds
from pegasus.cards.domain.designs import SIZES, Content, Design, Slot
from pegasus.typeset import render

TYPST = Path(__file__).with_name("typst")
CARD = TYPST / "card.typ"
MARK = {"mark.svg": TYPST / "mark.svg"}
QUALITY = 88
# Faces sit above the middle of a photo: cut more from below.
CENTRING = (0.5, 0.35)
SMOOTH = 4
# A design that differs less than this from a size is stretched to it: nobody can see it.
SAME_SHAPE = 0.012


def jpeg(design: Design, content: Content, size: str) -> bytes:
    """Return the finished card; the same content gives the same bytes."""
    card = background(design, size, with_photo=bool(content.photo)).copy()
    slot = design.slot(size)
    if content.photo and slot:
        _put_photo(card, content.photo, slot)
    with Image.open(BytesIO(render.png(CARD, design.layer(content, size), files=MARK))) as words:
        card.paste(words, (0, 0), words)
    return encoded(card)


def from_upload(data: bytes, size: str) -> bytes:
    """Return a finished design in a size: as it is where its shape fits, else whole on a soft ground of its own."""
    frame = SIZES[size]
    with Image.open(BytesIO(data)) as image:
        picture = image.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    picture = Image.alpha_composite(white, picture).convert("RGB")
    if abs(picture.width / picture.height / (frame[0] / frame[1]) - 1) < SAME_SHAPE:
        return encoded(picture.resize(frame, Image.Resampling.LANCZOS))
    ground = ImageOps.fit(picture, (frame[0] // 8, frame[1] // 8), Image.Resampling.BILINEAR)
    ground = ground.filter(ImageFilter.GaussianBlur(12)).resize(frame, Image.Resampling.BICUBIC)
    card = ImageChops.multiply(ground, Image.new("RGB", frame, (205, 205, 205)))
    whole = ImageOps.contain(picture, frame, Image.Resampling.LANCZOS)
    card.paste(whole, ((frame[0] - whole.width) // 2, (frame[1] - whole.height) // 2))
    return encoded(card)


def thumbnail(data: bytes, *, width: int = 400) -> bytes:
    """Return a finished card small, for lists."""
    out = BytesIO()
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", (width, width))
        small = ImageOps.contain(image.convert("RGB"), (width, width * 2), Image.Resampling.LANCZOS)
    small.save(out, "JPEG", quality=82)
    return out.getvalue()


def backdrop_jpeg(design: Design, size: str, *, with_photo: bool) -> bytes:
    """Return the ground alone, for the preview in a browser."""
    return _encoded_ground(grounds.file_of(design, size, with_photo=with_photo))


@lru_cache(maxsize=24)
def _encoded_ground(path: Path) -> bytes:
    return encoded(grounds.decoded(path))


def photo_jpeg(design: Design, photo: bytes, size: str) -> bytes:
    """Return the photo cut as the card shows it, for the preview."""
    slot = design.slot(size)
    out = BytesIO()
    if slot:
        _cut(photo, slot).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def text_svg(design: Design, content: Content, size: str) -> str:
    """Return the text layer alone as SVG, from the same source as the file."""
    width, height = SIZES[size]
    svg = render.svg(CARD, design.layer(content, size), files=MARK)
    return svg.replace(f'width="{width}pt" height="{height}pt"', f'width="{width}" height="{height}"', 1)


def preview_svg(
    design: Design, content: Content, size: str, *, background_url: str = "", photo_url: str = "", label: str = ""
) -> str:
    """Return the card as one SVG: ground and photo by address, words as outlines."""
    width, height = SIZES[size]
    slot = design.slot(size) if photo_url and content.photo else None
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    pieces = [
        f'<svg {box} role="img" aria-label="{escape(label)}">',
        f'<image href="{escape(background_url)}" width="{width}" height="{height}"/>' if background_url else "",
        _photo_svg(slot, photo_url) if slot else "",
        text_svg(design, content, size),
        "</svg>",
    ]
    return "".join(pieces)


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


def _put_photo(card: Image.Image, photo: bytes, slot: Slot) -> None:
    card.paste(_cut(photo, slot), (slot.x, slot.y), _mask(slot))


def _cut(photo: bytes, slot: Slot) -> Image.Image:
    size = (slot.width, slot.height)
    with Image.open(BytesIO(photo)) as image:
        image.draft("RGB", size)
        return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS, centering=CENTRING)


@lru_cache(maxsize=12)
def _mask(slot: Slot) -> Image.Image:
    width, height, radius = slot.width * SMOOTH, slot.height * SMOOTH, slot.radius * SMOOTH
    mask = Image.new("L", (width, height))
    pen = ImageDraw.Draw(mask)
    if slot.shape == "circle":
        pen.ellipse((0, 0, width - 1, height - 1), fill=255)
    elif slot.shape == "arch":
        pen.rounded_rectangle((0, 0, width - 1, height - 1), radius, fill=255)
        pen.rectangle((0, 0, width, width // 2 - SMOOTH), fill=0)
        pen.pieslice((0, 0, width - 1, width - 1), 180, 360, fill=255)
    else:
        pen.rounded_rectangle((0, 0, width - 1, height - 1), radius, fill=255)
    return mask.resize((slot.width, slot.height), Image.Resampling.LANCZOS)


def _photo_svg(slot: Slot, url: str) -> str:
    x, y, width, height, radius = slot.x, slot.y, slot.width, slot.height, slot.radius
    if slot.shape == "circle":
        form = f'<ellipse cx="{x + width / 2}" cy="{y + height / 2}" rx="{width / 2}" ry="{height / 2}"/>'
    elif slot.shape == "arch":
        half = width / 2
        form = (
            f'<path d="M{x} {y + half}A{half} {half} 0 0 1 {x + width} {y + half}V{y + height - radius}'
            f"a{radius} {radius} 0 0 1 -{radius} {radius}H{x + radius}a{radius} {radius} 0 0 1 -{radius} -{radius}Z"
            '"/>'
        )
    else:
        form = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>'
    return (
        f'<clipPath id="card-photo">{form}</clipPath><image href="{escape(url)}" x="{x}" y="{y}" width="{width}" '
        f'height="{height}" preserveAspectRatio="none" clip-path="url(#card-photo)"/>'
    )
