"""Two rows of one list that are one person: what the later row adds to the earlier, and where it says otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pegasus.people.domain.matching import bare


@dataclass(frozen=True)
class RowsCompared:
    """What a later row says of the same person: facts that the earlier row lacks, and fields in which they differ."""

    added: Mapping[str, str]
    differing: tuple[str, ...]


def compare_rows(earlier: object, later: object, facts: Iterable[str]) -> RowsCompared:
    """Return what a later row adds to an earlier one; capitals alone are no difference."""
    added: dict[str, str] = {}
    differing: list[str] = []
    for fact in facts:
        above, below = str(getattr(earlier, fact)), str(getattr(later, fact))
        if below and not above:
            added[fact] = below
        elif below and _as_compared(fact, above) != _as_compared(fact, below):
            differing.append(fact)
    return RowsCompared(added, tuple(differing))


def _as_compared(fact: str, text: str) -> str:
    return bare(text) if fact == "name" else text.casefold()
