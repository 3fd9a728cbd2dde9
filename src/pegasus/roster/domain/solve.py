"""A roster for a period: the best plan in the order of DESIGN 4, level by level, each with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pegasus.roster.domain import measures
from pegasus.roster.domain.construct import mend, round_robin
from pegasus.roster.domain.fairness import balance
from pegasus.roster.domain.grid import Grid, Plan, bits, grid_of
from pegasus.roster.domain.problem import Problem
from pegasus.roster.domain.search import Search
from pegasus.roster.domain.seats import seat
from pegasus.roster.domain.solution import Level, Place, Solution
from pegasus.roster.domain.why import reasons

Seats = Mapping[date, Mapping[int, int]]


def solve(problem: Problem, *, seats: Seats | None = None) -> Solution:
    """Return the best roster, or raise why there is none."""
    search = search_of(grid_of(problem))
    levels = search.levels()
    levels.append(search.changes())
    return solution_of(problem, search, levels, search.preference(), seats or {})


def search_of(grid: Grid) -> Search:
    """Begin with a fairest plan: made anew, or kept as far as can be; the better of the two."""
    starts = [round_robin(grid), *([mend(grid, grid.published)] if any(grid.published) else ())]
    fairest = [balance(grid, plan) for plan in starts]
    return Search(grid, min(fairest, key=lambda plan: measures.quality(grid, plan)))


def solution_of(problem: Problem, search: Search, levels: list[Level], preference: Level, seats: Seats) -> Solution:
    """Write a plan down; its reasons are those of the problem without anybody fixed."""
    grid, plan = grid_of(replace(problem, fixed={})), search.plan
    shortest = measures.shortest_rest(grid, plan, in_period=True)
    return Solution(
        places=tuple(_places(grid, plan, seats)),
        skipped=tuple(sorted(week.starts_on for week in problem.weeks if week.posts_on is None)),
        levels=tuple(levels),
        preference=preference,
        turns=dict(zip((person.id for person in grid.people), grid.turns(plan), strict=True)),
        shortest_rest=None if shortest == measures.NEVER_TWICE else shortest,
    )


def _places(grid: Grid, plan: Plan, seats: Seats) -> list[Place]:
    found = []
    for week, mask, why in zip(grid.weeks, plan, reasons(grid, plan), strict=True):
        numbers = seat((grid.people[p].id for p in bits(mask)), seats.get(week.starts_on, {}))
        for p in bits(mask):
            person = grid.people[p].id
            found.append(Place(week.starts_on, week.posts_on or date.min, numbers[person], person, why[p]))
    return sorted(found, key=lambda place: (place.starts_on, place.seat))
