"""Seats of a week: who had one keeps it, so that a duty's history and its calendar entry stay with the person."""

from collections.abc import Iterable, Mapping


def seat(people: Iterable[int], before: Mapping[int, int]) -> dict[int, int]:
    """Give each person a seat from 1; `before` names the seats by person, kept where they still exist."""
    wanted = sorted(people)
    seats = {p: before[p] for p in wanted if before.get(p, 0) in range(1, len(wanted) + 1)}
    open_seats = iter(n for n in range(1, len(wanted) + 1) if n not in seats.values())
    return seats | {p: next(open_seats) for p in wanted if p not in seats}
