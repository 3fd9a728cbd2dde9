"""The solver against brute force, and what is always true of its answers."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import grid_of
from pegasus.roster.domain.problem import (
    CannotBeFixed,
    GivenTwice,
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
from pegasus.roster.domain.solve import solve
from pegasus.roster.tests.puzzles import (
    MONDAY,
    WEEK,
    dice,
    every_plan,
    make_people,
    make_weeks,
    plan_of,
    problems,
    random_problem,
)


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


def test_who_must_serve_in_a_week_does() -> None:
    wish = {MONDAY + 2 * WEEK: frozenset({4}), MONDAY: frozenset({1, 3})}

    solution = solve(Problem(make_people(5), make_weeks(3), 2, fixed=wish))

    assert {place.person for place in solution.places if place.starts_on == MONDAY} == {1, 3}
    assert 4 in {place.person for place in solution.places if place.starts_on == MONDAY + 2 * WEEK}
    assert not solution.places[0].reason.settled
    assert solution.turns[4] == 1
    assert solution.optimal


@pytest.mark.parametrize(("held", "fixed"), [({}, {0, 1}), ({}, {7}), ({}, {2}), ({MONDAY: frozenset({0})}, {1})])
def test_who_cannot_serve_cannot_be_made_to(held: dict[date, frozenset[int]], fixed: set[int]) -> None:
    absent = Person(2, absences=((MONDAY, MONDAY),))

    with pytest.raises(CannotBeFixed) as refused:
        solve(Problem((*make_people(2), absent), make_weeks(2), 1, held, fixed={MONDAY: frozenset(fixed)}))

    assert (refused.value.starts_on, refused.value.people) == (MONDAY, tuple(sorted(fixed)))


def test_what_cannot_be_solved_says_why() -> None:
    weeks, people = make_weeks(3), make_people(2)
    away = tuple(Person(n, absences=((MONDAY + WEEK, MONDAY + WEEK),)) for n in range(2))

    twice = (*people, Person(1, "Z"))
    with pytest.raises(GivenTwice) as doubled:
        solve(Problem(twice, (*weeks, weeks[0]), 1))
    with pytest.raises(NothingToFill):
        solve(Problem(people, (Week(MONDAY, None),), 1))
    with pytest.raises(NobodyToServe):
        solve(Problem((), weeks, 1))
    with pytest.raises(TooFewPeople) as few:
        solve(Problem(people, weeks, 3))
    with pytest.raises(WeekCannotBeFilled) as week:
        solve(Problem(away, weeks, 1))

    assert (doubled.value.people, doubled.value.weeks) == ((1,), (MONDAY,))
    assert (few.value.people, few.value.per_week) == (2, 3)
    assert (week.value.starts_on, week.value.missing) == (MONDAY + WEEK, 1)


def test_the_reason_names_who_was_away_and_who_waits() -> None:
    absent = Person(1, "A", absences=((MONDAY, MONDAY),))
    people = (absent, Person(2, "A", carried=1, last_turn=MONDAY - 3 * WEEK), Person(3, "B", carried=2))

    reason = solve(Problem(people, make_weeks(1), 1)).places[0].reason

    assert (reason.turns, reason.rest_weeks, reason.away) == (1, 3, (1,))
    assert reason.other is not None
    assert (reason.other.person, reason.other.why, reason.other.turns) == (3, "spread", 2)
