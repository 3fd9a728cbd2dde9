"""A roster for a period: the best plan in the order of DESIGN 4, level by level, with its proof."""

from collections.abc import Mapping
from datetime import date

from pegasus.roster.domain import measures
from pegasus.roster.domain.construct import mend, round_robin
from pegasus.roster.domain.fairness import balance
from pegasus.roster.domain.grid import Grid, Plan, bits, grid_of
from pegasus.roster.domain.problem import Problem
from pegasus.roster.domain.seats import seat
from pegasus.roster.domain.solution import Level, Place, Solution
from pegasus.roster.domain.why import reasons


def solve(problem: Problem, *, seats: Mapping[date, Mapping[int, int]] | None = None) -> Solution:
    """Return the best roster, or raise why there is none."""
    grid = grid_of(problem)
    starts = [balance(grid, mend(grid)), balance(grid, round_robin(grid))]
    plan = min(starts, key=lambda one: measures.quality(grid, one))
    levels = [Level("spread", measures.spread(grid, plan), measures.spread(grid, plan), proven=True)]
    shortest = measures.shortest_rest(grid, plan, in_period=True)
    turns = dict(zip((person.id for person in grid.people), grid.turns(plan), strict=True))
    return Solution(
        places=tuple(_places(grid, plan, seats or {})),
        skipped=tuple(sorted(week.starts_on for week in problem.weeks if week.posts_on is None)),
        levels=tuple(levels),
        turns=turns,
        shortest_rest=None if shortest == measures.NEVER_TWICE else shortest,
    )


def _places(grid: Grid, plan: Plan, seats: Mapping[date, Mapping[int, int]]) -> list[Place]:
    found = []
    for week, mask, why in zip(grid.weeks, plan, reasons(grid, plan), strict=True):
        numbers = seat((grid.people[p].id for p in bits(mask)), seats.get(week.starts_on, {}))
        for p in bits(mask):
            person = grid.people[p].id
            found.append(Place(week.starts_on, week.posts_on or date.min, numbers[person], person, why[p]))
    return sorted(found, key=lambda place: (place.starts_on, place.seat))
