"""Who takes no turns is in no roster, repair, exchange or answer, and that is said."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from tests.builders import sign_in

from pegasus.people import actions as people
from pegasus.people.models import Employee, Office
from pegasus.roster import actions, contrasts, desk, evenness, planning, queries
from pegasus.roster.domain.contrast import not_there
from pegasus.roster.domain.outlook import EXEMPT, outlook
from pegasus.roster.domain.problem import Person, Problem, Week, WeekCannotBeFilled, may_serve
from pegasus.roster.domain.solve import solve
from pegasus.roster.misfits import World
from pegasus.roster.repairs import propose
from pegasus.roster.tests.builders import BEFORE_Q4, Q4, make_draft, make_published, make_staffed_office
from pegasus.roster.tests.puzzles import MONDAY, WEEK, make_people, make_weeks

YEAR = (date(2026, 1, 1), date.max)


def exempt(employee: Employee, *, first: date = date(2026, 1, 1), last: date | None = None) -> None:
    people.exempt(employee=employee, reason="Kepala kantor", starts_on=first, ends_on=last, by="Ayu", at=BEFORE_Q4)


def first_of(office: Office) -> Employee:
    return Employee.objects.filter(office=office).earliest("pk")


def test_who_is_exempt_on_the_posting_day_may_not_serve() -> None:
    week = Week(MONDAY, MONDAY)

    assert not may_serve(Person(1, exempt=((MONDAY, MONDAY),)), week)
    assert may_serve(Person(1, exempt=((MONDAY + WEEK, date.max),)), week)
    assert outlook(Person(1, exempt=(YEAR,)), week, (), over=False).why == EXEMPT
    fact = not_there(Person(1, exempt=(YEAR,)), week)
    assert fact is not None
    assert (fact.kind, fact.spans) == ("exempt", (YEAR,))


def test_who_has_left_is_not_planned_and_who_comes_later_not_yet() -> None:
    gone = Person(7, active_until=date(2026, 1, 4))
    coming = Person(8, active_from=MONDAY + WEEK)
    weeks = make_weeks(2)

    solution = solve(Problem((gone, coming, *make_people(1)), weeks, 1))

    assert [place.person for place in solution.places] == [0, 8]


def test_the_missing_are_those_who_are_not_there() -> None:
    away = tuple(Person(n, absences=((MONDAY, MONDAY),)) for n in range(3))

    with pytest.raises(WeekCannotBeFilled) as refused:
        solve(Problem((*away, Person(9), Person(10)), make_weeks(1), 3))

    assert (refused.value.present, refused.value.needed, refused.value.missing) == (2, 3, 1)


@pytest.mark.django_db
def test_a_roster_leaves_the_exempt_out_and_counts_them_nowhere() -> None:
    office = make_staffed_office(6)
    boss = first_of(office)
    exempt(boss)

    roster = make_published(office)

    assert not queries.duties_held_by(boss).exists()
    assert roster.result["turns"] == {"min": 2, "max": 3}
    assert boss.pk not in roster.result["people"]
    assert roster.result["proven_for"]["people"] == 5


@pytest.mark.django_db
def test_an_exemption_of_some_weeks_leaves_the_others_open() -> None:
    office = make_staffed_office(2)
    one = first_of(office)
    exempt(one, first=date(2026, 11, 1), last=date(2026, 11, 30))

    make_published(office)

    mine = set(queries.duties_held_by(one).values_list("posts_on", flat=True))
    assert not {day for day in mine if day.month == 11}
    assert len(mine) > 3


@pytest.mark.django_db
def test_who_becomes_exempt_is_replaced_like_somebody_away() -> None:
    office = make_staffed_office(20)
    make_published(office)
    duty = queries.duties_of(office).filter(posts_on__gt=date(2026, 11, 1)).first()
    assert duty is not None
    assert duty.holder is not None
    before = duty.holder
    exempt(before)

    proposal = propose(World.of(office, BEFORE_Q4))

    row = next(row for row in proposal.rows if row.misfit.duty == duty)
    assert (row.misfit.cause, row.misfit.in_words) == ("exempt", f"{before.name} tidak ikut giliran.")
    assert row.after is not None
    assert row.after != before
    actions.apply_repair(office=office, picks=proposal.picks, fingerprint=proposal.fingerprint, by="Ayu", at=BEFORE_Q4)
    assert not queries.duties_held_by(before).exists()


@pytest.mark.django_db
def test_nobody_exempt_is_offered_as_substitute_or_on_the_board() -> None:
    office = make_staffed_office(20)
    boss = first_of(office)
    make_published(office)
    exempt(boss)
    duty = queries.duties_of(office).exclude(holder=boss).first()
    assert duty is not None

    table = desk.read(office, Q4.starts_on, Q4.ends_on, Q4.starts_on)

    assert boss not in queries.able_to_take(duty)
    assert set(table.cells(boss)) == {EXEMPT}
    with pytest.raises(actions.CannotTakeOver):
        actions.reassign_duty(duty=duty, to=boss, by="Ayu", at=BEFORE_Q4, reason="coba")


@pytest.mark.django_db
def test_a_draft_with_somebody_exempt_since_is_not_published() -> None:
    office = make_staffed_office(6)
    draft = make_draft(office)
    exempt(first_of(office))

    with pytest.raises(actions.DraftOutdated):
        actions.publish_roster(roster=draft, by="Ayu", at=BEFORE_Q4)


@pytest.mark.django_db
def test_why_not_says_that_and_why_they_take_no_turns() -> None:
    office = make_staffed_office(6)
    boss = first_of(office)
    exempt(boss)
    make_published(office)
    duty = queries.duties_of(office).first()
    assert duty is not None

    found = contrasts.explain(roster_or_office=office, starts_on=duty.starts_on, seat=1, other=boss, at=BEFORE_Q4)

    assert found.sentences == (
        "Orang 00 tidak ikut giliran sejak 1 Januari 2026; hari tayangnya 5 Oktober 2026.",
        "Tidak ikut giliran: Kepala kantor.",
    )
    assert found.turning == ()


@pytest.mark.django_db
def test_the_fairness_page_names_them_apart(client: Client) -> None:
    office = make_staffed_office(6)
    boss = first_of(office)
    exempt(boss)
    make_published(office)
    sign_in(client, office)

    found = evenness.of_office(office, date(2026, 10, 1))
    page = client.get("/jadwal/pemerataan/").content.decode()

    assert [one.employee for one in found.exempt] == [boss]
    assert boss not in found.due
    assert (0, 1) not in found.spread[:1] or found.spread[0][1] == 1
    assert "Tidak ikut giliran" in page


@pytest.mark.django_db
def test_the_command_says_who_is_exempt_and_what_is_proven_for_what() -> None:
    office = make_staffed_office(6)
    exempt(first_of(office))
    told = StringIO()

    call_command(
        "roster", "--office", office.code, "--from", "2026-10-01", "--to", "2026-12-31", "--json", stdout=told
    )

    found = json.loads(told.getvalue())
    assert [(one["name"], one["reason"], one["ends_on"]) for one in found["exempt"]] == [
        ("Orang 00", "Kepala kantor", None)
    ]
    assert found["proven_for"] == {"people": 5, "weeks": 13, "turns_before": 0, "turns_after": 0}
    assert [one["name"] for one in found["levels"]] == ["filled", "spread", "rest", "teams_in_week", "changes"]
    assert [one["name"] for one in found["preferences"]] == ["teams_next_week"]
    assert found["turns"]["min"] > 0


@pytest.mark.django_db
def test_a_newcomers_median_is_of_those_who_take_turns() -> None:
    office = make_staffed_office(4)
    for boss in Employee.objects.filter(office=office).order_by("pk")[:3]:
        exempt(boss)
    make_published(office)
    Employee.objects.create(office=office, name="Baru", active_from=date(2026, 12, 1))

    found = planning.plan_for(office=office, first=date(2027, 1, 1), last=date(2027, 3, 31), per_week=1, at=BEFORE_Q4)

    entered = {found.employees[pk].name: turns for pk, turns in found.entered.items()}
    assert entered == {"Baru": 13}
