"""Backups of everything the office owns: database, media, keys, in one file that checks itself."""

import hashlib
import json
import os
import re
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection

from pegasus.kernel import postgresql

FOLDERS = ("media", "keys", "trust")
DATABASE = {"sqlite": "pegasus.sqlite3", "postgresql": "pegasus.pgdump"}
MANIFEST = "manifest.json"
ENCRYPTED = ".age"


class BackupFailed(Exception):
    """The backup could not be made or read; nothing was changed. The text says why, for the administrator."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make(folder: Path, *, at: datetime, keep: int, recipient: str = "") -> Path:
    """Write `pegasus-<time>.tar.gz` into a folder, then drop all but the newest `keep` backups.

    With a recipient (a public key of age) the file ends in `.age` and only the private key's holder can read it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"pegasus-{at:%Y%m%d-%H%M%S}.tar.gz{ENCRYPTED if recipient else ''}"
    # What is to be encrypted never lies plain on the disk that the backup goes to.
    with (
        tempfile.TemporaryDirectory(dir=settings.PEGASUS_DATA if recipient else folder, prefix=".making-") as making,
        tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as beside,
    ):
        whole = Path(making, "backup.tar.gz")
        _write(whole, Path(making), at)
        part = Path(beside, target.name)
        if recipient:
            pyrage.encrypt_file(str(whole), str(part), [pyrage.x25519.Recipient.from_str(recipient)])
        else:
            whole.rename(part)
        part.chmod(0o600)  # it holds the keys
        part.rename(target)
    for old in sorted(folder.glob("pegasus-*.tar.gz*"))[:-keep]:
        old.unlink()
    return target


def make_key(path: Path) -> str:
    """Write a fresh private key into a new file and return the public key that backups are encrypted to."""
    identity = pyrage.x25519.Identity.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def _write(target: Path, folder: Path, at: datetime) -> None:
    database = folder / DATABASE[connection.vendor]
    _dump(database)
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        manifest: dict[str, str] = {}
        _add(archive, database, database.name, manifest)
        for name in FOLDERS:
            for path in sorted((settings.PEGASUS_DATA / name).rglob("*")):
                if path.is_file() and not path.is_symlink():
                    _add(archive, path, str(path.relative_to(settings.PEGASUS_DATA)), manifest)
        listing = folder / MANIFEST
        listing.write_text(json.dumps({"made_at": at.isoformat(), "files": manifest}, indent=1))
        archive.add(listing, MANIFEST)


def _add(archive: tarfile.TarFile, path: Path, name: str, manifest: dict[str, str]) -> None:
    manifest[name] = digest(path)
    archive.add(path, name)


def _dump(target: Path) -> None:
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(target)])
            check_sqlite(target)
        else:
            postgresql.dump(target)
    except postgresql.ProgramFailed as fault:
        raise BackupFailed(str(fault)) from None


def check_sqlite(path: Path) -> None:
    """Raise BackupFailed where a copy of the database is not whole."""
    with closing(sqlite3.connect(path)) as copy:
        # The check evaluates our constraints, some of which are regular expressions.
        copy.create_function("REGEXP", 2, lambda pattern, text: text is not None and bool(re.search(pattern, text)))
        try:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as fault:
            verdict = str(fault)
    if verdict != "ok":
        raise BackupFailed(f"salinan basis datanya rusak: {verdict}")
