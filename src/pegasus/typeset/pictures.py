"""The gate that every uploaded picture passes: read, turned upright, made smaller, written anew."""

import struct
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from pegasus.typeset import inks, kinds

MOST_PIXELS = 40_000_000
MOST_BYTES = 25 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
MOVING = ("PNG", "WEBP")  # an MPO of a phone holds several pictures too, and shows the first
OPAQUE = ("L", "RGB", "CMYK")
QUALITY = 88


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
        side = max(1, round(min(width, height) / max(self.zoom, 1.0)))
        left = round(min(max(self.x, 0.0), 1.0) * (width - side))
        top = round(min(max(self.y, 0.0), 1.0) * (height - side))
        return left, top, left + side, top + side


def accept(data: bytes, *, longest: int = 2400, cut: Cut | None = None) -> Picture:
    """Return the picture (or its cut) re-encoded as JPEG (PNG when transparent), or raise PictureRefused."""
    if len(data) > MOST_BYTES:
        raise PictureRefused(_("Berkas ini lebih besar dari 25 MB. Pilih gambar yang lebih kecil."))
    if told := kinds.advice(data):
        raise PictureRefused(told)
    too_many = _("Gambar ini lebih dari 40 megapiksel. Pilih gambar yang lebih kecil.")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:  # reads the header alone
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused(too_many)
            if image.format in MOVING and getattr(image, "is_animated", False):
                raise PictureRefused(_("Kartu adalah gambar diam; ini bergerak. Simpan satu bingkainya sebagai PNG."))
            return _encoded(image, longest, cut)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(too_many) from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, OverflowError, struct.error):
        raise PictureRefused(
            _("Berkas ini bukan gambar yang dapat dibaca. Pilih berkas JPEG, PNG, atau WebP.")
        ) from None


def _encoded(image: Image.Image, longest: int, cut: Cut | None) -> Picture:
    profile = image.info.get("icc_profile")
    if image.format == "JPEG" and cut is None:
        image.draft("RGB", (longest, longest))  # decodes at a fraction when that is enough: much less memory
    ImageOps.exif_transpose(image, in_place=True)
    upright: Image.Image = image if cut is None else image.crop(cut.box(*image.size))
    transparent = upright.has_transparency_data
    upright = _in_eight_bits(upright, transparent=transparent)
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    upright = _in_srgb(upright, profile).convert("RGBA" if transparent else "RGB")
    plain = Image.new(upright.mode, upright.size)
    plain.paste(upright)  # a new image carries no metadata at all
    out = BytesIO()
    if transparent:
        plain.save(out, "PNG")
    else:
        plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), "image/png" if transparent else "image/jpeg", plain.width, plain.height)


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
