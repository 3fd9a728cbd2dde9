"""A good plan to begin with: week by week, the fewest turns, then the longest rest, then the teams that wait most."""

from collections.abc import Iterable

from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits
from pegasus.roster.domain.measures import NEVER_TWICE, teams_of


def round_robin(grid: Grid) -> Plan:
    """Fill the weeks in order; everything left equal goes by the lowest id."""
    plan: Plan = []
    loads = [person.carried for person in grid.people]
    last = list(grid.last)
    for week, number in enumerate(grid.numbers):
        mask = grid.held[week]
        earlier = set(teams_of(grid, plan[-1])) if plan else set()
        for _ in range(grid.needed[week]):
            mask |= 1 << _next(grid, grid.free[week] & ~mask, mask, earlier, loads, last, number)
        for p in bits(mask):
            loads[p] += 1
            last[p] = number
        plan.append(mask)
    return plan


def _next(
    grid: Grid, pool: int, beside: int, earlier: set[int], loads: list[int], last: list[int | None], number: int
) -> int:
    present = set(teams_of(grid, beside))
    waiting: dict[int, int] = {}
    least = min(loads[p] for p in bits(pool))
    for p in bits(pool):
        if loads[p] == least:
            waiting[grid.teams[p]] = waiting.get(grid.teams[p], 0) + 1

    def rank(p: int) -> tuple[int, ...]:
        team, before = grid.teams[p], last[p]
        rest = NEVER_TWICE if before is None else number - before
        known = team != NO_TEAM
        return (loads[p], -rest, known and team in present, known and team in earlier, -waiting.get(team, 0), p)

    return min(bits(pool), key=rank)


def paced(grid: Grid, like: Plan, gap: int) -> Plan:
    """Give everybody the turns of another plan, `gap` weeks apart; first who would soon be too late for that."""
    left = [count - settled for count, settled in zip(grid.turns(like), grid.turns(list(grid.held)), strict=True)]
    plan: Plan = []
    last = list(grid.last)
    for week, number in enumerate(grid.numbers):

        def rank(p: int, now: int = number) -> tuple[int, ...]:
            before = last[p]
            rest = NEVER_TWICE if before is None else now - before
            latest = grid.numbers[-1] - (left[p] - 1) * gap
            return (left[p] <= 0, rest < gap, latest, -rest, p)

        mask = grid.held[week]
        for p in sorted(bits(grid.free[week]), key=rank)[: grid.needed[week]]:
            mask |= 1 << p
            left[p] -= 1
        for p in bits(mask):
            last[p] = number
        plan.append(mask)
    return plan


def mend(grid: Grid, before: Iterable[int]) -> Plan:
    """Keep every place of an earlier plan that can stand, and fill the gaps by the same rule."""
    plan = [
        held | _lowest(old & free, needed)
        for held, old, free, needed in zip(grid.held, before, grid.free, grid.needed, strict=True)
    ]
    loads = grid.loads(plan)
    for week, number in enumerate(grid.numbers):
        missing = grid.needed[week] - (plan[week] & ~grid.held[week]).bit_count()
        if not missing:
            continue
        around = [plan[v] for v in (week - 1, week + 1) if 0 <= v < len(plan)]
        earlier = {team for mask in around for team in teams_of(grid, mask)}
        nearest = _nearest(grid, plan, number)
        for _ in range(missing):
            chosen = _next(grid, grid.free[week] & ~plan[week], plan[week], earlier, loads, nearest, number)
            plan[week] |= 1 << chosen
            loads[chosen] += 1
    return plan


def _lowest(mask: int, count: int) -> int:
    return sum(1 << p for p, _ in zip(bits(mask), range(count), strict=False))


def _nearest(grid: Grid, plan: Plan, number: int) -> list[int | None]:
    """Return for each person a week as far before `number` as the nearest turn is before or after it."""
    nearest: list[int | None] = [
        last if coming is None or (last is not None and number - last <= coming - number) else 2 * number - coming
        for last, coming in zip(grid.last, grid.coming, strict=True)
    ]
    for other, mask in zip(grid.numbers, plan, strict=True):
        for p in bits(mask):
            known = nearest[p]
            if known is None or abs(other - number) < number - known:
                nearest[p] = number - abs(other - number)
    return nearest
