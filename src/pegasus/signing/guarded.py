"""Read a signed PDF from outside behind the gate: it may run out of time or memory without harm to anyone else."""

from collections.abc import Iterable
from datetime import datetime

from pegasus.signing.domain.verdicts import Reading, from_plain
from pegasus.typeset import foreign
from pegasus.typeset.foreign import MEGABYTE, FileRefused, Limits, Reader

SIGN = b"%PDF-"
SIGNED_PDF = foreign.register(
    Reader(
        "signed_pdf",
        "pegasus.signing.reading_child:read",
        Limits(most_bytes=64 * MEGABYTE, memory=1536 * MEGABYTE, cpu=20, seconds=50, answer=8 * MEGABYTE, at_once=2),
    )
)
PROBLEMS = {"slow": "too_slow", "busy": "busy", "large": "too_large"}


def read(
    data: bytes,
    *,
    roots: Iterable[bytes] = (),
    bsre: Iterable[bytes] = (),
    at: datetime | None = None,
    base: int = 0,
) -> Reading:
    """Return what the file is; a file that breaks the child is unreadable, whatever it did."""
    if not data.lstrip().startswith(SIGN):
        return Reading(readable=False, problem="not_pdf")
    asked: dict[str, object] = {
        "at": at.isoformat() if at else None,
        "roots": _texts(roots),
        "bsre": _texts(bsre),
        "base": base,
    }
    try:
        return from_plain(foreign.read(SIGNED_PDF, data, **asked).facts)
    except FileRefused as refused:
        return Reading(readable=False, problem=PROBLEMS.get(refused.reason, "damaged"))


def _texts(roots: Iterable[bytes]) -> list[str]:
    return [root.decode("ascii", "ignore") for root in roots]
