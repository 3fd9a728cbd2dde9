"""Backup and restore of everything the office owns: database, media, keys, in one file that checks itself."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

FOLDERS = ("media", "keys", "trust")
DATABASE = {"sqlite": "pegasus.sqlite3", "postgresql": "pegasus.pgdump"}


class BackupFailed(Exception):
    """The backup could not be made or read; nothing was changed. The text says why, for the administrator."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make(folder: Path, *, at: datetime, keep: int) -> Path:
    """Write `pegasus-<time>.tar.gz` into a folder, then drop all but the newest `keep` backups."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"pegasus-{at:%Y%m%d-%H%M%S}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as room:
        database = Path(room, DATABASE[connection.vendor])
        _dump(database)
        part = Path(room, target.name)
        with tarfile.open(part, "w:gz", compresslevel=6) as archive:
            manifest: dict[str, str] = {}
            _add(archive, database, database.name, manifest)
            for name in FOLDERS:
                for path in sorted((settings.PEGASUS_DATA / name).rglob("*")):
                    if path.is_file() and not path.is_symlink():
                        _add(archive, path, str(path.relative_to(settings.PEGASUS_DATA)), manifest)
            listing = Path(room, "manifest.json")
            listing.write_text(json.dumps({"made_at": at.isoformat(), "files": manifest}, indent=1))
            archive.add(listing, "manifest.json")
        part.chmod(0o600)  # it holds the keys
        part.rename(target)
    for old in sorted(folder.glob("pegasus-*.tar.gz"))[:-keep]:
        old.unlink()
    return target


def _add(archive: tarfile.TarFile, path: Path, name: str, manifest: dict[str, str]) -> None:
    manifest[name] = digest(path)
    archive.add(path, name)


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        copy = sqlite3.connect(target)
        # The check evaluates our constraints, some of which are regular expressions.
        copy.create_function("REGEXP", 2, lambda pattern, text: text is not None and bool(re.search(pattern, text)))
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        copy.close()
        if verdict != "ok":
            raise BackupFailed(f"the copy of the database is damaged: {verdict}")
        return
    _run_postgresql("pg_dump", "--format=custom", f"--file={target}")


def _run_postgresql(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(f"{program} is not on this machine; install PostgreSQL's client programs")
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL with our own settings
        [found, *arguments, f"--dbname={settings.PEGASUS_DATABASE_URL}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupFailed(f"{program}: {done.stderr.strip()[:400]}")


def restore(backup: Path, *, at: datetime) -> Path | None:
    """Put a backup in place of the data folder's contents; return where the former contents were moved.

    The backup is unpacked and checked file by file before anything of the old is touched.
    """
    data: Path = settings.PEGASUS_DATA
    with tempfile.TemporaryDirectory(dir=data, prefix=".restoring-") as name:
        room = Path(name)
        _unpack(backup, room)
        aside = data / f"before-restore-{at:%Y%m%d-%H%M%S}"
        connection.close()
        moved = _move_aside(data, aside)
        for folder in FOLDERS:
            if (room / folder).exists():
                (room / folder).rename(data / folder)
        if connection.vendor == "sqlite":
            (room / DATABASE["sqlite"]).rename(settings.DATABASES["default"]["NAME"])
        else:
            _run_postgresql("pg_restore", "--clean", "--if-exists", str(room / DATABASE["postgresql"]))
    return aside if moved else None


def _unpack(backup: Path, room: Path) -> None:
    try:
        with tarfile.open(backup, "r:gz") as archive:
            for member in archive:
                _take_out(archive, member, room)
        wanted: dict[str, str] = json.loads((room / "manifest.json").read_text())["files"]
    except (OSError, tarfile.TarError, EOFError, KeyError, ValueError) as error:
        raise BackupFailed(f"{backup.name} is not a whole backup: {error}") from None
    if DATABASE[connection.vendor] not in wanted:
        raise BackupFailed(f"{backup.name} was made on another kind of database than this one ({connection.vendor})")
    for name, expected in wanted.items():
        path = room / name
        if not path.is_file() or digest(path) != expected:
            raise BackupFailed(f"{backup.name} is damaged: {name} is not what was put in")


def _take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, room: Path) -> None:
    # Not extractall(filter="data"): the first releases of Python 3.11, Debian 12's among them, do not have it.
    target = room / member.name
    file = archive.extractfile(member) if member.isreg() else None
    if file is None or not target.resolve().is_relative_to(room.resolve()):
        raise BackupFailed(f"{member.name!r} has no business in a backup")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(file, out)
    target.chmod(0o600)


def _move_aside(data: Path, aside: Path) -> bool:
    database = Path(settings.DATABASES["default"]["NAME"])
    here = [data / name for name in FOLDERS]
    if connection.vendor == "sqlite":
        here += [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))]
    found = [path for path in here if path.exists()]
    if found:
        aside.mkdir(mode=0o700)
    for path in found:
        path.rename(aside / path.name)
    return bool(found)
