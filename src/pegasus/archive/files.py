"""The file of a record, read whole and hashed: nobody gets a file that is not the one that was kept."""

from hashlib import sha256

from django.db.models.fields.files import FieldFile

from pegasus.archive.models import Record


class FileDamaged(Exception):
    """The stored file is not what was kept; `damage` says in which way."""

    def __init__(self, damage: Record.Damage) -> None:
        super().__init__(damage)
        self.damage = damage


def content_of(record: Record) -> bytes:
    """Return the file's bytes, or raise FileDamaged when it is gone or has changed."""
    return stored_content(record.file, digest=record.sha256)


def stored_content(file: FieldFile, *, digest: str) -> bytes:
    """Return the bytes of a stored file whose SHA-256 was noted; raise FileDamaged when it is gone or another."""
    try:
        with file.open("rb") as stored:
            data = bytes(stored.read())
    except OSError:
        raise FileDamaged(Record.Damage.MISSING) from None
    if sha256(data).hexdigest() != digest:
        raise FileDamaged(Record.Damage.CHANGED)
    return data
