"""Decode a picture of a stranger: turned upright, made smaller, in sRGB, written anew. Runs in the gate's child."""

import struct
import warnings
from functools import cache
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from pegasus.typeset.readers import inks
from pegasus.typeset.refusal import FileRefused

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000  # a picture of one column costs a row's bookkeeping for every pixel
FORMATS = ("JPEG", "PNG", "WEBP")
MOVING = ("PNG", "WEBP")  # an MPO of a phone holds several pictures too, and shows the first
OPAQUE = ("L", "RGB", "CMYK")
QUALITY = 88
# What the decoders raise for a file that is none: their own errors, and plain ones where they did not expect it.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, OverflowError, struct.error)

Facts = dict[str, object]


def read(data: bytes, *, longest: int, cut: tuple[float, float, float] | None = None) -> tuple[Facts, bytes]:
    """Return a picture (or its cut) as JPEG, as PNG when transparent; raise FileRefused before it is decoded."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:  # reads the header alone
            if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
                raise FileRefused("pixels")
            if image.format in MOVING and getattr(image, "is_animated", False):
                raise FileRefused("moving")
            return _encoded(image, longest, cut)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused("pixels") from None
    except BROKEN:
        raise FileRefused("unreadable") from None


def square(x: float, y: float, zoom: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return a square of a picture in pixels (left, top, right, bottom): 0 to 1 across and down, so much enlarged."""
    width, height = size
    side = max(1, round(min(width, height) / max(zoom, 1.0)))
    left = round(min(max(x, 0.0), 1.0) * (width - side))
    top = round(min(max(y, 0.0), 1.0) * (height - side))
    return left, top, left + side, top + side


def written(image: Image.Image, *, transparent: bool) -> tuple[Facts, bytes]:
    """Return a picture in our own encoding with its facts; a new image carries no metadata at all."""
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    out = BytesIO()
    if transparent:
        plain.save(out, "PNG")
    else:
        plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    kind = "image/png" if transparent else "image/jpeg"
    return {"content_type": kind, "width": plain.width, "height": plain.height}, out.getvalue()


def _encoded(image: Image.Image, longest: int, cut: tuple[float, float, float] | None) -> tuple[Facts, bytes]:
    profile = image.info.get("icc_profile")
    if image.format == "JPEG" and cut is None:
        image.draft("RGB", (longest, longest))  # decodes at a fraction when that is enough: much less memory
    ImageOps.exif_transpose(image, in_place=True)
    upright: Image.Image = image if cut is None else image.crop(square(*cut, image.size))
    transparent = upright.has_transparency_data
    upright = _in_eight_bits(upright, transparent=transparent)
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    upright = _in_srgb(upright, profile).convert("RGBA" if transparent else "RGB")
    return written(upright, transparent=transparent)


def _in_eight_bits(image: Image.Image, *, transparent: bool) -> Image.Image:
    """Return a picture of one of four kinds: grey, RGB, RGBA, CMYK. Sixteen bits of grey would else all be white."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257) + 0.5)
        return image.convert("L")
    if transparent:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in OPAQUE else image.convert("L" if image.mode in {"1", "LA"} else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring a picture with a colour profile (Display P3 of a phone, CMYK of a printer) to sRGB."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            seen = ImageCms.profileToProfile(
                image,
                source,
                _srgb(),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGBA" if image.mode == "RGBA" else "RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except (ImageCms.PyCMSError, OSError):
            seen = None  # a broken profile: the plain numbers are the best guess
        if seen is not None:
            return seen
    return inks.as_light(image) if image.mode == "CMYK" else image


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
