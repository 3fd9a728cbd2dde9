"""The alternative for the benchmark: one plain CP-SAT model of the whole roster, all goals weighted into one."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from pegasus.roster.domain.exact import SEED
from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits


def plain_model(grid: Grid, *, gap: int, seconds: float) -> Plan | None:
    """Return what one thread finds in the given time; turns nearer than `gap` weeks cost: a rest cannot be weighed."""
    cp: Any = cp_model.CpModel()
    x = {(p, week): cp.new_bool_var("") for week, free in enumerate(grid.free) for p in bits(free)}
    for week, count in enumerate(grid.needed):
        cp.add(sum(x[p, week] for p in bits(grid.free[week])) == count)
    unit = 2 * sum(grid.needed) + 1
    spread, near = _people(cp, grid, x, gap)
    crowds, clashes = _teams(cp, grid, x)
    cp.minimize(unit**3 * spread + unit**2 * near + unit * crowds + clashes)
    run: Any = cp_model.CpSolver()
    run.parameters.num_workers = 1
    run.parameters.random_seed = SEED
    run.parameters.max_time_in_seconds = seconds
    if run.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    plan = list(grid.held)
    for (p, week), variable in x.items():
        plan[week] |= run.value(variable) << p
    return plan


def _people(cp: Any, grid: Grid, x: dict[tuple[int, int], Any], gap: int) -> tuple[Any, Any]:  # noqa: ANN401 - OR-Tools publishes no types
    spread, near = [], []
    mine: dict[int, list[int]] = defaultdict(list)
    for p, week in sorted(x):
        mine[p].append(week)
    least = min(person.carried for person in grid.people)
    for p, weeks in mine.items():
        more = [cp.new_bool_var("") for _ in range(3)]
        cp.add(sum(more) == sum(x[p, week] for week in weeks))
        spread += [(grid.people[p].carried - least + n) * one for n, one in enumerate(more)]
        last = grid.last[p]
        near += [x[p, week] for week in weeks if last is not None and grid.numbers[week] - last < gap]
        excess = cp.new_int_var(0, 2, "")
        cp.add(excess >= sum(x[p, week] for week in weeks if grid.numbers[week] < grid.numbers[0] + gap) - 1)
        near.append(excess)
    return sum(spread), sum(near)


def _teams(cp: Any, grid: Grid, x: dict[tuple[int, int], Any]) -> tuple[Any, Any]:  # noqa: ANN401 - as above
    crowds, clashes, presence = [], [], []
    for week, free in enumerate(grid.free):
        members: dict[int, list[Any]] = defaultdict(list)
        for p in bits(free):
            if grid.teams[p] != NO_TEAM:
                members[grid.teams[p]].append(x[p, week])
        here = {team: cp.new_bool_var("") for team in members}
        for team, who in members.items():
            crowd = cp.new_int_var(0, grid.needed[week], "")
            cp.add(sum(who) == here[team] + crowd)
            crowds.append(crowd)
        presence.append(here)
    for one, two in pairwise(presence):
        for team in sorted(one.keys() & two.keys()):
            clash = cp.new_bool_var("")
            cp.add(clash >= one[team] + two[team] - 1)
            clashes.append(clash)
    return sum(crowds), sum(clashes)
