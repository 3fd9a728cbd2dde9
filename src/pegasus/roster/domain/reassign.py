"""Better teams at any size and any rest: whole sets of turns change their people, while every week keeps its turns.

A person's turns go to somebody else together, so that no rest gets shorter. Of sets that neither share a week nor
touch one another, what each person would cost in each set does not depend on the others: the best way to hand them
out is an assignment of least cost. Such sets are drawn again and again, with a fixed seed.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from pegasus.roster.domain.flow import unit_of
from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits
from pegasus.roster.domain.measures import teams_of

SEED = 330
IDLE = 12  # people without a turn who take part in one draw
NOISE = 32  # of equally good assignments another one comes out each time

Turns = tuple[int, ...]  # the weeks of one person that are not settled


def reassign(grid: Grid, plan: Plan, *, steps: int, crowds: int, clashes: int, seed: int = SEED) -> Plan:
    """Return a plan no worse than this one on any level; it ends early where so few people share a team.

    The grid must leave out the choices too near to a turn that stands.
    """
    hands = Hands(grid, plan)
    noise = Random(seed)  # noqa: S311 - no secret: the same draws on every machine
    for _ in range(steps):
        if hands.crowds() <= crowds and hands.clashes() <= clashes:
            break
        hands.deal(hands.draw(noise), noise)
    return hands.plan()


@dataclass
class Hands:
    """Who has which turns, and how many of each team are in each week."""

    grid: Grid
    start: Plan
    turns: list[Turns] = field(init=False)
    teams: list[Counter[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Read the plan."""
        weeks: list[list[int]] = [[] for _ in self.grid.people]
        for week, (mask, held) in enumerate(zip(self.start, self.grid.held, strict=True)):
            for p in bits(mask & ~held):
                weeks[p].append(week)
        self.turns = [tuple(found) for found in weeks]
        self.teams = [Counter(teams_of(self.grid, mask)) for mask in self.start]
        self.loads = [person.carried for person in self.grid.people]
        self.base = min(self.loads)
        for mask in self.grid.held:
            for p in bits(mask):
                self.loads[p] += 1
        self.unit = unit_of(self.grid)

    def plan(self) -> Plan:
        """Return the plan as it is now."""
        plan = list(self.grid.held)
        for p, weeks in enumerate(self.turns):
            for week in weeks:
                plan[week] |= 1 << p
        return plan

    def crowds(self) -> int:
        """Return how many people serve beside somebody of their own team."""
        return sum(count - 1 for teams in self.teams for count in teams.values() if count > 1)

    def clashes(self) -> int:
        """Return how often a team serves in two weeks that follow each other."""
        here = [{team for team, count in teams.items() if count} for teams in self.teams]
        return sum(len(one & two) for one, two in itertools.pairwise(here))

    def draw(self, noise: Random) -> list[int]:
        """Return people whose turns lie in different weeks that do not follow each other, and some without turns."""
        people = list(range(len(self.turns)))
        noise.shuffle(people)
        taken: set[int] = set()
        drawn, idle = [], 0
        for p in people:
            weeks = self.turns[p]
            if not weeks:
                idle += 1
                if idle <= IDLE:
                    drawn.append(p)
            elif taken.isdisjoint(weeks):
                drawn.append(p)
                taken.update(near for week in weeks for near in (week - 1, week, week + 1))
        return drawn

    def deal(self, people: Sequence[int], noise: Random) -> None:
        """Hand the turns of some people out among them at the least cost."""
        from ortools.graph.python.linear_sum_assignment import (  # noqa: PLC0415 - heavy, rarely needed
            SimpleLinearSumAssignment,
        )

        given = [self.turns[p] for p in people]
        for p, weeks in zip(people, given, strict=True):
            self._count(p, weeks, -1)
        takers, sets, costs = [], [], []
        for number, weeks in enumerate(given):
            able, by_team = self._able(weeks), {}
            for n, p in enumerate(people):
                if n != number and not able >> p & 1:
                    continue
                team = self.grid.teams[p]
                if team not in by_team:
                    by_team[team] = self._beside(team, weeks)
                takers.append(n)
                sets.append(number)
                costs.append((self._cost(p, weeks) + by_team[team]) * NOISE + noise.randrange(NOISE))
        assignment = SimpleLinearSumAssignment()
        assignment.add_arcs_with_cost(takers, sets, costs)
        solved = assignment.solve() == assignment.OPTIMAL  # everybody can keep their own, so only overflow fails
        for n, p in enumerate(people):
            self.turns[p] = given[assignment.right_mate(n) if solved else n]
            self._count(p, self.turns[p], 1)

    def _able(self, weeks: Turns) -> int:
        able = -1
        for week in weeks:
            able &= self.grid.free[week]
        return able

    def _cost(self, p: int, weeks: Turns) -> int:
        """Return what the turns cost on this person: first the spread, then changes to what is published."""
        load = self.loads[p] - self.base + len(weeks)
        new = sum(not self.grid.published[week] >> p & 1 for week in weeks)
        return load * load * self.unit**3 + new * self.unit

    def _beside(self, team: int, weeks: Turns) -> int:
        """Return what one more of a team costs in some weeks: beside its own, then in the weeks around."""
        if team == NO_TEAM:
            return 0
        cost = 0
        for week in weeks:
            if self.teams[week][team]:
                cost += self.unit**2
            else:
                around = (near for near in (week - 1, week + 1) if 0 <= near < len(self.teams))
                cost += sum(self.teams[near][team] > 0 for near in around)
        return cost

    def _count(self, p: int, weeks: Turns, by: int) -> None:
        team = self.grid.teams[p]
        if team != NO_TEAM:
            for week in weeks:
                self.teams[week][team] += by
