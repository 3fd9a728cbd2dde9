"""Photos and pictures in their slots: cut and laid on the card by Pillow, placed in the preview by the browser."""

from functools import lru_cache
from html import escape
from io import BytesIO
from math import sqrt

from PIL import Image, ImageChops, ImageDraw, ImageOps

from pegasus.cards.domain.designs import Placed, Slot

SMOOTH = 4
QUALITY = 88
BLEED = 2


def put(card: Image.Image, data: bytes, slot: Slot) -> None:
    """Lay a picture on a card; one that cannot be read any more leaves its place empty."""
    if not data:
        return
    picture, mask = cut(data, slot), _mask(slot.width, slot.height, slot.shape, slot.radius)
    if picture.mode == "RGBA":
        mask = ImageChops.multiply(mask, picture.getchannel("A"))
    if slot.opacity < 1:
        mask = mask.point([round(value * slot.opacity) for value in range(256)])
    x, y = slot.x, slot.y
    if slot.rotate:
        sides = (_bled(picture), ImageOps.expand(mask, BLEED, 0))
        picture, mask = (side.rotate(-slot.rotate, Image.Resampling.BICUBIC, expand=True) for side in sides)
        x, y = x - (mask.width - slot.width) // 2, y - (mask.height - slot.height) // 2
    card.paste(picture.convert("RGB"), (x, y), mask)


def _bled(picture: Image.Image) -> Image.Image:
    """Return a picture with its edge drawn on outwards, so that a turned edge is smooth and mixes with nothing."""
    wide = picture.resize((picture.width + 2 * BLEED, picture.height + 2 * BLEED))
    wide.paste(picture, (BLEED, BLEED))
    return wide


def shown(data: bytes, slot: Slot) -> bytes:
    """Return a photo for a preview as a file that fills its slot; where it is whole, the rest shows through."""
    picture, out = cut(data, slot), BytesIO()
    if slot.fit == "cover":
        picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
    else:
        picture.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def cut(data: bytes, slot: Slot) -> Image.Image:
    """Return a picture as its slot shows it: filled by it, or whole within it."""
    size = (slot.width, slot.height)
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", size)
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if slot.fit == "cover":
        return ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=slot.focus)
    whole = ImageOps.contain(picture.convert("RGBA"), size, Image.Resampling.LANCZOS)
    frame = Image.new("RGBA", size, (255, 255, 255, 0))
    left, top = (round(room * at) for room, at in zip(_room(slot, whole.size), slot.focus, strict=True))
    frame.paste(whole, (left, top))
    return frame


def _room(slot: Slot, shown: tuple[float, float]) -> tuple[float, float]:
    """Return how much of its place a picture leaves free, across and down; less than nothing where it is cut."""
    return slot.width - shown[0], slot.height - shown[1]


@lru_cache(maxsize=24)
def _mask(width: int, height: int, shape: str, rounding: int) -> Image.Image:
    size = (width, height)
    width, height, radius = width * SMOOTH, height * SMOOTH, rounding * SMOOTH
    foot = min(radius, width // 2, max(height - width // 2, 0))
    mask = Image.new("L", (width, height))
    pen = ImageDraw.Draw(mask)
    if shape == "circle":
        pen.ellipse((0, 0, width - 1, height - 1), fill=255)
    elif shape == "arch":
        pen.rounded_rectangle((0, 0, width - 1, height - 1), foot, fill=255)
        pen.rectangle((0, 0, width, width // 2 - SMOOTH), fill=0)
        pen.pieslice((0, 0, width - 1, width - 1), 180, 360, fill=255)
    else:
        pen.rounded_rectangle((0, 0, width - 1, height - 1), radius, fill=255)
    return mask.resize(size, Image.Resampling.LANCZOS)


def svg(placed: Placed, photo_url: str, *, name: str) -> str:
    """Return a picture in its slot for a preview. A photo comes from its address already cut."""
    slot, kept = placed.slot, placed.picture
    width, height = float(slot.width), float(slot.height)
    if kept:
        scale = (max if slot.fit == "cover" else min)(slot.width / kept.width, slot.height / kept.height)
        width, height = kept.width * scale, kept.height * scale
    across, down = _room(slot, (width, height))
    x, y = slot.x + across * slot.focus[0], slot.y + down * slot.focus[1]
    box = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" preserveAspectRatio="none"'
    middle = f"{slot.x + slot.width / 2:g} {slot.y + slot.height / 2:g}"
    turn = f' transform="rotate({slot.rotate:g} {middle})"' if slot.rotate else ""
    pale = f' opacity="{slot.opacity:g}"' if slot.opacity < 1 else ""
    return (
        f'<g{turn}{pale}><clipPath id="{name}">{_form(slot)}</clipPath>'
        f'<image href="{escape(kept.url if kept else photo_url)}" {box} clip-path="url(#{name})"/></g>'
    )


def _form(slot: Slot) -> str:
    x, y, width, height, radius = slot.x, slot.y, slot.width, slot.height, slot.radius
    if slot.shape == "circle":
        return f'<ellipse cx="{x + width / 2}" cy="{y + height / 2}" rx="{width / 2}" ry="{height / 2}"/>'
    if slot.shape == "arch":
        half = width / 2
        corner = min(radius, half, height - half)
        if height <= half:  # no more than the top of the arch
            chord = sqrt(half**2 - (half - height) ** 2)
            left, foot = x + half - chord, y + height
            return f'<path d="M{left:.2f} {foot}A{half} {half} 0 0 1 {left + 2 * chord:.2f} {foot}Z"/>'
        return (
            f'<path d="M{x} {y + half}A{half} {half} 0 0 1 {x + width} {y + half}V{y + height - corner}'
            f"a{corner} {corner} 0 0 1 -{corner} {corner}H{x + corner}a{corner} {corner} 0 0 1 -{corner} -{corner}Z"
            '"/>'
        )
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>'
