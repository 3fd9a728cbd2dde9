"""A published roster that no longer stands: the fewest places change hands, and among those the best roster.

Nothing ties one week to another but the order of goals, so the fewest changes are counted week by week: everybody
who can still serve keeps the place, as far as there are places. What then remains is an ordinary, smaller problem.
"""

from __future__ import annotations

from dataclasses import replace

from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import Grid, grid_of
from pegasus.roster.domain.problem import Problem
from pegasus.roster.domain.solution import Level, Solution
from pegasus.roster.domain.solve import Seats, search_of, solution_of


def repair(problem: Problem, *, seats: Seats | None = None) -> Solution:
    """Return the roster with the fewest changes against `problem.published`, or raise why there is none."""
    search = search_of(keep_published(grid_of(problem)))
    levels = search.levels()
    changes = measures.changes(search.grid, search.plan)
    levels.insert(0, Level("changes", changes, changes, proven=True))
    return solution_of(problem, search, levels, search.preference(), seats or {})


def keep_published(grid: Grid) -> Grid:
    """Return the grid whose plans are exactly those with the fewest changes."""
    frees, helds, needs = [], [], []
    for free, held, needed, old in zip(grid.free, grid.held, grid.needed, grid.published, strict=True):
        able = old & free
        everybody = able.bit_count() <= needed
        frees.append(free & ~able if everybody else able)
        helds.append(held | able if everybody else held)
        needs.append(needed - able.bit_count() if everybody else needed)
    return replace(grid, free=tuple(frees), held=tuple(helds), needed=tuple(needs))
