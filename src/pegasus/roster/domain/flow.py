"""Weeks that do not touch each other, filled at the least cost by a flow: exact and fast at any size.

People flow through the team they belong to into a week. A second turn costs more than a first, a second member of a
team in a week more than a first, a member of a team that serves in the week before or after more than another: all
these costs grow, so that a flow of least cost is a best plan of these weeks while all others stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits
from pegasus.roster.domain.measures import teams_of
from pegasus.roster.domain.rested import rested


@dataclass
class Network:
    """A network with a source for people and a demand for each week."""

    nodes: int = 1  # node 0 is the source
    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    capacities: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    demands: dict[int, int] = field(default_factory=dict)

    def node(self) -> int:
        """Add a node."""
        self.nodes += 1
        return self.nodes - 1

    def arc(self, tail: int, head: int, cost: int, capacity: int = 1) -> int:
        """Add an arc and return its number."""
        self.tails.append(tail)
        self.heads.append(head)
        self.capacities.append(capacity)
        self.costs.append(cost)
        return len(self.tails) - 1

    def flows(self) -> list[int] | None:
        """Return the flow of least cost on each arc, or None when the demand cannot be met.

        Raises OverflowError when the costs are beyond 64 bits.
        """
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415 - heavy, rarely needed

        network = SimpleMinCostFlow()
        network.add_arcs_with_capacity_and_unit_cost(self.tails, self.heads, self.capacities, self.costs)
        network.set_node_supply(0, sum(self.demands.values()))
        for node, demand in self.demands.items():
            network.set_node_supply(node, -demand)
        status = network.solve()
        if status == network.INFEASIBLE:
            return None
        if status != network.OPTIMAL:
            raise OverflowError(status)
        return [int(one) for one in network.flows(range(len(self.tails)))]


def refill(
    grid: Grid,
    plan: Plan,
    weeks: Sequence[int],
    room: Freedom,
    *,
    gap: int,
    teams: bool = True,
    neighbours: bool = True,
    noise: Random | None = None,
) -> Plan | None:
    """Fill some weeks anew, at least `gap` weeks from every turn that stands; None when that cannot be.

    Two turns of one person within these weeks may come nearer than `gap`, but no more turns than fit are given.
    With noise, another one of equally good plans comes out each time.
    """
    if not weeks:
        return list(plan)
    part = rested(only(grid, plan, set(weeks)), gap)
    network = Network()
    fit = (grid.numbers[max(weeks)] - grid.numbers[min(weeks)]) // gap + 1
    people = offer(network, part, room, fit=fit, unit=unit_of(part) ** 3 if teams else 1)
    arcs: dict[int, tuple[int, int]] = {}
    for week in weeks:
        add_week(network, part, week, people, arcs, teams=teams, neighbours=neighbours)
    if noise:
        much = sum(part.needed) + 1
        network.costs = [cost * much for cost in network.costs]
        for arc in arcs:
            network.costs[arc] += noise.randrange(2)
    flows = network.flows()
    if flows is None:
        return None
    found = list(part.held)
    for arc, (p, week) in arcs.items():
        if flows[arc]:
            found[week] |= 1 << p
    return found


def only(grid: Grid, plan: Plan, weeks: set[int]) -> Grid:
    """Return the grid in which everything outside some weeks stands as it is in the plan."""
    rows = [
        (held, free, needed) if week in weeks else (mask, 0, 0)
        for week, (mask, held, free, needed) in enumerate(zip(plan, grid.held, grid.free, grid.needed, strict=True))
    ]
    held, free, needed = zip(*rows, strict=True)
    return replace(grid, held=held, free=free, needed=needed)


def offer(network: Network, grid: Grid, room: Freedom, *, fit: int, unit: int) -> dict[int, int]:
    """Add everybody who may have turns left, at most as many as fit; each further turn costs a unit more."""
    able = 0
    for free in grid.free:
        able |= free
    turns = grid.turns(list(grid.held))
    base = min(person.carried for person in grid.people)
    people = {}
    for p in bits(able):
        left = room.most[p] - turns[p]
        if left > 0:
            people[p] = network.node()
            for k in range(min(left, fit)):
                network.arc(0, people[p], (grid.people[p].carried - base + turns[p] + k) * unit)
    return people


def unit_of(grid: Grid) -> int:
    """Return more than a whole plan can cost on one level."""
    return 2 * sum(grid.needed) + 1


def add_week(
    network: Network,
    grid: Grid,
    week: int,
    people: dict[int, int],
    arcs: dict[int, tuple[int, int]],
    *,
    teams: bool,
    neighbours: bool,
) -> None:
    """Add a week with its teams; the costs say what a further member of each team makes worse."""
    unit, sink = unit_of(grid), network.node()
    network.demands[sink] = grid.needed[week]
    here = set(teams_of(grid, grid.held[week]))
    around: Counter[int] = Counter()
    for other in (week - 1, week + 1):
        if neighbours and 0 <= other < len(grid.held):
            around.update(set(teams_of(grid, grid.held[other])))
    doors: dict[int, int] = {NO_TEAM: sink}
    for p in bits(grid.free[week]):
        if p not in people:
            continue
        team = grid.teams[p] if teams else NO_TEAM
        if team not in doors:
            doors[team] = network.node()
            if team not in here:
                network.arc(doors[team], sink, around[team])
            network.arc(doors[team], sink, unit * unit, grid.needed[week])
        new = teams and not grid.published[week] >> p & 1
        arcs[network.arc(people[p], doors[team], int(new) * unit)] = (p, week)
