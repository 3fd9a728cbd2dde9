"""Why this person and not another: read off the finished plan, so that the words can be checked against it."""

from dataclasses import dataclass, replace
from datetime import date

from pegasus.roster.domain.exchanges import Exchanges
from pegasus.roster.domain.grid import Grid, Plan, bits
from pegasus.roster.domain.measures import LEVELS, NEVER_TWICE
from pegasus.roster.domain.solution import Other, Reason

MOST_AWAY = 5  # names in one reason; more would bury it


def reasons(grid: Grid, plan: Plan) -> list[dict[int, Reason]]:
    """Return for each week the reason of each person who serves."""
    loads = [person.carried for person in grid.people]
    last = list(grid.last)
    exchanges = Exchanges(grid, plan)
    found: list[dict[int, Reason]] = []
    for week, mask in enumerate(plan):
        moment = Moment(exchanges, week, loads, last)
        found.append({p: moment.reason(p) for p in bits(mask)})
        for p in bits(mask):
            loads[p] += 1
            last[p] = grid.numbers[week]
    return found


@dataclass
class Moment:
    """A week, with the turns that lie behind everybody by then."""

    exchanges: Exchanges
    week: int
    loads: list[int]
    last: list[int | None]

    def __post_init__(self) -> None:
        """Line everybody up: the fewest turns, then the longest rest, then the lowest id."""
        number = self.exchanges.grid.numbers[self.week]
        rests = [NEVER_TWICE if before is None else number - before for before in self.last]
        self.line = sorted(range(len(self.loads)), key=lambda p: (self.loads[p], -rests[p], p))

    def reason(self, p: int) -> Reason:
        """Return why a person serves."""
        grid, mask = self.exchanges.grid, self.exchanges.plan[self.week]
        before, turns = self.last[p], self.loads[p]
        settled = bool(grid.held[self.week] >> p & 1)
        person = grid.people[p]
        given = Reason(
            turns=turns,
            last_turn=None if before is None else _monday(before),
            rest_weeks=None if before is None else grid.numbers[self.week] - before,
            later=person.later,
            next_turn=person.next_turn,
            credited=person.credited,
            settled=settled,
        )
        if settled:
            return given
        there = grid.free[self.week] | mask
        absent = [grid.people[q].id for q in self.line[: self.line.index(p)] if not there >> q & 1]
        able = [q for q in self.line if q != p and there >> q & 1]
        others = [q for q in able if not mask >> q & 1]
        return replace(
            given,
            away=tuple(absent[:MOST_AWAY]),
            other=self._against(p, others[0]) if others else None,
            able=len(able) + 1,
            fewer=sum(self.loads[q] < turns for q in able),
            equal=sum(self.loads[q] == turns for q in able),
        )

    def _against(self, p: int, q: int) -> Other:
        """Return the first goal that an exchange with the other would hurt; none when they are equally good."""
        grid, exchanges = self.exchanges.grid, self.exchanges
        one, there = exchanges.best(self.week, p, q)
        on = None if one.in_return is None else grid.weeks[one.in_return].posts_on
        person, turns = grid.people[q].id, self.loads[q]
        pairs = zip(LEVELS, exchanges.here, there, strict=True)
        level, now, then = next((pair for pair in pairs if pair[1] != pair[2]), ("", 0, 0))
        if there < exchanges.here:  # only where the plan is not proven to be the best
            return Other(person, "order", on=on, turns=turns)
        return Other(person, level or "equal", on=on, turns=turns, now=abs(now), then=abs(then))


def _monday(number: int) -> date:
    return date.fromordinal(number * 7 + 1)
