"""The gate that every uploaded picture passes: read, turned upright, made smaller, written anew."""

import struct
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MOST_PIXELS = 40_000_000
MOST_BYTES = 25 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
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
    too_many = _("Gambar ini lebih dari 40 megapiksel. Pilih gambar yang lebih kecil.")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:  # reads the header alone
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused(too_many)
            return _encoded(image, longest, cut)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(too_many) from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, OverflowError, struct.error):
        raise PictureRefused(
            _("Berkas ini bukan gambar yang dapat dibaca. Pilih berkas JPEG, PNG, atau WebP.")
        ) from None


def _encoded(image: Image.Image, longest: int, cut: Cut | None) -> Picture:
    if image.format == "JPEG" and cut is None:
        image.draft("RGB", (longest, longest))  # decodes at a fraction when that is enough: much less memory
    upright = ImageOps.exif_transpose(image)
    if cut is not None:
        upright = upright.crop(cut.box(*upright.size))
    transparent = upright.has_transparency_data
    upright = _in_srgb(upright).convert("RGBA" if transparent else "RGB")
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    plain = Image.new(upright.mode, upright.size)
    plain.paste(upright)  # a new image carries no metadata at all
    out = BytesIO()
    if transparent:
        plain.save(out, "PNG")
    else:
        plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), "image/png" if transparent else "image/jpeg", plain.width, plain.height)


def _in_srgb(image: Image.Image) -> Image.Image:
    """Bring a picture with a colour profile (Display P3 of a phone, CMYK of a printer) to sRGB."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a broken profile: the plain numbers are the best guess
