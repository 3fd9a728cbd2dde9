"""The plan as a constraint model (CP-SAT): one worker, a fixed seed, a deterministic limit, canonical input."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pegasus.roster.domain.fairness import Freedom
from pegasus.roster.domain.grid import NO_TEAM, Grid, Plan, bits
from pegasus.roster.domain.measures import same_team_in_week, teams_of

EFFORT = 2.4  # deterministic seconds for one roster at most: the same on every machine
BASE, PER_CHOICE = 0.2, 1 / 2500  # a small roster must not take as long as a large one
SEED = 330


def effort_for(grid: Grid) -> float:
    """Return how long the solver may try for a roster of this size, in deterministic seconds."""
    return min(EFFORT, BASE + PER_CHOICE * sum(free.bit_count() for free in grid.free))


def solver() -> Any:  # noqa: ANN401 - OR-Tools publishes no types
    """Return the solver's module; most rosters are proven without it, and it weighs 60 MB in every process."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - see above

    return cp_model


@dataclass(frozen=True)
class Found:
    """What a search brought: a plan or none, and the bound that it proved."""

    plan: Plan | None
    bound: int
    finished: bool
    effort: float = 0.0  # deterministic seconds that were used


@dataclass
class Model:
    """All fairest plans of a grid; each level adds a constraint and stays for the next."""

    grid: Grid
    freedom: Freedom
    plan: Plan  # one of them
    cp: Any = field(default_factory=lambda: solver().CpModel())
    x: dict[tuple[int, int], Any] = field(default_factory=dict)
    crowd: dict[tuple[int, int], Any] = field(default_factory=dict)
    clashes: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Say who may serve when, and that the turns are as equal as can be."""
        grid, cp, turns_now = self.grid, self.cp, self.grid.turns(self.plan)
        settled = grid.turns(list(grid.held))
        mine: dict[int, list[Any]] = defaultdict(list)
        for week, count in enumerate(grid.needed):
            if not count:
                continue
            for p in bits(grid.free[week]):
                self.x[p, week] = cp.new_bool_var("")
                mine[p].append(self.x[p, week])
            cp.add(sum(self.x[p, week] for p in bits(grid.free[week])) == count)
        costs, cost_now = [], 0
        for p, (least, most) in enumerate(zip(self.freedom.least, self.freedom.most, strict=True)):
            turns = sum(mine[p]) + settled[p]
            if least == most:
                cp.add(turns == least)
            else:
                more = cp.new_bool_var("")
                cp.add(turns == least + more)
                cost = 2 * (grid.people[p].carried + least) + 1
                costs.append(cost * more)
                cost_now += cost * (turns_now[p] - least)
        cp.add(sum(costs) == cost_now)

    def rest(self, gap: int, model: Any = None) -> None:  # noqa: ANN401 - OR-Tools publishes no types
        """Keep the turns of a person at least `gap` weeks apart."""
        cp, numbers = model or self.cp, self.grid.numbers
        by_person: dict[int, list[int]] = defaultdict(list)
        for p, week in sorted(self.x):
            by_person[p].append(week)
        for p, weeks in by_person.items():
            fixed = [number for number, held in zip(numbers, self.grid.held, strict=True) if held >> p & 1]
            fixed += [number for number in (self.grid.last[p], self.grid.coming[p]) if number is not None]
            open_weeks = []
            for week in weeks:
                if any(abs(numbers[week] - number) < gap for number in fixed):
                    cp.add(self.x[p, week] == 0)
                else:
                    open_weeks.append(week)
            end = 0
            for start, week in enumerate(open_weeks):
                near = [v for v in open_weeks[start:] if numbers[v] - numbers[week] < gap]
                if start + len(near) > end and len(near) > 1:
                    cp.add_at_most_one(self.x[p, v] for v in near)
                end = max(end, start + len(near))

    def count_crowds(self) -> Any:  # noqa: ANN401 - as above
        """Return how many serve beside their own team, as an expression."""
        for week, count in enumerate(self.grid.needed):
            standing = Counter(teams_of(self.grid, self.grid.held[week]))
            for team, members in self._teams(week).items():
                most = min(count, len(members)) - (not standing[team])
                if most > 0:
                    self.crowd[week, team] = self.cp.new_int_var(0, most, "")
                    self.cp.add(self.crowd[week, team] >= sum(members) - (not standing[team]))
        return sum(self.crowd.values()) + same_team_in_week(self.grid, list(self.grid.held))

    def count_neighbours(self) -> Any:  # noqa: ANN401 - as above
        """Return how often a team serves in two weeks that follow each other, as an expression."""
        presence: list[dict[int, Any]] = []
        for week, held in enumerate(self.grid.held):
            standing = dict.fromkeys(teams_of(self.grid, held), 1)
            members = self._teams(week)
            presence.append({t: sum(who) - self.crowd.get((week, t), 0) for t, who in members.items()} | standing)
        for one, two in pairwise(presence):
            for team in sorted(one.keys() & two.keys()):
                clash = self.cp.new_bool_var("")
                self.cp.add(clash >= one[team] + two[team] - 1)
                self.clashes.append(clash)
        return sum(self.clashes)

    def count_changes(self) -> Any:  # noqa: ANN401 - as above
        """Return how many published places change, as an expression."""
        kept, places = [], self.grid.gone
        for week, old in enumerate(self.grid.published):
            places += (old & ~self.grid.held[week]).bit_count()
            kept += [self.x[p, week] for p in bits(old) if (p, week) in self.x]
        return places - sum(kept)

    def search(self, plan: Plan, goal: Any = None, *, gap: int | None = None, effort: float) -> Found:  # noqa: ANN401 - as above
        """Look for a plan, from a known one; with a goal, for the one with the least of it."""
        model = self.cp.clone()
        if gap is not None:
            self.rest(gap, model)
        for (p, week), variable in self.x.items():
            model.add_hint(variable, plan[week] >> p & 1)
        if goal is not None:
            model.minimize(goal)
        tool = solver()
        run = tool.CpSolver()
        run.parameters.num_workers = 1
        run.parameters.random_seed = SEED
        # Measured: linear bounds prove the levels, looking for symmetry and probing take half the time for nothing.
        run.parameters.linearization_level = 2
        run.parameters.symmetry_level = 0
        run.parameters.cp_model_probing_level = 0
        run.parameters.max_deterministic_time = effort
        status = run.solve(model)
        used = run.response_proto.deterministic_time
        finished = status in (tool.OPTIMAL, tool.INFEASIBLE)
        if status not in (tool.OPTIMAL, tool.FEASIBLE):
            return Found(None, 0, finished, used)
        found = list(self.grid.held)
        for (p, week), variable in self.x.items():
            found[week] |= run.value(variable) << p
        bound = round(run.best_objective_bound) if goal is not None else 0
        return Found(found, bound, finished or goal is None, used)

    def _teams(self, week: int) -> dict[int, list[Any]]:
        members: dict[int, list[Any]] = defaultdict(list)
        for p in bits(self.grid.free[week]):
            if self.grid.teams[p] != NO_TEAM and (p, week) in self.x:
                members[self.grid.teams[p]].append(self.x[p, week])
        return members
