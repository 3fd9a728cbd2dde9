"""Rosters of four offices: the solver beside one plain CP-SAT model and a greedy round-robin; times are CPU times."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from time import process_time

from pegasus.roster.domain import measures
from pegasus.roster.domain.construct import round_robin
from pegasus.roster.domain.exact import solver
from pegasus.roster.domain.grid import Grid, Plan, bits, grid_of
from pegasus.roster.domain.problem import Person, Problem, Week
from pegasus.roster.domain.repair import repair
from pegasus.roster.domain.solution import Solution
from pegasus.roster.domain.solve import solve

MONDAY = date(2027, 1, 4)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Office:
    """A size, what is asked for, and how long the plain model may try."""

    people: int
    weeks: int
    per_week: int
    teams: int
    target: str
    patience: float


OFFICES = (
    Office(62, 26, 2, 9, "< 500 ms", 5),
    Office(300, 52, 5, 20, "< 5000 ms", 15),
    Office(1500, 52, 10, 60, "< 20000 ms", 20),
)


def problem(office: Office) -> Problem:
    """Make an office with a past and absences; always the same one."""
    dice = Random(330)  # noqa: S311 - a measurement, no secret
    weeks = tuple(Week(MONDAY + n * WEEK, MONDAY + n * WEEK) for n in range(office.weeks))
    people = []
    for n in range(office.people):
        served = n % 6 != 0
        away = MONDAY + dice.randrange(office.weeks) * WEEK
        people.append(
            Person(
                n,
                f"Tim {dice.randrange(office.teams)}",
                carried=int(served),
                last_turn=MONDAY - dice.randint(1, office.weeks) * WEEK if served else None,
                absences=((away, away + timedelta(days=dice.choice((4, 11, 40)))),),
            )
        )
    return Problem(tuple(people), weeks, office.per_week)


UNEVEN = (22, 20, 18, 16, 14, 12, 10, 8)  # the teams of 120 people
# Measured with the same office before whole sets of turns changed hands (commit 2e627b3).
BEFORE = "spread 219 (bound 219), rest 41 (bound 41), teams_in_week 6 (bound 0), teams_next_week 37 (bound 0)"


def uneven(seed: int = 330) -> Problem:
    """Make an office of 120 people in uneven teams that begins: 51 weeks, 3 a week."""
    dice = Random(seed)  # noqa: S311 - a measurement, no secret
    teams = [f"Tim {n}" for n, size in enumerate(UNEVEN) for _ in range(size)]
    dice.shuffle(teams)
    people = []
    for n, team in enumerate(teams):
        away = MONDAY + dice.randrange(51) * WEEK
        people.append(
            Person(
                n,
                team,
                absences=((away, away + timedelta(days=dice.choice((4, 11, 40)))),),
            )
        )
    weeks = tuple(Week(MONDAY + n * WEEK, MONDAY + n * WEEK) for n in range(52) if n != 12)
    return Problem(tuple(people), weeks, 3)


def _uneven() -> Iterator[tuple[str, str, str]]:
    """Yield what the office in uneven teams gets, beside what it got before."""
    asked = uneven()
    begun = process_time()
    solution = solve(asked)
    spent = process_time() - begun
    told = ", ".join(f"{one.name} {one.value} (bound {one.bound})" for one in solution.aims[1:])
    yield f"120 x 51 x 3, uneven teams, solver: {told}", _ms(spent), "< 10000 ms"
    yield f"120 x 51 x 3, uneven teams, before: {BEFORE}", "4840 ms CPU", "(before)"


def plan_of(grid: Grid, solution: Solution) -> Plan:
    """Return a solution as a plan."""
    week_of = {week.starts_on: n for n, week in enumerate(grid.weeks)}
    plan = [0] * len(grid.weeks)
    for place in solution.places:
        plan[week_of[place.starts_on]] |= 1 << place.person
    return plan


def _worth(grid: Grid, plan: Plan | None, proofs: Mapping[str, str]) -> str:
    if plan is None:
        return "nothing found"
    loads = grid.loads(plan)
    rest = measures.shortest_rest(grid, plan)
    found = {
        "spread": f"turns {min(loads)}-{max(loads)}, squares {measures.spread(grid, plan)}",
        "rest": f"rest {'-' if rest == measures.NEVER_TWICE else rest}",
        "teams_in_week": f"team clashes {measures.same_team_in_week(grid, plan)}",
        "teams_next_week": f"{measures.same_team_next_week(grid, plan)}",
    }
    return ", ".join(text + proofs.get(name, "") for name, text in found.items())


def _proofs(solution: Solution) -> dict[str, str]:
    return {level.name: " (proven)" if level.proven else f" (bound {level.bound})" for level in solution.aims}


def measure(office: Office) -> Iterator[tuple[str, str, str]]:
    """Yield an office's lines: the solver, the plain model, the greedy list."""
    size = f"{office.people} x {office.weeks} x {office.per_week}"
    asked = problem(office)
    grid = grid_of(asked)
    begun = process_time()
    solution = solve(asked)
    spent = process_time() - begun
    best = plan_of(grid, solution)
    yield f"{size}, solver: {_worth(grid, best, _proofs(solution))}", _ms(spent), office.target
    from benchmarks._plain_model import plain_model  # noqa: PLC0415 - the library's loading is measured by itself

    begun = process_time()
    plain = plain_model(grid, gap=measures.shortest_rest(grid, best), seconds=office.patience)
    spent = process_time() - begun
    yield f"{size}, one CP-SAT model, {office.patience:.0f} s: {_worth(grid, plain, {})}", _ms(spent), "(alternative)"
    begun = process_time()
    greedy = round_robin(grid)
    yield f"{size}, round-robin: {_worth(grid, greedy, {})}", _ms(process_time() - begun), "(alternative)"


def _repaired(office: Office) -> Iterator[tuple[str, str, str]]:
    """Yield how many places change when every tenth person falls away for five weeks."""
    asked = problem(office)
    grid = grid_of(asked)
    weeks = list(zip((week.starts_on for week in grid.weeks), plan_of(grid, solve(asked)), strict=True))
    away = (MONDAY + 9 * WEEK, MONDAY + 14 * WEEK - timedelta(days=1))
    people = tuple(replace(one, absences=(*one.absences, away)) if one.id % 10 == 0 else one for one in asked.people)
    broken = replace(asked, people=people, published={day: frozenset(bits(mask)) for day, mask in weeks})
    now = grid_of(broken)
    begun = process_time()
    mended = repair(broken).levels[0]
    spent = process_time() - begun
    greedy = measures.changes(now, round_robin(now))
    proof = "proven" if mended.proven else f"bound {mended.bound}"
    yield f"300 people, 30 away: places that change, repair {mended.value} ({proof})", _ms(spent), ""
    yield f"300 people, 30 away: places that change, round-robin anew {greedy}", "", "(alternative)"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms CPU"


def run() -> Iterator[tuple[str, str, str]]:
    """Yield the table's lines: what the roster is worth, and its time."""
    begun = process_time()
    from ortools.graph.python import min_cost_flow  # noqa: F401, PLC0415 - measured by itself

    solver()
    yield "loading the solver's library, once per process", _ms(process_time() - begun), ""
    for office in OFFICES:
        yield from measure(office)
    yield from _uneven()
    yield from _repaired(OFFICES[1])
