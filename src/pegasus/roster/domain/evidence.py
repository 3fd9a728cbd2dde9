"""What gets worse from one plan to another, shown on people and weeks that everybody can look up."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits


@dataclass(frozen=True)
class Cost:
    """One level of the order in two plans, and where the second one shows it."""

    level: str
    now: int
    then: int
    people: tuple[int, ...] = ()  # spread: who gets more, who gets less; rest: who; teams: who together
    turns: tuple[int, ...] = ()  # spread: their turns then
    gap: tuple[int, int] = (0, 0)  # spread: most turns less fewest, now and then
    weeks: tuple[date, ...] = ()  # rest and teams: the Mondays
    team: str = ""


def cost_of(level: str, grid: Grid, now: Plan, then: Plan) -> Cost:
    """Return a level of two plans with its evidence in the second."""
    return EVIDENCE[level](grid, now, then)


def _spread(grid: Grid, now: Plan, then: Plan) -> Cost:
    one, two = grid.loads(now), grid.loads(then)
    more = [p for p in range(len(two)) if two[p] > one[p]]
    less = [p for p in range(len(two)) if two[p] < one[p]]
    shown = [
        *([max(more, key=lambda p: (two[p], -p))] if more else []),
        *([min(less, key=lambda p: (two[p], p))] if less else []),
    ]
    return Cost(
        "spread",
        measures.spread(grid, now),
        measures.spread(grid, then),
        people=tuple(grid.people[p].id for p in shown),
        turns=tuple(two[p] for p in shown),
        gap=(max(one) - min(one), max(two) - min(two)),
    )


def _rest(grid: Grid, now: Plan, then: Plan) -> Cost:
    shortest = measures.shortest_rest(grid, then)
    person, weeks = next(
        ((p, (one, two)) for p, one, two in _pairs(grid, then) if two - one == shortest), (None, (0, 0))
    )
    return Cost(
        "rest",
        measures.shortest_rest(grid, now),
        shortest,
        people=() if person is None else (grid.people[person].id,),
        weeks=() if person is None else tuple(date.fromordinal(number * 7 + 1) for number in weeks),
    )


def _pairs(grid: Grid, plan: Plan) -> list[tuple[int, int, int]]:
    """Return the turns of each person that follow each other, but those that are settled on both sides."""
    before = {p: (last, True) for p, last in enumerate(grid.last) if last is not None}
    found = []
    for number, held, mask in zip(grid.numbers, grid.held, plan, strict=True):
        for p in bits(mask):
            settled = bool(held >> p & 1)
            if p in before and not (settled and before[p][1]):
                found.append((p, before[p][0], number))
            before[p] = (number, settled)
    for p, coming in enumerate(grid.coming):
        if coming is not None and p in before and not before[p][1]:
            found.append((p, before[p][0], coming))
    return found


def _crowd(grid: Grid, now: Plan, then: Plan) -> Cost:
    level, (count, counted) = "teams_in_week", (measures.same_team_in_week(grid, plan) for plan in (now, then))
    for week, one, two in zip(grid.weeks, now, then, strict=True):
        if measures.same_team_in_week(grid, [two]) <= measures.same_team_in_week(grid, [one]):
            continue
        teams, earlier = measures.teams_of(grid, two), measures.teams_of(grid, one)
        team = next(t for t in sorted(set(teams)) if teams.count(t) > max(1, earlier.count(t)))
        people = tuple(grid.people[p].id for p in bits(two) if grid.teams[p] == team)
        return Cost(level, count, counted, people=people, weeks=(week.starts_on,), team=_name(grid, team))
    return Cost(level, count, counted)


def _neighbours(grid: Grid, now: Plan, then: Plan) -> Cost:
    level, (count, counted) = "teams_next_week", (measures.same_team_next_week(grid, plan) for plan in (now, then))
    for n, (one, two) in enumerate(pairwise(then)):
        was = set(measures.teams_of(grid, now[n])) & set(measures.teams_of(grid, now[n + 1]))
        teams = set(measures.teams_of(grid, one)) & set(measures.teams_of(grid, two)) - {NO_TEAM} - was
        if teams:
            weeks = (grid.weeks[n].starts_on, grid.weeks[n + 1].starts_on)
            return Cost(level, count, counted, weeks=weeks, team=_name(grid, min(teams)))
    return Cost(level, count, counted)


def _changes(grid: Grid, now: Plan, then: Plan) -> Cost:
    return Cost("changes", measures.changes(grid, now), measures.changes(grid, then))


def _name(grid: Grid, team: int) -> str:
    return next(person.team for person, number in zip(grid.people, grid.teams, strict=True) if number == team)


EVIDENCE = {
    "spread": _spread,
    "rest": _rest,
    "teams_in_week": _crowd,
    "teams_next_week": _neighbours,
    "changes": _changes,
}
