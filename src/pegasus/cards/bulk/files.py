"""The files of a bulk run: one JPEG per row and size in the office's media, one ZIP out of them as it is read."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from io import RawIOBase
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.text import slugify

from pegasus.cards.domain.designs import SIZE_WORDS
from pegasus.cards.models import BulkRow, BulkRun

LONGEST_SLUG = 60


def path_of(run: BulkRun, number: int, size: str) -> str:
    """Return where a row's picture lies: the same row always at the same place."""
    return f"bulk/{run.office_id}/{run.pk}/{number}-{size}.jpg"


def store(run: BulkRun, number: int, size: str, data: bytes) -> None:
    """Write a row's picture over what a worker that died may have left."""
    path = path_of(run, number, size)
    default_storage.delete(path)
    stored = default_storage.save(path, ContentFile(data))
    if stored != path:  # another worker wrote the same picture at this moment
        default_storage.delete(stored)


def delete(run: BulkRun) -> None:
    """Delete every picture of a run, also those that no row knows of."""
    folder = f"bulk/{run.office_id}/{run.pk}"
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def name_of(row: BulkRow, size: str) -> str:
    """Return a row's name in the ZIP: its number in the sheet, who it is for, which size; no other number."""
    person = slugify(re.sub(r"\d", "", row.name))[:LONGEST_SLUG].strip("-") or "kartu"
    return f"{row.number:04d}-{person}-{SIZE_WORDS[size]}.jpg"


def zipped(run: BulkRun, rows: Iterable[BulkRow], *, at: datetime) -> Iterator[bytes]:
    """Yield a ZIP piece by piece: never more than one picture in memory."""
    sink = _Sink()
    moment = at.timetuple()[:6]
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for row in rows:
            for size in run.sizes:
                with suppress(FileNotFoundError), default_storage.open(path_of(run, row.number, size), "rb") as file:
                    archive.writestr(ZipInfo(name_of(row, size), moment), file.read())
                yield sink.take()
    yield sink.take()


class _Sink(RawIOBase):
    """What the ZIP is written to: it cannot go back, so that nothing needs to be kept."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] # any buffer; ZipFile gives bytes
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole
