"""What makes one plan better than another: each measure is a level of the order, the last one a preference."""

from collections.abc import Iterator
from itertools import pairwise

from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits

NEVER_TWICE = 1000  # weeks: the rest of people of whom nobody serves a second time
LEVELS = ("spread", "rest", "teams_in_week", "changes", "teams_next_week")  # the order of `quality`


def spread(grid: Grid, plan: Plan) -> int:
    """Return the sum of the squared turns, other periods included: least when they are as equal as can be."""
    return sum(load * load for load in grid.loads(plan))


def _rests(grid: Grid, plan: Plan, *, in_period: bool = False) -> Iterator[int]:
    """Yield the weeks between a turn and the next of each person; what is settled on both sides does not count."""
    before: list[tuple[int, bool] | None] = [None if last is None or in_period else (last, True) for last in grid.last]
    for number, held, mask in zip(grid.numbers, grid.held, plan, strict=True):
        for p in bits(mask):
            settled = bool(held >> p & 1)
            earlier = before[p]
            if earlier is not None and (in_period or not (settled and earlier[1])):
                yield number - earlier[0]
            before[p] = (number, settled)
    if in_period:
        return
    for earlier, coming in zip(before, grid.coming, strict=True):
        if earlier is not None and coming is not None and not earlier[1]:
            yield coming - earlier[0]


def shortest_rest(grid: Grid, plan: Plan, *, in_period: bool = False) -> int:
    """Return the fewest weeks between two turns of one person."""
    return min(_rests(grid, plan, in_period=in_period), default=NEVER_TWICE)


def too_near(grid: Grid, plan: Plan, gap: int) -> int:
    """Return how often a person serves again within `gap` weeks."""
    return sum(rest < gap for rest in _rests(grid, plan))


def teams_of(grid: Grid, mask: int) -> list[int]:
    """Return the teams of the people in a mask; who has no team is left out."""
    return [grid.teams[p] for p in bits(mask) if grid.teams[p] != NO_TEAM]


def same_team_in_week(grid: Grid, plan: Plan) -> int:
    """Return how many people serve beside somebody of their own team."""
    found = (teams_of(grid, mask) for mask in plan)
    return sum(len(teams) - len(set(teams)) for teams in found)


def same_team_next_week(grid: Grid, plan: Plan) -> int:
    """Return how often a team serves in two weeks that follow each other."""
    found = [set(teams_of(grid, mask)) for mask in plan]
    return sum(len(one & two) for one, two in pairwise(found))


def changes(grid: Grid, plan: Plan) -> int:
    """Return how many published places get another person."""
    return grid.gone + sum((old & ~new).bit_count() for old, new in zip(grid.published, plan, strict=True))


def quality(grid: Grid, plan: Plan) -> tuple[int, ...]:
    """Return all levels in their order, then the preference; the smaller tuple is the better plan."""
    return (
        spread(grid, plan),
        -shortest_rest(grid, plan),
        same_team_in_week(grid, plan),
        changes(grid, plan),
        same_team_next_week(grid, plan),
    )
