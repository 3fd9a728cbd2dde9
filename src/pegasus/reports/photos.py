"""The pictures of a report, made small once and kept in a cache that may be thrown away."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from pegasus.archive.files import FileDamaged, content_of
from pegasus.archive.models import Record
from pegasus.reports.domain.contents import Contents
from pegasus.typeset import stored

LONGEST = 1100
QUALITY = 80


def name(sha256: str) -> str:
    """Return the name under which a document finds a picture."""
    return f"{sha256[:24]}.jpg"


def files(contents: Contents) -> dict[str, bytes | Path]:
    """Return every picture of a report by its name; one query, and no work for those made before."""
    wanted = {item.record: item.sha256 for item in (*contents.cards, *contents.screenshots)}
    missing = [record for record, sha256 in wanted.items() if not _cached(sha256).exists()]
    # Pillow lets go of the interpreter while it works: two threads halve the wait of a first report.
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(_make, Record.objects.filter(pk__in=missing).order_by("pk")))
    return {name(sha256): _or_blank(_cached(sha256)) for sha256 in wanted.values()}


def one(record: Record | None) -> bytes | None:
    """Return one picture made small, for the screen."""
    if record is None:
        return None
    if not _cached(record.sha256).exists():
        _make(record)
    found = _or_blank(_cached(record.sha256))
    return found if isinstance(found, bytes) else found.read_bytes()


def small(data: bytes) -> bytes:
    """Return a picture of at most 1,100 pixels as JPEG; transparent areas become white."""
    with Image.open(BytesIO(data)) as image:
        if image.format == "JPEG":
            image.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(image)
        is_clear = upright.has_transparency_data
        upright = upright.convert("RGBA" if is_clear else "RGB")
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
    plain = Image.new("RGB", upright.size, "white") if is_clear else upright
    if is_clear:
        plain.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _or_blank(path: Path) -> Path | bytes:
    """Return a kept picture; a grey one for a file that is gone or changed in the archive, which says so itself."""
    return path if path.exists() else stored.blank((LONGEST, LONGEST * 5 // 4))


def _make(record: Record) -> None:
    with suppress(FileDamaged):
        _store(_cached(record.sha256), small(content_of(record)))


def _cached(sha256: str) -> Path:
    return Path(settings.PEGASUS_DATA) / "cache" / "report-pictures" / f"{sha256}-{LONGEST}q{QUALITY}.jpg"


def _store(path: Path, data: bytes) -> None:
    """Write whole or not at all: another process may read at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    fresh.write_bytes(data)
    fresh.replace(path)
