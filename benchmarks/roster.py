"""The roster of 62 people, 26 weeks, 2 per week: the solver beside a greedy round-robin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from time import perf_counter

from pegasus.roster.domain import measures
from pegasus.roster.domain.construct import round_robin
from pegasus.roster.domain.grid import Grid, Plan, grid_of
from pegasus.roster.domain.problem import Person, Problem, Week
from pegasus.roster.domain.solve import solve

PEOPLE, WEEKS, PER_WEEK, TEAMS = 62, 26, 2, 9
MONDAY = date(2027, 1, 4)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    case: str
    method: str
    seconds: float
    spread: int
    shortest_rest: int
    same_team_in_week: int
    same_team_next_week: int
    optimal: bool | None


def problem(*, history: bool, absences: bool) -> Problem:
    """Make the office of the measurement; always the same one."""
    dice = Random(330)  # noqa: S311 - a measurement, no secret
    weeks = tuple(Week(MONDAY + n * WEEK, MONDAY + n * WEEK) for n in range(WEEKS))
    people = []
    for n in range(PEOPLE):
        served = history and n % 6 != 0
        away = MONDAY + dice.randrange(WEEKS) * WEEK
        people.append(
            Person(
                n,
                f"Tim {dice.randrange(TEAMS)}",
                carried=int(served),
                last_turn=MONDAY - dice.randint(1, WEEKS) * WEEK if served else None,
                absences=((away, away + timedelta(days=dice.choice((4, 11, 40)))),) if absences else (),
            )
        )
    return Problem(tuple(people), weeks, PER_WEEK)


def _row(case: str, method: str, seconds: float, grid: Grid, plan: Plan, *, optimal: bool | None) -> Row:
    rest = measures.shortest_rest(grid, plan)
    return Row(
        case,
        method,
        seconds,
        measures.spread(grid, plan),
        rest,
        measures.same_team_in_week(grid, plan),
        measures.same_team_next_week(grid, plan),
        optimal,
    )


def measure() -> list[Row]:
    """Measure three offices: new, with a past, with a past and absences."""
    rows = []
    for case, history, absences in (("new", False, False), ("past", True, False), ("past, absences", True, True)):
        asked = problem(history=history, absences=absences)
        grid = grid_of(asked)
        begun = perf_counter()
        greedy = round_robin(grid)
        rows.append(_row(case, "round-robin", perf_counter() - begun, grid, greedy, optimal=None))
        begun = perf_counter()
        solution = solve(asked)
        seconds = perf_counter() - begun
        week_of = {week.starts_on: n for n, week in enumerate(grid.weeks)}
        plan = [0] * len(grid.weeks)
        for place in solution.places:
            plan[week_of[place.starts_on]] |= 1 << place.person
        rows.append(_row(case, "solver", seconds, grid, plan, optimal=solution.optimal))
    return rows


def run() -> Iterator[tuple[str, str, str]]:
    """Yield the table's lines: time, then what the roster is worth."""
    for row in measure():
        rest = "-" if row.shortest_rest == measures.NEVER_TWICE else row.shortest_rest
        proof = "" if row.optimal is None else f", {'proven' if row.optimal else 'NOT proven'}"
        clashes = row.same_team_in_week + row.same_team_next_week
        worth = f"spread {row.spread}, rest {rest}, {clashes} team clashes{proof}"
        target = "< 1000 ms, proven" if row.method == "solver" else "(alternative)"
        yield f"62 x 26 x 2, {row.case}, {row.method}: {worth}", f"{row.seconds * 1000:.0f} ms", target
