"""The roster of 62 people, 26 weeks, 2 per week: the solver beside a greedy round-robin."""

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


def run() -> list[Row]:
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


def main() -> None:
    """Print the table."""
    print(f"{PEOPLE} people, {WEEKS} weeks, {PER_WEEK} per week")
    for row in run():
        rest = "-" if row.shortest_rest == measures.NEVER_TWICE else row.shortest_rest
        print(
            f"{row.case:16} {row.method:12} {row.seconds * 1000:7.0f} ms  spread {row.spread:4}  rest {rest!s:>3}"
            f"  same team: week {row.same_team_in_week}, next {row.same_team_next_week}  optimal {row.optimal}"
        )


if __name__ == "__main__":
    main()
