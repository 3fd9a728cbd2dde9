"""Small problems for the solver, and every plan that they allow."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product
from random import Random

from hypothesis import strategies as st

from pegasus.roster.domain.grid import Grid, Plan
from pegasus.roster.domain.problem import Person, Problem, Week, may_serve
from pegasus.roster.domain.solution import Solution

MONDAY = date(2026, 1, 5)
WEEK = timedelta(days=7)


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - random problems are no secrets


def make_weeks(count: int, *, start: date = MONDAY) -> tuple[Week, ...]:
    return tuple(Week(start + n * WEEK, start + n * WEEK) for n in range(count))


def make_people(count: int, *, teams: int = 3) -> tuple[Person, ...]:
    return tuple(Person(n, f"T{n % teams}") for n in range(count))


def every_plan(grid: Grid) -> Iterator[Plan]:
    choices = []
    for free, held, needed in zip(grid.free, grid.held, grid.needed, strict=True):
        able = [p for p in range(len(grid.people)) if free >> p & 1]
        choices.append([held | sum(1 << p for p in chosen) for chosen in combinations(able, needed)])
    for plan in product(*choices):
        yield list(plan)


def random_problem(random: Random) -> Problem:
    weeks = make_weeks(random.randint(2, 5))
    per_week = random.choice((1, 1, 2))
    people = []
    for n in range(random.randint(per_week + 1, 5)):
        away = random.choice((None, None, random.choice(weeks).starts_on))
        last = random.choice((None, MONDAY - random.randint(1, 4) * WEEK))
        people.append(
            Person(
                n,
                random.choice(("", "A", "B", "C")),
                carried=random.randint(0, 2),
                last_turn=last,
                absences=((away, away + WEEK * random.randint(0, 1)),) if away else (),
                active_until=random.choice((None, None, None, weeks[-2].starts_on)),
            )
        )
    held = {weeks[0].starts_on: frozenset(range(per_week))} if random.random() < 0.3 else {}
    published = {
        week.starts_on: frozenset(random.sample(range(len(people) + 1), per_week))
        for week in weeks
        if random.random() < 0.4
    }
    return Problem(tuple(people), weeks, per_week, held, published, _fixed(random, people, weeks))


def _fixed(random: Random, people: list[Person], weeks: tuple[Week, ...]) -> dict[date, frozenset[int]]:
    if random.random() < 0.7:
        return {}
    week = random.choice(weeks)
    able = [person.id for person in people if may_serve(person, week)]
    return {week.starts_on: frozenset(random.sample(able, 1))} if able else {}


UNEVEN = (
    (31, 24, 18, 14, 11, 8, 6, 5, 3),
    (45, 25, 15, 10, 8, 7, 5, 3, 2),
    (22, 20, 18, 16, 14, 12, 10, 8),
    (60, 20, 15, 10, 8, 4, 2, 1),
    (35, 30, 20, 15, 10, 10),
)  # the sizes of the teams of 120 people


def uneven_office(seed: int, *, past: str) -> Problem:
    """Make an office of 120 people in uneven teams, a year of 51 weeks, 3 people a week.

    With `past` "all" everybody served within the last year, with "some" most did, with "none" nobody ever.
    """
    random, year = dice(seed), 51
    teams = [f"Tim {n}" for n, size in enumerate(UNEVEN[seed % len(UNEVEN)]) for _ in range(size)]
    random.shuffle(teams)
    mondays = [MONDAY + n * WEEK for n in range(year + 1) if n != 12]
    people = []
    for n, team in enumerate(teams):
        served = past == "all" or (past == "some" and random.random() < 0.8)
        absences = []
        for _ in range(random.choice((0, 1, 1, 2))):
            away = MONDAY + timedelta(days=random.randrange(7 * year))
            absences.append((away, away + timedelta(days=random.choice((2, 4, 11, 40)))))
        people.append(
            Person(
                n,
                team if random.random() < 0.97 else "",
                carried=1 + int(served) + (random.random() < 0.15),
                last_turn=MONDAY - random.randint(1, 52) * WEEK if served else None,
                absences=tuple(absences),
            )
        )
    weeks = tuple(Week(day, day, tuple(day - timedelta(days=k) for k in range(7, 2, -1))) for day in mondays)
    return Problem(tuple(people), weeks, 3)


def plan_of(grid: Grid, solution: Solution) -> Plan:
    place = {person.id: n for n, person in enumerate(grid.people)}
    plan = [0] * len(grid.weeks)
    week_of = {week.starts_on: n for n, week in enumerate(grid.weeks)}
    for one in solution.places:
        plan[week_of[one.starts_on]] |= 1 << place[one.person]
    return plan


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    random = dice(draw(st.integers(0, 10**6)))
    weeks = make_weeks(draw(st.integers(1, 13)))
    people = []
    for n in range(draw(st.integers(6, 30))):
        away = random.choice(weeks).starts_on + timedelta(days=random.randint(-3, 3))
        absent = random.random() < 0.4
        people.append(
            Person(
                n * 7 % 31,
                f"T{random.randint(0, 4)}",
                carried=random.randint(0, 1),
                absences=((away, away + timedelta(days=random.randint(0, 20))),) if absent else (),
            )
        )
    return Problem(tuple(people), weeks, draw(st.integers(1, 2)))
