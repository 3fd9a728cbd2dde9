"""What the gate's child runs to read a signed PDF from outside."""

import logging
from datetime import datetime

from pegasus.signing import reading
from pegasus.signing.domain.verdicts import to_plain

TRUST_FAILS_ARE_NO_NEWS = logging.CRITICAL


def read(
    data: bytes, *, roots: list[str], bsre: list[str], at: str | None, base: int
) -> tuple[dict[str, object], bytes]:
    """Return a reading as plain facts; `roots` are certificates to trust, `at` is a moment in ISO 8601."""
    logging.disable(TRUST_FAILS_ARE_NO_NEWS)
    moment = datetime.fromisoformat(at) if at else None
    trusted, pinned = ([root.encode() for root in given] for given in (roots, bsre))
    return to_plain(reading.read(data, roots=trusted, bsre=pinned, at=moment, base=base)), b""
