"""The solver against brute force, and what is always true of its answers."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import Grid, Plan, grid_of
from pegasus.roster.domain.problem import (
    Infeasible,
    NobodyToServe,
    NothingToFill,
    Person,
    Problem,
    TooFewPeople,
    Week,
    WeekCannotBeFilled,
    may_serve,
)
from pegasus.roster.domain.solution import Solution
from pegasus.roster.domain.solve import solve

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
        week.starts_on: frozenset(random.sample(range(len(people)), per_week))
        for week in weeks
        if random.random() < 0.4
    }
    return Problem(tuple(people), weeks, per_week, held, published)


def plan_of(grid: Grid, solution: Solution) -> Plan:
    place = {person.id: n for n, person in enumerate(grid.people)}
    plan = [0] * len(grid.weeks)
    week_of = {week.starts_on: n for n, week in enumerate(grid.weeks)}
    for one in solution.places:
        plan[week_of[one.starts_on]] |= 1 << place[one.person]
    return plan


@pytest.mark.parametrize("seed", range(150))
def test_no_plan_is_better_than_the_solution(seed: int) -> None:
    problem = random_problem(dice(seed))
    try:
        grid = grid_of(problem)
    except Infeasible:
        with pytest.raises(Infeasible):
            solve(problem)
        return

    solution = solve(problem)

    best = min(measures.quality(grid, plan) for plan in every_plan(grid))
    assert measures.quality(grid, plan_of(grid, solution)) == best
    assert solution.optimal


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


@settings(max_examples=25, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_the_roster_does_not_depend_on_the_order_of_the_rows(problem: Problem, seed: int) -> None:
    people, weeks = list(problem.people), list(problem.weeks)
    dice(seed).shuffle(people)
    dice(seed).shuffle(weeks)
    shuffled = Problem(tuple(people), tuple(weeks), problem.per_week)
    try:
        expected = solve(problem)
    except Infeasible as reason:
        with pytest.raises(type(reason)):
            solve(shuffled)
        return

    assert solve(shuffled) == expected


@settings(max_examples=25, deadline=None)
@given(problem=problems())
def test_every_week_is_filled_with_people_who_are_there(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except Infeasible:
        return
    people = {person.id: person for person in problem.people}

    for week in problem.weeks:
        serving = [place for place in solution.places if place.starts_on == week.starts_on]
        assert len({place.person for place in serving}) == problem.per_week
        assert [place.seat for place in serving] == list(range(1, problem.per_week + 1))
        assert all(may_serve(people[place.person], week) for place in serving)


@pytest.mark.parametrize(("people", "weeks", "per_week"), [(62, 26, 2), (20, 26, 1), (7, 13, 2), (5, 26, 3)])
def test_turns_of_people_who_are_always_there_differ_by_one_at_most(people: int, weeks: int, per_week: int) -> None:
    solution = solve(Problem(make_people(people), make_weeks(weeks), per_week))

    turns = solution.turns.values()
    assert max(turns) - min(turns) <= 1
    assert sum(turns) == weeks * per_week
    assert solution.shortest_rest in (None, people // per_week)
    assert solution.optimal


def test_turns_of_earlier_periods_count() -> None:
    tired, fresh = Person(1, "A", carried=3), Person(2, "B")

    solution = solve(Problem((tired, fresh), make_weeks(4), 1))

    assert solution.turns in ({1: 1, 2: 3}, {1: 0, 2: 4})
    assert solution.levels[1].value == 3**2 + 4**2


def test_who_is_away_all_through_the_preparation_does_not_serve() -> None:
    posts_on = MONDAY + WEEK
    prepares_on = tuple(MONDAY + timedelta(days=n) for n in range(5))
    week = Week(posts_on, posts_on, prepares_on)
    most_days = Person(1, absences=((prepares_on[0], prepares_on[3]),))
    all_days = Person(1, absences=((prepares_on[0], prepares_on[4]),))
    posting_day = Person(1, absences=((posts_on, posts_on),))
    later = Person(1, absences=((posts_on + timedelta(days=1), posts_on + WEEK),))

    found = [may_serve(person, week) for person in (most_days, all_days, posting_day, later)]

    assert found == [True, False, False, True]


def test_a_week_without_a_posting_day_is_skipped() -> None:
    weeks = (*make_weeks(2), Week(MONDAY + 2 * WEEK, None))

    solution = solve(Problem(make_people(4), weeks, 1))

    assert solution.skipped == (MONDAY + 2 * WEEK,)
    assert len(solution.places) == 2


def test_a_settled_week_keeps_its_people() -> None:
    held = {MONDAY: frozenset({3})}

    solution = solve(Problem(make_people(5), make_weeks(5), 1, held))

    assert solution.places[0].person == 3
    assert solution.places[0].reason.settled
    assert solution.turns == dict.fromkeys(range(5), 1)


def test_what_cannot_be_solved_says_why() -> None:
    weeks, people = make_weeks(3), make_people(2)
    away = tuple(Person(n, absences=((MONDAY + WEEK, MONDAY + WEEK),)) for n in range(2))

    with pytest.raises(NothingToFill):
        solve(Problem(people, (Week(MONDAY, None),), 1))
    with pytest.raises(NobodyToServe):
        solve(Problem((), weeks, 1))
    with pytest.raises(TooFewPeople) as few:
        solve(Problem(people, weeks, 3))
    with pytest.raises(WeekCannotBeFilled) as week:
        solve(Problem(away, weeks, 1))

    assert (few.value.people, few.value.per_week) == (2, 3)
    assert (week.value.starts_on, week.value.missing) == (MONDAY + WEEK, 1)


def test_the_reason_names_who_was_away_and_who_waits() -> None:
    absent = Person(1, "A", absences=((MONDAY, MONDAY),))
    people = (absent, Person(2, "A", carried=1, last_turn=MONDAY - 3 * WEEK), Person(3, "B", carried=2))

    reason = solve(Problem(people, make_weeks(1), 1)).places[0].reason

    assert (reason.turns, reason.rest_weeks, reason.away) == (1, 3, (1,))
    assert reason.other is not None
    assert (reason.other.person, reason.other.why, reason.other.turns) == (3, "turns", 2)
