"""Turns of one person moved apart: spans shorter than the rest are filled anew, where nobody can serve twice."""

from collections.abc import Sequence

from pegasus.roster.domain import measures
from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.flow import Network, offer, only, unit_of
from pegasus.roster.domain.grid import Grid, Plan, bits
from pegasus.roster.domain.rested import rested

ROUNDS = 12


def space_out(grid: Grid, plan: Plan, room: Freedom, gap: int) -> Plan:
    """Return a plan as fair as this one with as few turns nearer than `gap` weeks as such refilling reaches."""
    weeks = [week for week, count in enumerate(grid.needed) if count]
    near, fair = measures.too_near(grid, plan, gap), measures.spread(grid, plan)
    for _ in range(ROUNDS):
        before = near
        for start in range(0, len(weeks), max(1, gap // 2)):
            span = [week for week in weeks[start:] if grid.numbers[week] < grid.numbers[weeks[start]] + gap]
            found = _refill(grid, plan, span, room, gap)
            now = measures.too_near(grid, found, gap)
            if now <= near and measures.spread(grid, found) == fair:
                plan, near = found, now
        if near in (0, before):
            break
    return plan


def _refill(grid: Grid, plan: Plan, weeks: Sequence[int], room: Freedom, gap: int) -> Plan:
    part = only(grid, plan, set(weeks))
    calm, unit = rested(part, gap).free, unit_of(part)
    network = Network()
    people = offer(network, part, room, fit=1, unit=unit)
    arcs = {}
    for week in weeks:
        sink = network.node()
        network.demands[sink] = part.needed[week]
        for p in bits(part.free[week]):
            if p in people:
                arcs[network.arc(people[p], sink, int(not calm[week] >> p & 1))] = (p, week)
    flows = network.flows()
    if flows is None:
        return plan
    found = list(part.held)
    for arc, (p, week) in arcs.items():
        if flows[arc]:
            found[week] |= 1 << p
    return found
