"""Rosters of real size: what is claimed is true, and equal questions get equal answers."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import grid_of
from pegasus.roster.domain.problem import Infeasible, Person, Problem, WeekCannotBeFilled, may_serve
from pegasus.roster.domain.repair import repair
from pegasus.roster.domain.solution import Solution
from pegasus.roster.domain.solve import solve
from pegasus.roster.tests.puzzles import (
    MONDAY,
    WEEK,
    dice,
    make_weeks,
    plan_of,
    problems,
    random_problem,
    uneven_office,
)


def office(people: int, weeks: int, per_week: int, *, teams: int, seed: int) -> Problem:
    """Make an office with a past, newcomers and absences."""
    random = dice(seed)
    staff = []
    for n in range(people):
        away = MONDAY + random.randrange(weeks) * WEEK
        staff.append(
            Person(
                n,
                f"T{random.randrange(teams)}",
                carried=2 + (random.random() < 0.2),
                last_turn=MONDAY - random.randint(1, weeks) * WEEK if random.random() < 0.9 else None,
                absences=((away, away + random.randint(0, 4) * WEEK),) if random.random() < 0.3 else (),
            )
        )
    return Problem(tuple(staff), make_weeks(weeks), per_week)


def check(problem: Problem, solution: Solution) -> None:
    grid, plan = grid_of(problem), None
    plan = plan_of(grid, solution)
    people = {person.id: person for person in problem.people}
    weeks = {week.starts_on: week for week in problem.weeks}
    levels = {level.name: level for level in solution.aims}
    assert Counter(place.starts_on for place in solution.places) == dict.fromkeys(weeks, problem.per_week)
    assert len({(place.starts_on, place.person) for place in solution.places}) == len(solution.places)
    assert all(may_serve(people[place.person], weeks[place.starts_on]) for place in solution.places)
    assert levels["spread"].value == measures.spread(grid, plan)
    assert levels["spread"].proven
    assert levels["teams_in_week"].value == measures.same_team_in_week(grid, plan)
    assert levels["teams_next_week"].value == measures.same_team_next_week(grid, plan)
    assert levels["changes"].value == measures.changes(grid, plan)
    for level in solution.aims:
        assert level.proven == (level.value == level.bound)
        assert level.bound >= level.value if level.name == "rest" else level.bound <= level.value


@pytest.mark.parametrize(("people", "weeks", "per_week"), [(62, 26, 2), (30, 13, 2), (12, 26, 1)])
def test_the_levels_say_what_the_plan_is_worth(people: int, weeks: int, per_week: int) -> None:
    problem = office(people, weeks, per_week, teams=7, seed=people)

    solution = solve(problem)

    check(problem, solution)
    assert all(level.proven for level in solution.aims)


def within_five_percent(solution: Solution) -> dict[str, bool]:
    return {
        level.name: abs(level.value - level.bound) <= max(level.value, level.bound) / 20 for level in solution.levels
    }


@pytest.mark.parametrize(("seed", "past"), [(2, "some"), (2, "all")])
def test_an_office_of_120_in_uneven_teams_gets_a_proven_year(seed: int, past: str) -> None:
    problem = uneven_office(seed, past=past)

    solution = solve(problem)

    check(problem, solution)
    assert within_five_percent(solution) == dict.fromkeys(
        ("filled", "spread", "rest", "teams_in_week", "changes"), True
    )


# Not reached within the limit: two same-team pairs more than the bound, and said so (the ADR has the figures).
OPEN = {(1, "some"): {"teams_in_week"}}


@pytest.mark.slow
@pytest.mark.parametrize("past", ["none", "some", "all"])
@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_teams_and_the_past_every_level_is_proven_or_near(seed: int, past: str) -> None:
    problem = uneven_office(seed, past=past)

    solution = solve(problem)

    check(problem, solution)
    far = {name for name, is_near in within_five_percent(solution).items() if not is_near}
    assert far == OPEN.get((seed, past), set())
    assert all(level.value - level.bound <= 2 and not level.proven for level in solution.levels if level.name in far)


@pytest.mark.slow
@pytest.mark.parametrize(("people", "per_week", "teams"), [(300, 5, 20), (300, 12, 20), (1500, 10, 60)])
def test_a_large_office_gets_the_fairest_roster_of_a_year(people: int, per_week: int, teams: int) -> None:
    problem = office(people, 52, per_week, teams=teams, seed=people + per_week)

    solution = solve(problem)

    check(problem, solution)
    loads = [person.carried + solution.turns[person.id] for person in problem.people]
    assert max(loads) - min(loads) <= 1


@settings(max_examples=15, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_a_longer_problem_claims_nothing_untrue(problem: Problem, seed: int) -> None:
    random = dice(seed)
    old = {week.starts_on: frozenset(random.sample(range(31), problem.per_week)) for week in problem.weeks}
    published = replace(problem, published=old)
    try:
        solution, mended = solve(published), repair(published)
    except Infeasible:
        return

    check(published, solution)
    check(published, mended)
    changes = mended.levels[0]
    assert changes.proven
    assert changes.value <= solution.levels[-1].bound <= solution.levels[-1].value


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_neither_a_roster_nor_a_repair_depends_on_the_order_of_the_rows(seed: int) -> None:
    problem, random = random_problem(dice(seed)), dice(seed)
    shuffled = replace(
        problem,
        people=tuple(random.sample(problem.people, len(problem.people))),
        weeks=tuple(random.sample(problem.weeks, len(problem.weeks))),
        published=dict(random.sample(sorted(problem.published.items()), len(problem.published))),
    )
    try:
        expected = solve(problem), repair(problem)
    except Infeasible as reason:
        with pytest.raises(type(reason)):
            solve(shuffled)
        return

    assert (solve(shuffled), repair(shuffled)) == expected


def test_one_person_serves_every_week() -> None:
    solution = solve(Problem((Person(1, "A"),), make_weeks(3), 1))

    assert (solution.turns, solution.shortest_rest, solution.optimal) == ({1: 3}, 1, True)


def test_a_week_in_which_everybody_is_away_is_named() -> None:
    away = tuple(Person(n, absences=((MONDAY + WEEK, MONDAY + WEEK),)) for n in range(9))

    with pytest.raises(WeekCannotBeFilled) as refused:
        solve(Problem(away, make_weeks(3), 2))

    assert (refused.value.starts_on, refused.value.present, refused.value.missing) == (MONDAY + WEEK, 0, 2)
