"""A flow in which nobody serves twice within a span of weeks: what it cannot reach, no plan with such a rest can."""

from collections.abc import Iterator

from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.flow import Network, add_week, offer, unit_of
from pegasus.roster.domain.grid import Grid, Plan, bits
from pegasus.roster.domain.rested import rested


def by_spans(grid: Grid, room: Freedom, gap: int, *, teams: bool) -> Iterator[Plan | None]:
    """Yield the fairest plan, with teams the best mixed, in which nobody serves twice within a span of `gap` weeks.

    The spans follow each other, once from the first week on and once from the last week back. Two turns in different
    spans may still be nearer than `gap`, so each of these plans is at least as good as any that keeps the rest; None
    says that there is none. Raises OverflowError when the costs are beyond 64 bits.
    """
    first, last = grid.numbers[0], grid.numbers[-1]
    for offset in dict.fromkeys((0, -(last - first + 1) % gap)):
        yield _fill(
            rested(grid, gap), room, [(number - first + offset) // gap for number in grid.numbers], teams=teams
        )


def _fill(grid: Grid, room: Freedom, spans: list[int], *, teams: bool) -> Plan | None:
    network = Network()
    people = offer(network, grid, room, fit=len(set(spans)), unit=unit_of(grid) ** 3 if teams else 1)
    within: dict[tuple[int, int], int] = {}
    arcs: dict[int, tuple[int, int]] = {}
    for week, count in enumerate(grid.needed):
        if not count:
            continue
        for p in bits(grid.free[week]):
            if p in people and (p, spans[week]) not in within:
                within[p, spans[week]] = network.node()
                network.arc(people[p], within[p, spans[week]], 0)
        here = {p: within[p, spans[week]] for p in bits(grid.free[week]) if p in people}
        add_week(network, grid, week, here, arcs, teams=teams, neighbours=False)
    flows = network.flows()
    if flows is None:
        return None
    found = list(grid.held)
    for arc, (p, week) in arcs.items():
        if flows[arc]:
            found[week] |= 1 << p
    return found
