"""An office's own fonts as folders that the typesetter reads: a copy for each, proven by its digest, in the cache."""

from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from django.conf import settings
from django.core.files.storage import default_storage

from pegasus.typeset.render import TypesetFailed


def folder_of(digest: str, name: str) -> Path:
    """Return the folder that holds this font alone, filled from the office's files when it is not there yet."""
    folder = _folder(digest)
    path = folder / f"font{Path(name).suffix}"
    if not path.exists():
        try:
            data = read(name)
        except OSError as error:
            raise TypesetFailed(f"the font {digest[:12]} cannot be read") from error
        if sha256(data).hexdigest() != digest:
            raise TypesetFailed(f"the font {digest[:12]} is no longer what passed the gate")
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder.with_suffix(f".{token_hex(4)}")  # beside the folder: half a font would be read as one
        fresh.write_bytes(data)
        fresh.replace(path)
    return folder


def read(name: str) -> bytes:
    """Return the font's file as it was uploaded."""
    with default_storage.open(name, "rb") as file:
        return bytes(file.read())


def forget(digest: str, name: str) -> None:
    """Delete a font's file and its copy."""
    default_storage.delete(name)
    rmtree(_folder(digest), ignore_errors=True)


def _folder(digest: str) -> Path:
    return Path(settings.PEGASUS_DATA) / "cache" / "fonts" / digest
