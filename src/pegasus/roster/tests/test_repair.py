"""Repairs against brute force: the fewest places change hands, and among those the roster is the best."""

from dataclasses import replace

import pytest

from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import grid_of
from pegasus.roster.domain.problem import Infeasible, Person, Problem, WeekCannotBeFilled
from pegasus.roster.domain.repair import keep_published, repair
from pegasus.roster.domain.solve import solve
from pegasus.roster.tests.puzzles import (
    MONDAY,
    WEEK,
    dice,
    every_plan,
    make_people,
    make_weeks,
    plan_of,
    random_problem,
)


@pytest.mark.parametrize("seed", range(150))
def test_no_repair_moves_fewer_places_or_leaves_a_better_roster(seed: int) -> None:
    problem = random_problem(dice(seed))
    try:
        grid = grid_of(problem)
    except Infeasible:
        with pytest.raises(Infeasible):
            repair(problem)
        return

    solution = repair(problem)

    plan, plans = plan_of(grid, solution), list(every_plan(grid))
    fewest = min(measures.changes(grid, one) for one in plans)
    left = [one for one in plans if measures.changes(grid, one) == fewest]
    kept = keep_published(grid)
    assert measures.changes(grid, plan) == fewest
    assert measures.spread(grid, plan) == min(measures.spread(grid, one) for one in left)
    assert measures.quality(kept, plan) == min(measures.quality(kept, one) for one in left)
    assert (solution.levels[0].name, solution.levels[0].value) == ("changes", fewest)
    assert solution.optimal


def published(problem: Problem) -> Problem:
    places = solve(problem).places
    return replace(
        problem,
        published={
            week.starts_on: frozenset(place.person for place in places if place.starts_on == week.starts_on)
            for week in problem.weeks
        },
    )


def test_a_roster_that_stands_is_left_alone() -> None:
    problem = published(Problem(make_people(9), make_weeks(12), 2))

    solution = repair(problem)

    assert solution.levels[0].value == 0
    assert {(place.starts_on, place.person) for place in solution.places} == {
        (day, person) for day, ids in problem.published.items() for person in ids
    }


def test_somebody_who_falls_ill_gives_away_that_week_and_no_other() -> None:
    problem = published(Problem(make_people(9), make_weeks(12), 2))
    ill = next(iter(problem.published[MONDAY + 3 * WEEK]))
    absent = tuple(
        replace(person, absences=((MONDAY + 3 * WEEK, MONDAY + 4 * WEEK - WEEK / 7),)) if person.id == ill else person
        for person in problem.people
    )

    solution = repair(replace(problem, people=absent))

    now = {(place.starts_on, place.person) for place in solution.places}
    moved = {(day, person) for day, ids in problem.published.items() for person in ids} - now
    assert moved == {(MONDAY + 3 * WEEK, ill)}
    assert solution.levels[0].value == 1


def test_who_has_left_counts_as_a_change() -> None:
    problem = Problem(make_people(4), make_weeks(2), 1, published={MONDAY: frozenset({99})})

    assert repair(problem).levels[0].value == 1
    assert solve(problem).levels[-1].value == 1


def test_a_week_that_nobody_can_take_over_says_so() -> None:
    away = tuple(Person(n, absences=((MONDAY, MONDAY),)) for n in range(2))

    with pytest.raises(WeekCannotBeFilled):
        repair(Problem(away, make_weeks(2), 1, published={MONDAY: frozenset({0})}))
