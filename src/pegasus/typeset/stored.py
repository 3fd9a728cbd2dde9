"""Kept pictures, as they lie in the media folder: ours, but a disk, a copy or a person may have broken one."""

import warnings
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from PIL import Image

from pegasus.typeset.readers.picture import BROKEN, FORMATS, LONGEST_SIDE

# The gate keeps pictures of 2,400 pixels at most: what is far larger was not put there by it.
MOST_PIXELS = 16_000_000
GLANCE = (64, 64)


def picture(file: FieldFile | None) -> bytes:
    """Return a kept picture's bytes; nothing when there is none, when it is gone, or when it cannot be drawn."""
    return kept(file.name or "") if file else b""


def kept(name: str) -> bytes:
    """Return the bytes of a picture by its name in the media folder; nothing when it is gone or broken."""
    if not name:
        return b""
    try:
        with default_storage.open(name, "rb") as file:
            data = bytes(file.read())
    except OSError:
        return b""
    return data if is_whole(data) else b""


def is_whole(data: bytes) -> bool:
    """Tell whether a kept picture can be drawn from its first pixel to its last."""
    return _is_whole(_Kept(sha256(data).digest(), data))


def blank(size: tuple[int, int]) -> bytes:
    """Return a grey JPEG for the place of a picture that cannot be read."""
    out = BytesIO()
    Image.new("RGB", size, (222, 226, 230)).save(out, "JPEG", quality=60)
    return out.getvalue()


class _Kept:
    """A file by its content: the same content is looked at once, and not held."""

    def __init__(self, digest: bytes, data: bytes) -> None:
        self.digest = digest
        self.data = data

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.digest == self.digest


def _is_whole(kept: _Kept) -> bool:
    found = _known(kept)
    kept.data = b""
    return found


@lru_cache(maxsize=512)
def _known(kept: _Kept) -> bool:
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(kept.data), formats=FORMATS) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
                return False
            image.draft("L", GLANCE)  # a JPEG is read to its end, and only a fraction of it unpacked
            image.load()
    except (*BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return True
