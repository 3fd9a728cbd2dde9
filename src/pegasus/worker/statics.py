"""Collect static files only when one of them has changed: a second start must not wait for it."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".stamp"


def fingerprint() -> str:
    """Return a digest of the names, sizes and times of all sources."""
    digest = sha256(repr(settings.STORAGES).encode())
    found = sorted(
        (name, storage.path(name)) for finder in get_finders() for name, storage in finder.list(["CVS", ".*", "*~"])
    )
    for name, path in found:
        facts = Path(path).stat()
        digest.update(f"{name}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect() -> bool:
    """Bring STATIC_ROOT up to date; tell whether there was anything to do."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted, encoding="ascii")
    return True
