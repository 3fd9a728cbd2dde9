"""A fairest plan made better level by level; what an earlier level has reached is never given up.

Counting and flows come first, at any size. The constraint solver is asked only where they leave a gap, for what can
still be chosen then, and only while that is small enough for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pegasus.roster.domain import bounds, measures
from pegasus.roster.domain.construct import paced
from pegasus.roster.domain.exact import Found, Model, effort_for
from pegasus.roster.domain.fairness import Freedom, balance, freedom, trimmed
from pegasus.roster.domain.grid import Grid, Plan
from pegasus.roster.domain.reassign import reassign
from pegasus.roster.domain.rested import rested
from pegasus.roster.domain.solution import Level
from pegasus.roster.domain.spacing import space_out
from pegasus.roster.domain.spans import by_spans
from pegasus.roster.domain.sweep import sweep, wander

STEPS, DRAWS = 150, (330, 331)  # of handing whole sets of turns to other people
PREFERENCE = 0.8  # deterministic seconds at most for what is not promised
CHOICES = 12_000  # people times weeks; a larger model would only use up its time


@dataclass
class Search:
    """A plan and the grid of what may still be chosen."""

    grid: Grid
    plan: Plan
    gap: int = 1  # the rest that is reached
    effort: float = field(init=False)  # of the solver, what is left
    spare: float = field(init=False)
    reached: list[Callable[[Model], Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give the solver its time, by size."""
        self.effort = effort_for(self.grid)
        self.spare = self.effort / 3

    def levels(self) -> list[Level]:
        """Go through the order up to the teams of a week."""
        spread = measures.spread(self.grid, self.plan)
        filled = Level("filled", 0, 0, proven=True)
        return [filled, Level("spread", spread, spread, proven=True), self._rest(), self._teams()]

    def changes(self) -> Level:
        """Go on with the fewest changes against what is published."""
        return self._least("changes", measures.changes, bounds.changes(self.grid))

    def preference(self) -> Level:
        """Let teams take turns from week to week, as far as the levels leave it open and the limit reaches."""
        self.effort = min(self.effort, PREFERENCE)
        least = bounds.same_team_next_week(self.grid, measures.same_team_in_week(self.grid, self.plan))
        return self._least("teams_next_week", measures.same_team_next_week, least)

    @cached_property
    def _room(self) -> Freedom:
        """The turns of each person over all fairest plans that keep the rest."""
        return freedom(self.grid, self.plan)

    def _rest(self) -> Level:
        longest = bounds.longest_span(self.grid)
        room = freedom(self.grid, self.plan)
        bound = self._furthest(room, bounds.rest(self.grid, room, self._reached_rest(longest)), longest)
        value = self._reached_rest(longest)
        untried = bound
        while value < untried:
            middle = (value + untried + 1) // 2
            found = self._with_rest(room, middle)
            if found.plan is not None:
                self.plan = found.plan
                value = self._reached_rest(longest)
            else:
                untried = middle - 1
                bound = untried if found.finished else bound
        self.gap, self.grid = value, rested(self.grid, value)
        self.grid = trimmed(self.grid, self._room)
        return Level("rest", value, bound, proven=value == bound)

    def _reached_rest(self, longest: int) -> int:
        return min(measures.shortest_rest(self.grid, self.plan), longest)

    def _furthest(self, room: Freedom, bound: int, longest: int) -> int:
        """Return the longest rest from what stands that a plan as fair as this one can keep; nothing is longer."""
        least = self._reached_rest(longest)
        while least < bound:
            middle = (least + bound + 1) // 2
            found = self._apart(room, middle)
            if found is None:
                bound = middle - 1
            else:
                least = middle
                self._adopt(found)
        return bound

    def _apart(self, room: Freedom, gap: int) -> Plan | None:
        """Return a plan as fair as this one that keeps a rest from what stands, or None: then there is none.

        Nobody serves twice within certain spans of `gap` weeks either, which every plan with this rest must keep.
        """
        best: Plan | None = None
        for found in by_spans(self.grid, room, gap, teams=False):
            if found is None or measures.spread(self.grid, found) > measures.spread(self.grid, self.plan):
                return None
            best = found if best is None else min(best, found, key=lambda plan: measures.quality(self.grid, plan))
        return best

    def _with_rest(self, room: Freedom, gap: int) -> Found:
        """Look for a plan as fair as this one in which nobody serves twice within `gap` weeks."""
        start = self._apart(room, gap)
        if start is None:
            return Found(None, 0, finished=True)
        grid = rested(self.grid, gap)
        now = freedom(grid, start)
        grid = trimmed(grid, now)
        spaced = space_out(grid, balance(grid, paced(grid, start, gap)), now, gap)
        if measures.shortest_rest(grid, spaced) >= gap:
            return Found(spaced, 0, finished=True)
        return (
            self._ask(Model(grid, now, spaced), spaced, gap=gap) if _is_small(grid) else Found(None, 0, finished=False)
        )

    def _teams(self) -> Level:
        least = bounds.same_team_in_week(self.grid)
        value = measures.same_team_in_week(self.grid, self.plan)
        if value > least or measures.same_team_next_week(self.grid, self.plan):
            # Beyond 64 bits (ten thousands of places) the teams stay as they are, unproven.
            with suppress(OverflowError):
                least = max(least, self._mix(least))
        return self._least("teams_in_week", measures.same_team_in_week, least)

    def _mix(self, least: int) -> int:
        """Mix the teams by flows and assignments; return how many must serve beside their own team."""
        for found in by_spans(self.grid, self._room, self.gap, teams=True):
            if found is not None and measures.spread(self.grid, found) == measures.spread(self.grid, self.plan):
                least = max(least, measures.same_team_in_week(self.grid, found))
                self._adopt(found)
        for seed in DRAWS:
            clashes = bounds.same_team_next_week(self.grid, least)
            self._adopt(reassign(self.grid, self.plan, steps=STEPS, crowds=least, clashes=clashes, seed=seed))
            self._adopt(sweep(self.grid, self.plan, self._room, self.gap))
        clashes = bounds.same_team_next_week(self.grid, measures.same_team_in_week(self.grid, self.plan))
        self._adopt(wander(self.grid, self.plan, self._room, self.gap, least=clashes))
        return least

    def _polish(self) -> None:
        """Bring the later levels back in order, which the solver does not look at."""
        with suppress(OverflowError):
            self._adopt(sweep(self.grid, self.plan, self._room, self.gap))

    def _adopt(self, plan: Plan) -> None:
        self.plan = min(self.plan, plan, key=lambda one: measures.quality(self.grid, one))

    @cached_property
    def _model(self) -> Model:
        model = Model(self.grid, self._room, self.plan)
        model.rest(self.gap)
        return model

    def _least(self, name: str, measure: Callable[[Grid, Plan], int], bound: int) -> Level:
        value = measure(self.grid, self.plan)
        goal = EXPRESSIONS[name]
        if value > bound and _is_small(self.grid):
            model = self._model
            for keep in self.reached:
                keep(model)
            self.reached.clear()
            expression = goal(model)
            model.cp.add(expression >= bound)
            found = self._ask(model, self.plan, expression)
            if found.plan is not None:
                self._adopt(found.plan)
                self._polish()
                value = measure(self.grid, self.plan)
                bound = max(bound, found.bound)
            model.cp.add(expression <= value)
        else:
            self.reached.append(lambda model: model.cp.add(goal(model) <= value))
        return Level(name, value, bound, proven=value == bound)

    def _ask(self, model: Model, plan: Plan, goal: Any = None, *, gap: int | None = None) -> Found:  # noqa: ANN401 - OR-Tools publishes no types
        # The rest comes first and is the hardest: a third of the time stays for the teams.
        effort = self.effort if gap is None else self.effort - self.spare
        if effort <= 0:
            return Found(None, 0, finished=False)
        found = model.search(plan, goal, gap=gap, effort=effort)
        self.effort -= found.effort
        return found


def _is_small(grid: Grid) -> bool:
    return sum(free.bit_count() for free in grid.free) <= CHOICES


EXPRESSIONS: dict[str, Callable[[Model], Any]] = {
    "teams_in_week": Model.count_crowds,
    "teams_next_week": Model.count_neighbours,
    "changes": Model.count_changes,
}
