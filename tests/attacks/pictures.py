"""Pictures of a few kilobytes that ask for gigabytes."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def png(width: int, height: int, *, depth: int = 8, kind: int = 0, filled: bool = True) -> bytes:
    """A PNG of zeros with such sides; it holds all its rows, or (`filled=False`) a few of them."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    channels = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    row = bytes(1 + (width * depth * channels + 7) // 8)
    packer = zlib.compressobj(9)
    rows = height if filled else min(height, 64)
    many = max(1, min(rows, 1_000_000 // len(row)))
    body = b"".join(packer.compress(row * many) for _ in range(rows // many)) + packer.compress(row * (rows % many))
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    end = chunk(b"IDAT", body + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + end


def largest() -> bytes:
    """As large as is taken, in the mode that needs the most memory."""
    return png(8_000, 5_000, kind=6)


def turned() -> bytes:
    """A JPEG of 40 megapixels that lies on its side, so that it is decoded and turned."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (8_000, 5_000), "navy").save(out, "JPEG", quality=20, exif=exif)
    return out.getvalue()


COLUMN = (1, 40_000_000)
