"""What one exchange would make of a plan, without measuring the whole plan anew: quick enough for every place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import Grid, Plan, bits


@dataclass(frozen=True)
class Exchange:
    """The other takes the place in `week`; the holder takes the other's in `in_return`, or none."""

    week: int
    holder: int
    other: int
    in_return: int | None = None

    @property
    def weeks(self) -> tuple[int, ...]:
        """The weeks in which people change."""
        return (self.week,) if self.in_return is None else (self.week, self.in_return)

    def done(self, plan: Plan) -> Plan:
        """Return the plan after it."""
        mine, theirs = 1 << self.holder, 1 << self.other
        new = list(plan)
        new[self.week] = new[self.week] & ~mine | theirs
        if self.in_return is not None:
            new[self.in_return] = new[self.in_return] & ~theirs | mine
        return new


@dataclass(frozen=True)
class Exchanges:
    """All that can be done to a plan in one stroke; each is measured by what it touches."""

    grid: Grid
    plan: Plan

    @cached_property
    def here(self) -> tuple[int, ...]:
        """The quality of the plan itself."""
        return measures.quality(self.grid, self.plan)

    def best(self, week: int, holder: int, other: int) -> tuple[Exchange, tuple[int, ...]]:
        """Return the best exchange that puts the other into the holder's place, and the quality after it."""
        grid = self.grid
        options = [Exchange(week, holder, other)]
        options += [
            Exchange(week, holder, other, v)
            for v in self._weeks_of.get(other, ())
            if grid.free[v] >> holder & 1 and grid.free[v] >> other & 1 and not self.plan[v] >> holder & 1
        ]
        return min(((one, self.quality(one)) for one in options), key=lambda pair: pair[1])

    def quality(self, one: Exchange) -> tuple[int, ...]:
        """Return the quality of the plan after an exchange."""
        grid, old = self.grid, self.plan
        after = one.done(old)
        spread, _rest, crowds, changes, neighbours = self.here
        if one.in_return is None:
            mine, theirs = self._loads[one.holder], self._loads[one.other]
            spread += (mine - 1) ** 2 - mine**2 + (theirs + 1) ** 2 - theirs**2
        pairs = {(v + step, v + step + 1) for v in one.weeks for step in (-1, 0)}
        for a, b in pairs:
            if a >= 0 and b < len(old):
                neighbours += measures.same_team_next_week(grid, after[a : b + 1])
                neighbours -= measures.same_team_next_week(grid, old[a : b + 1])
        for v in one.weeks:
            mask = after[v]
            crowds += measures.same_team_in_week(grid, [mask]) - measures.same_team_in_week(grid, [old[v]])
            changes += (grid.published[v] & ~mask).bit_count() - (grid.published[v] & ~old[v]).bit_count()
        return (spread, -self._shortest(one), crowds, changes, neighbours)

    def _shortest(self, one: Exchange) -> int:
        two = {one.holder, one.other}
        others = next((rest for rest, p in self._rests if p not in two), measures.NEVER_TWICE)
        back = set() if one.in_return is None else {one.in_return}
        mine = set(self._weeks_of.get(one.holder, ())) - {one.week} | back
        theirs = set(self._weeks_of.get(one.other, ())) - back | {one.week}
        return min(others, self._rest_of(one.holder, sorted(mine)), self._rest_of(one.other, sorted(theirs)))

    def _rest_of(self, p: int, weeks: Iterable[int]) -> int:
        grid, shortest = self.grid, measures.NEVER_TWICE
        last = grid.last[p]
        before = None if last is None else (last, True)
        for v in weeks:
            number, settled = grid.numbers[v], bool(grid.held[v] >> p & 1)
            if before is not None and not (settled and before[1]):
                shortest = min(shortest, number - before[0])
            before = (number, settled)
        coming = grid.coming[p]
        if before is not None and coming is not None and not before[1]:
            shortest = min(shortest, coming - before[0])
        return shortest

    @cached_property
    def _loads(self) -> list[int]:
        return self.grid.loads(self.plan)

    @cached_property
    def _weeks_of(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for week, mask in enumerate(self.plan):
            for p in bits(mask):
                found[p].append(week)
        return found

    @cached_property
    def _rests(self) -> list[tuple[int, int]]:
        return sorted((self._rest_of(p, weeks), p) for p, weeks in self._weeks_of.items())
