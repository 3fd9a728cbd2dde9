"""Put a backup in the place of a data folder's contents, whatever state those are in.

Everything is unpacked, checked and brought up to date beside the present data before anything of it moves; a fault
while things move undoes all of it, also a fault as rude as `kill -9`: the next restore first brings back what was.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection

from pegasus.kernel import postgresql
from pegasus.kernel.backup import DATABASE, ENCRYPTED, FOLDERS, MANIFEST, BackupFailed, check_sqlite, digest

UNPACKED = ".restoring-"
SECRET = "keys/secret"  # noqa: S105 - a file's name
BRING_UP_TO_DATE = """
import django
django.setup()
from pegasus.kernel import database
database.refuse_newer()
database.bring_up_to_date()
database.forget_workers()
database.connection.close()
"""
LONGEST_REASON = 400


def restore(backup: Path, *, identity: Path | None, at: datetime) -> Path | None:
    """Restore a backup and return where the former contents were moved, or None when there were none."""
    data: Path = settings.PEGASUS_DATA
    undo_interrupted()
    for left in data.glob(f"{UNPACKED}*"):
        shutil.rmtree(left)  # of a restore that was killed; nobody else restores while we hold the lock
    with tempfile.TemporaryDirectory(dir=data, prefix=UNPACKED) as name:
        fresh = Path(name)
        _unpack(_readable(backup, identity, fresh), fresh, backup.name)
        _prepare(fresh)
        aside = data / f"before-restore-{at:%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700)
        with _undone_when_it_fails(aside):
            if connection.vendor == "postgresql":
                _load(fresh, aside)
            _exchange(fresh, aside)
    if any(aside.iterdir()):
        return aside
    aside.rmdir()
    return None


def undo_interrupted() -> None:
    """Bring back what a restore had moved aside when it was interrupted."""
    mark: Path = settings.HALF_RESTORED
    if mark.exists():
        told = json.loads(mark.read_text())
        _undo(Path(told["aside"]), set(told["there"]))


@contextmanager
def _undone_when_it_fails(aside: Path) -> Iterator[None]:
    mark: Path = settings.HALF_RESTORED
    there = {path.name for path in _contents() if path.exists()}
    part = mark.with_suffix(".part")
    part.write_text(json.dumps({"aside": str(aside), "there": sorted(there)}))
    part.replace(mark)
    try:
        yield
    except BaseException:
        _undo(aside, there)
        raise
    mark.unlink()


def _undo(aside: Path, there: set[str]) -> None:
    """Move back what was moved aside, and take out what the backup brought; what never moved stays."""
    for path in _contents():
        former = aside / path.name
        if former.exists() or path.name not in there:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if former.exists():
            shutil.move(former, path)
    database = aside / DATABASE["postgresql"]
    if connection.vendor == "postgresql" and database.exists():
        postgresql.load(database)
        database.unlink()
    if aside.exists() and not any(aside.iterdir()):
        aside.rmdir()
    settings.HALF_RESTORED.unlink()


def _contents() -> list[Path]:
    """Return everything that a backup replaces, whether it is there or not."""
    found: list[Path] = [settings.PEGASUS_DATA / name for name in FOLDERS]
    if connection.vendor == "sqlite":
        database = Path(settings.DATABASES["default"]["NAME"])
        found += [database.with_name(database.name + end) for end in ("", "-wal", "-shm")]
    return found


def _exchange(fresh: Path, aside: Path) -> None:
    for path in _contents():
        if path.exists():
            shutil.move(path, aside / path.name)
    for name in FOLDERS:
        if (fresh / name).exists():
            (fresh / name).rename(settings.PEGASUS_DATA / name)
    if connection.vendor == "sqlite":
        shutil.move(fresh / DATABASE["sqlite"], settings.DATABASES["default"]["NAME"])


def _load(fresh: Path, aside: Path) -> None:
    """Put PostgreSQL's dump in place and bring it up to date; `_undo` finds the former database in `aside`."""
    former = aside / DATABASE["postgresql"]
    part = former.with_suffix(".part")
    try:
        postgresql.dump(part)
    except postgresql.ProgramFailed:
        part.unlink(missing_ok=True)  # a database that cannot be read any more is why backups are restored
    else:
        part.rename(former)
    try:
        postgresql.load(fresh / DATABASE["postgresql"])
    except postgresql.ProgramFailed as fault:
        raise BackupFailed(str(fault)) from None
    _bring_up_to_date(fresh, settings.PEGASUS_DATABASE_URL)


