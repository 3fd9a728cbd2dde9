"""The exact optimum of the spread: a plan is best when no chain of handing turns on makes loads more equal.

People and weeks form a bipartite graph; the loads of filled plans are the bases of a polymatroid. A plan has the
least sum of squares exactly when no alternating path leads from someone to someone with two turns fewer (Harvey and
others, "Semi-matchings for bipartite graphs and load balancing", 2006). Over all best plans the turns of one person
differ by one at most.
"""

from dataclasses import dataclass, replace

from pegasus.roster.domain.grid import Grid, Plan, bits


@dataclass(frozen=True)
class Freedom:
    """The turns of each person over all fairest plans: at least, at most."""

    least: tuple[int, ...]
    most: tuple[int, ...]


def _chain(grid: Grid, plan: Plan, start: int) -> dict[int, tuple[int, int]]:
    """Return everybody who can take a turn over from `start`, directly or through others: by whom, in which week."""
    came: dict[int, tuple[int, int]] = {}
    seen, wave = 1 << start, [start]
    while wave:
        following = []
        for p in wave:
            for week, mask in enumerate(plan):
                if not mask >> p & 1 or grid.held[week] >> p & 1:
                    continue
                fresh = grid.free[week] & ~mask & ~seen
                seen |= fresh
                for q in bits(fresh):
                    came[q] = (p, week)
                    following.append(q)
        wave = following
    return came


def balance(grid: Grid, plan: Plan) -> Plan:
    """Hand turns on until they are as equal as can be."""
    plan = list(plan)
    while True:
        loads = grid.loads(plan)
        lowest = min(loads)
        for start in sorted(range(len(loads)), key=lambda p: (-loads[p], p)):
            if loads[start] < lowest + 2:
                return plan
            came = _chain(grid, plan, start)
            ends = [q for q in came if loads[q] <= loads[start] - 2]
            if ends:
                _hand_on(plan, came, start, min(ends, key=lambda q: (loads[q], q)))
                break
        else:
            return plan


def _hand_on(plan: Plan, came: dict[int, tuple[int, int]], start: int, end: int) -> None:
    while end != start:
        giver, week = came[end]
        plan[week] = plan[week] & ~(1 << giver) | 1 << end
        end = giver


def freedom(grid: Grid, plan: Plan) -> Freedom:
    """Return how many turns each person can have in a plan as fair as this one."""
    turns, loads = grid.turns(plan), grid.loads(plan)
    gives = [plan_mask & ~held for plan_mask, held in zip(plan, grid.held, strict=True)]
    takes = [free & ~plan_mask for free, plan_mask in zip(grid.free, plan, strict=True)]
    least, most = list(turns), list(turns)
    for load in sorted(set(loads)):
        givers = sum(1 << p for p, mine in enumerate(loads) if mine == load + 1)
        takers = sum(1 << p for p, mine in enumerate(loads) if mine == load)
        for p in bits(_reached(gives, takes, givers) & takers):
            most[p] = turns[p] + 1
        for p in bits(_reached(takes, gives, takers) & givers):
            least[p] = turns[p] - 1
    return Freedom(tuple(least), tuple(most))


def trimmed(grid: Grid, room: Freedom) -> Grid:
    """Return the grid without the choice of people who can have no further turn."""
    settled = grid.turns(list(grid.held))
    useful = sum(1 << p for p, most in enumerate(room.most) if most > settled[p])
    return replace(grid, free=tuple(free & useful for free in grid.free))


def _reached(leave: list[int], enter: list[int], start: int) -> int:
    """Return everybody who is reached from `start` by leaving a week on one side and entering it on the other."""
    reached, weeks = start, set(range(len(leave)))
    while found := [week for week in weeks if leave[week] & reached]:
        weeks.difference_update(found)
        for week in found:
            reached |= enter[week]
    return reached
