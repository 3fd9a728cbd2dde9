"""Hold the sent and the returned file side by side: both are drawn and compared behind the gate."""

from pegasus.signing.domain.verdicts import PageLikeness
from pegasus.typeset import foreign
from pegasus.typeset.foreign import MEGABYTE, Limits, Reader

COMPARED_PDF = foreign.register(
    Reader(
        "compared_pdf",
        "pegasus.signing.comparing_child:read",
        Limits(
            most_bytes=96 * MEGABYTE,
            memory=1536 * MEGABYTE,
            cpu=60,
            seconds=75,
            answer=MEGABYTE,
            at_once=1,
            patience=30.0,
        ),
    )
)


def pages(sent: bytes, back: bytes) -> list[PageLikeness]:
    """Return how each page compares, or raise FileRefused: `page_count`, `many_pages`, or what the gate says."""
    found = foreign.read(COMPARED_PDF, sent + back, split=len(sent)).facts["pages"]
    return [PageLikeness(**{**page, "where": tuple(page["where"])}) for page in found]
