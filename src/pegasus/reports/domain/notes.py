"""Obstacles and follow-ups of several quarters as one list, in which nothing is told twice."""

from collections.abc import Iterable
from dataclasses import replace

from pegasus.calendar.domain.periods import Period
from pegasus.reports.domain.contents import FollowUpFact, ObstacleFact
from pegasus.reports.domain.prose import joined


def merged_obstacles(facts: Iterable[ObstacleFact]) -> tuple[ObstacleFact, ...]:
    """Return the obstacles; the same words with the same solution in two quarters are one, noted first."""
    found: dict[tuple[str, ...], ObstacleFact] = {}
    for fact in facts:
        key = (fact.programme, _plain(fact.text), _plain(fact.solution))
        before = found.get(key)
        found[key] = replace(before, periods=_both(before.periods, fact.periods)) if before else fact
    return tuple(found.values())


def merged_follow_ups(facts: Iterable[FollowUpFact]) -> tuple[FollowUpFact, ...]:
    """Return the follow-ups; what the same person owes twice, and stands alike, is one with its later due day."""
    found: dict[tuple[str, ...], FollowUpFact] = {}
    for fact in facts:
        key = (fact.programme, _plain(fact.text), _plain(fact.owner), str(fact.done_on), _plain(fact.done_note))
        before = found.get(key)
        found[key] = replace(fact, periods=_both(before.periods, fact.periods)) if before else fact
    return tuple(found.values())


def quarters_in_words(periods: Iterable[str]) -> str:
    """Return `triwulan III dan IV`; several years are told apart."""
    found = sorted({Period.parse(key) for key in periods})
    years = {period.year for period in found}
    if len(years) > 1:
        return f"triwulan {joined([f'{period.roman}/{period.year}' for period in found])}"
    return f"triwulan {joined([period.roman for period in found])}" if found else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*first, *second}))
