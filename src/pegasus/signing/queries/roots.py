"""The certificates that this installation believes."""

from pathlib import Path

from django.conf import settings


def trust_roots() -> list[bytes]:
    """Return the root certificates that this installation trusts: `PEGASUS_DATA/trust/*.pem`."""
    return _certificates_in(settings.PEGASUS_DATA / "trust")


def bsre_roots() -> list[bytes]:
    """Return BSrE's root certificates, pinned by this installation: `PEGASUS_BSRE_ROOTS/*.pem`."""
    return _certificates_in(settings.PEGASUS_BSRE_ROOTS)


def _certificates_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.pem"))] if folder.is_dir() else []
