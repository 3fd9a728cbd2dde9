"""Turns and rest count every published turn around a period, the earlier and the later ones."""

import itertools
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Employee
from pegasus.roster import planning, queries, reasons
from pegasus.roster.domain import measures
from pegasus.roster.domain.grid import grid_of
from pegasus.roster.domain.problem import Infeasible, Person, Problem
from pegasus.roster.domain.solve import solve
from pegasus.roster.tests.builders import BEFORE_Q4, Q4, make_draft, make_published, make_staffed_office
from pegasus.roster.tests.puzzles import MONDAY, WEEK, dice, every_plan, make_people, make_weeks, plan_of

Q1 = Period(2027, "quarter", 1)


@pytest.mark.django_db
def test_who_serves_in_a_later_published_period_gets_none_while_others_have_none() -> None:
    office = make_staffed_office(26)
    make_published(office, period=Q1)
    make_published(office, period=Q4)

    turns = Counter(holder for holder, _day in queries.turns_by_person(office))

    assert sorted(turns.values()) == [1] * (13 + 12)  # one week of March 2027 has no working day


@pytest.mark.django_db
def test_the_last_weeks_keep_their_distance_to_turns_published_later() -> None:
    office = make_staffed_office(8)
    make_published(office, period=Q1)
    make_published(office, period=Q4)
    weeks: dict[int, list[int]] = {}

    for holder, day in sorted(queries.turns_by_person(office), key=lambda turn: turn[1]):
        weeks.setdefault(holder, []).append(day.toordinal() // 7)

    nearest = min(two - one for found in weeks.values() for one, two in itertools.pairwise(found))
    assert nearest >= 7


@pytest.mark.django_db
def test_a_newer_version_of_the_same_period_counts_its_turns_once() -> None:
    office = make_staffed_office(26)
    make_published(office, period=Q1)
    make_published(office, period=Q1)
    make_published(office, period=Q1)

    found = planning.plan_for(office=office, first=Q4.starts_on, last=Q4.ends_on, per_week=1, at=BEFORE_Q4)

    assert Counter(person.carried for person in found.problem.people) == {0: 14, 1: 12}
    assert {person.next_turn is not None for person in found.problem.people if person.carried} == {True}


@pytest.mark.django_db
def test_the_reason_tells_earlier_turns_from_later_ones() -> None:
    office = make_staffed_office(6)
    make_published(office, period=Q1)
    draft = make_draft(office, period=Q4)
    place = queries.places_of(draft).earliest("starts_on")
    names = dict(Employee.objects.filter(office=office).values_list("pk", "name"))
    later = queries.duties_of(office).filter(holder=place.employee).count()

    said = reasons.sentences(place.reason, names)

    assert said[0].startswith(f"Belum ada giliran sebelum ini, {later} giliran sudah terbit sesudah periode ini")


@pytest.mark.django_db
def test_a_newcomer_enters_with_the_median_of_all_turns_around() -> None:
    office = make_staffed_office(6)
    make_published(office, period=Q1)
    Employee.objects.create(office=office, name="Baru", active_from=date(2026, 9, 1))

    found = planning.plan_for(office=office, first=Q4.starts_on, last=Q4.ends_on, per_week=1, at=BEFORE_Q4)

    newcomer = next(one for one in found.problem.people if found.employees[one.id].name == "Baru")
    assert (newcomer.carried, newcomer.credited, newcomer.later) == (2, 2, 0)


def test_rest_counts_to_the_first_turn_after_the_period() -> None:
    people = tuple(Person(n, next_turn=MONDAY + (3 + n) * WEEK) for n in range(3))

    solution = solve(Problem(people, make_weeks(3), 1))

    assert [(place.starts_on, place.person) for place in solution.places] == [
        (MONDAY, 0),
        (MONDAY + WEEK, 1),
        (MONDAY + 2 * WEEK, 2),
    ]
    assert {level.name: (level.value, level.bound) for level in solution.levels}["rest"] == (3, 3)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_with_turns_on_both_sides_no_plan_is_better(seed: int) -> None:
    random = dice(seed)
    weeks = make_weeks(random.randint(2, 4))
    people = tuple(
        Person(
            one.id,
            one.team,
            carried=random.randint(0, 2),
            last_turn=random.choice((None, MONDAY - random.randint(1, 4) * WEEK)),
            next_turn=random.choice((None, weeks[-1].starts_on + random.randint(1, 4) * WEEK)),
        )
        for one in make_people(random.randint(2, 5))
    )
    problem = Problem(people, weeks, random.choice((1, 2)))
    try:
        solution = solve(problem)
    except Infeasible:
        return
    grid = grid_of(problem)

    best = min(measures.quality(grid, plan) for plan in every_plan(grid))

    assert measures.quality(grid, plan_of(grid, solution)) == best
    assert solution.optimal