def _prepare(fresh: Path) -> None:
    if not (fresh / SECRET).is_file():
        raise BackupFailed("cadangan ini tidak memuat kunci; tanpa kunci isinya tidak dapat dibaca")
    if connection.vendor == "sqlite":
        check_sqlite(fresh / DATABASE["sqlite"])
        _bring_up_to_date(fresh, "")
        with closing(sqlite3.connect(fresh / DATABASE["sqlite"])) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, to be moved as one
        return
    try:
        postgresql.check(fresh / DATABASE["postgresql"])
    except postgresql.ProgramFailed as fault:
        raise BackupFailed(str(fault)) from None


def _bring_up_to_date(data: Path, database: str) -> None:
    """Let this version's migrations run over the restored data, in a process that knows all settings."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "pegasus.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PEGASUS_DATA": str(data),
        "PEGASUS_DATABASE_URL": database,
    }
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", BRING_UP_TO_DATE], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        raise BackupFailed(f"isinya tidak cocok dengan Pegasus versi ini: {reason[:LONGEST_REASON]}")


def _readable(backup: Path, identity: Path | None, fresh: Path) -> Path:
    """Return the backup, decrypted where it is encrypted."""
    if backup.suffix != ENCRYPTED:
        return backup
    if identity is None:
        raise BackupFailed(f"{backup.name} terenkripsi; sebutkan berkas kunci pribadinya dengan --identity")
    plain = fresh / "backup.tar.gz"
    try:
        pyrage.decrypt_file(str(backup), str(plain), [_identity(identity)])
    except pyrage.DecryptError as fault:
        raise BackupFailed(f"{backup.name} tidak dapat dibuka dengan kunci {identity.name} ({fault})") from None
    return plain


def _identity(path: Path) -> pyrage.x25519.Identity:
    lines = [line.strip() for line in path.read_text(encoding="ascii", errors="replace").splitlines()]
    try:
        return pyrage.x25519.Identity.from_str(next(line for line in lines if line and not line.startswith("#")))
    except (StopIteration, pyrage.IdentityError):
        raise BackupFailed(f"{path.name} bukan berkas kunci pribadi (AGE-SECRET-KEY-…)") from None


def _unpack(backup: Path, fresh: Path, name: str) -> None:
    try:
        with tarfile.open(backup, "r:gz") as archive:
            for member in archive:
                _take_out(archive, member, fresh)
        wanted: dict[str, str] = json.loads((fresh / MANIFEST).read_text())["files"]
    except (OSError, tarfile.TarError, EOFError, KeyError, ValueError) as fault:
        raise BackupFailed(f"{name} bukan cadangan yang utuh: {fault}") from None
    if DATABASE[connection.vendor] not in wanted:
        raise BackupFailed(f"{name} dibuat di jenis basis data lain; di sini {connection.display_name}")
    for part, expected in wanted.items():
        path = fresh / part
        if not path.is_file() or digest(path) != expected:
            raise BackupFailed(f"{name} rusak: isi {part} berbeda dari saat dicadangkan")


def _take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, fresh: Path) -> None:
    # Not extractall(filter="data"): the first releases of Python 3.11, Debian 12's among them, do not have it.
    target = fresh / member.name
    file = archive.extractfile(member) if member.isreg() else None
    if file is None or not target.resolve().is_relative_to(fresh.resolve()):
        raise BackupFailed(f"{member.name!r} bukan bagian dari sebuah cadangan")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(file, out)
    target.chmod(0o600)
