"""A roster for a period: the best plan in the order of DESIGN 4, level by level, each with its proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from pegasus.roster.domain import bounds, measures
from pegasus.roster.domain.construct import mend, round_robin
from pegasus.roster.domain.exact import Model
from pegasus.roster.domain.fairness import Freedom, balance, freedom
from pegasus.roster.domain.grid import Grid, Plan, bits, grid_of
from pegasus.roster.domain.problem import Problem
from pegasus.roster.domain.seats import seat
from pegasus.roster.domain.solution import Level, Place, Solution
from pegasus.roster.domain.why import reasons

Seats = Mapping[date, Mapping[int, int]]


def solve(problem: Problem, *, seats: Seats | None = None) -> Solution:
    """Return the best roster, or raise why there is none."""
    search = search_of(grid_of(problem))
    levels = search.levels()
    levels.append(search.changes())
    return solution_of(problem, search, levels, seats or {})


def search_of(grid: Grid) -> Search:
    """Begin with the better of two fairest plans."""
    starts = [balance(grid, mend(grid)), balance(grid, round_robin(grid))]
    return Search(grid, min(starts, key=lambda one: measures.quality(grid, one)))


def solution_of(problem: Problem, search: Search, levels: list[Level], seats: Seats) -> Solution:
    """Write a plan down; its reasons are those of the problem without anybody fixed."""
    grid, plan = grid_of(replace(problem, fixed={})), search.plan
    shortest = measures.shortest_rest(grid, plan, in_period=True)
    return Solution(
        places=tuple(_places(grid, plan, seats)),
        skipped=tuple(sorted(week.starts_on for week in problem.weeks if week.posts_on is None)),
        levels=tuple(levels),
        turns=dict(zip((person.id for person in grid.people), grid.turns(plan), strict=True)),
        shortest_rest=None if shortest == measures.NEVER_TWICE else shortest,
    )


@dataclass
class Search:
    """Improves a fairest plan level by level; what an earlier level has reached is never given up."""

    grid: Grid
    plan: Plan
    reached: list[Callable[[Model], Any]] = field(default_factory=list)

    @cached_property
    def room(self) -> Freedom:
        """The turns of each person over all fairest plans."""
        return freedom(self.grid, self.plan)

    def levels(self) -> list[Level]:
        """Go through the order of DESIGN 4, up to the teams."""
        grid, room = self.grid, self.room
        spread = measures.spread(grid, self.plan)
        return [
            Level("filled", 0, 0, proven=True),
            Level("spread", spread, spread, proven=True),
            self._rest(),
            self._least("teams_in_week", measures.same_team_in_week, bounds.same_team_in_week(grid, room)),
            self._least("teams_next_week", measures.same_team_next_week, 0),
        ]

    def changes(self) -> Level:
        """Go on with the fewest changes against what is published."""
        return self._least("changes", measures.changes, bounds.changes(self.grid, self.room))

    @cached_property
    def _model(self) -> Model:
        turns = self.grid.turns(self.plan)
        return Model(
            self.grid,
            self.room,
            sum(
                2 * (person.carried + least) + 1
                for person, least, count in zip(self.grid.people, self.room.least, turns, strict=True)
                if count > least
            ),
        )

    def _rest(self) -> Level:
        longest = bounds.longest_span(self.grid)
        value = min(measures.shortest_rest(self.grid, self.plan), longest)
        bound = bounds.rest(self.grid, self.room, value)
        while value < bound:
            middle = (value + bound + 1) // 2
            found = self._model.search(self.plan, gap=middle)
            if found.plan is not None:
                self.plan = found.plan
                value = min(measures.shortest_rest(self.grid, self.plan), longest)
            elif found.finished:
                bound = middle - 1
            else:
                break
        self.reached.append(lambda model: model.rest(value))
        return Level("rest", value, bound, proven=value == bound)

    def _least(self, name: str, measure: Callable[[Grid, Plan], int], bound: int) -> Level:
        value = measure(self.grid, self.plan)
        goal = EXPRESSIONS[name]
        if value > bound:
            model = self._model
            for keep in self.reached:
                keep(model)
            self.reached.clear()
            expression = goal(model)
            found = model.search(self.plan, expression)
            if found.plan is not None:
                better = min(self.plan, found.plan, key=lambda one: measures.quality(self.grid, one))
                self.plan, value = better, measure(self.grid, better)
                bound = max(bound, found.bound)
            model.cp.add(expression <= value)
        else:
            self.reached.append(lambda model: model.cp.add(goal(model) <= value))
        return Level(name, value, bound, proven=value == bound)


EXPRESSIONS: dict[str, Callable[[Model], Any]] = {
    "teams_in_week": Model.count_crowds,
    "teams_next_week": Model.count_neighbours,
    "changes": Model.count_changes,
}


def _places(grid: Grid, plan: Plan, seats: Seats) -> list[Place]:
    found = []
    for week, mask, why in zip(grid.weeks, plan, reasons(grid, plan), strict=True):
        numbers = seat((grid.people[p].id for p in bits(mask)), seats.get(week.starts_on, {}))
        for p in bits(mask):
            person = grid.people[p].id
            found.append(Place(week.starts_on, week.posts_on or date.min, numbers[person], person, why[p]))
    return sorted(found, key=lambda place: (place.starts_on, place.seat))
