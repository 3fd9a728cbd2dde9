"""Why this person and not another: read off the finished plan, so that the words can be checked against it."""

from datetime import date

from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits
from pegasus.roster.domain.measures import NEVER_TWICE
from pegasus.roster.domain.problem import may_serve
from pegasus.roster.domain.solution import Other, Reason

MOST_AWAY = 5  # names in one reason; more would bury it


def reasons(grid: Grid, plan: Plan) -> list[dict[int, Reason]]:
    """Return for each week the reason of each person who serves."""
    loads = [person.carried for person in grid.people]
    last = list(grid.last)
    found: list[dict[int, Reason]] = []
    for week, mask in enumerate(plan):
        found.append({p: _reason(grid, plan, week, p, loads, last) for p in bits(mask)})
        for p in bits(mask):
            loads[p] += 1
            last[p] = grid.numbers[week]
    return found


def _rank(number: int, loads: list[int], last: list[int | None], p: int) -> tuple[int, int, int]:
    before = last[p]
    return (loads[p], -(NEVER_TWICE if before is None else number - before), p)


def _reason(grid: Grid, plan: Plan, week: int, p: int, loads: list[int], last: list[int | None]) -> Reason:
    number, before = grid.numbers[week], last[p]
    mine = _rank(number, loads, last, p)
    ranked = sorted(range(len(grid.people)), key=lambda q: _rank(number, loads, last, q))
    absent = [
        grid.people[q].id
        for q in ranked
        if _rank(number, loads, last, q) < mine and not may_serve(grid.people[q], grid.weeks[week])
    ]
    settled = bool(grid.held[week] >> p & 1)
    others = [q for q in ranked if q != p and grid.free[week] >> q & 1 and not plan[week] >> q & 1]
    return Reason(
        turns=loads[p],
        last_turn=None if before is None else _monday(before),
        rest_weeks=None if before is None else number - before,
        away=() if settled else tuple(absent[:MOST_AWAY]),
        other=_against(grid, plan, week, p, others[0], loads, last) if others and not settled else None,
        settled=settled,
    )


def _against(grid: Grid, plan: Plan, week: int, p: int, q: int, loads: list[int], last: list[int | None]) -> Other:
    person = grid.people[q]
    if loads[q] > loads[p]:
        return Other(person.id, "turns", turns=loads[q])
    coming = [v for v in range(week + 1, len(plan)) if plan[v] >> q & 1]
    if coming:
        return Other(person.id, "serves", on=grid.weeks[coming[0]].posts_on, turns=loads[q])
    if loads[q] == loads[p] and _rank(0, loads, last, q)[1] > _rank(0, loads, last, p)[1]:
        return Other(person.id, "rest", on=_monday(last[q] or 0), turns=loads[q])
    beside = {grid.teams[r] for r in bits(plan[week] & ~(1 << p))} - {NO_TEAM}
    if grid.teams[q] in beside and grid.teams[p] not in beside:
        return Other(person.id, "team", turns=loads[q])
    return Other(person.id, "order", turns=loads[q])


def _monday(number: int) -> date:
    return date.fromordinal(number * 7 + 1)
