"""Who takes no turns: spans that may be open at the end, and who is proposed when an office begins."""

import re
from collections.abc import Iterable
from datetime import date

from pegasus.people.domain.absences import Span

HEAD_OF_OFFICE = re.compile(
    r"^(plt\.?|plh\.?|pj\.?)?\s*kepala\s+(bps|badan\s+pusat\s+statistik|kantor|satker)\b", re.IGNORECASE
)


def leads_the_office(position: str) -> bool:
    """Tell whether a position is the Kepala's; the head of a section ("Kepala Bagian Umum") serves like everybody."""
    return HEAD_OF_OFFICE.match(position.strip()) is not None


def span(first: date, last: date | None) -> Span:
    """Return the days of an exemption; without a last day it lasts for ever."""
    return (first, last or date.max)


def overlap(one: Span, others: Iterable[Span]) -> bool:
    """Tell whether a span shares a day with another."""
    return any(one[0] <= last and first <= one[1] for first, last in others)
