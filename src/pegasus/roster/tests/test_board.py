import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.builders import make_office, sign_in

from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Absence, Employee, Office
from pegasus.roster import actions, desk, moves, queries
from pegasus.roster.domain.outlook import Outlook, outlook
from pegasus.roster.domain.problem import Person, Week, may_serve
from pegasus.roster.models import Duty
from pegasus.roster.tests.builders import make_published, make_staffed_office

BOARD, CHANGE = reverse("roster:board"), reverse("roster:board-change")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
MONDAY = date(2026, 12, 7)
WEEK = Week(MONDAY, MONDAY, (date(2026, 12, 3), date(2026, 12, 4)))
Asserts = Callable[..., Any]


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T02:00:00+00:00")
    settings.PEGASUS_TEST_CLOCK = str(clock)


def holder(duty: Duty) -> Employee:
    duty.refresh_from_db()
    assert duty.holder is not None
    return duty.holder


def two_turns(office: Office) -> tuple[Duty, Duty]:
    duties = queries.duties_of(office)
    return duties.get(posts_on=MONDAY), duties.get(posts_on=date(2026, 12, 21))


days = st.dates(date(2026, 11, 30), date(2026, 12, 10))


@given(st.lists(st.tuples(days, days), max_size=2), st.sets(st.integers(WEEK.number - 5, WEEK.number + 5)))
def test_what_is_allowed_is_what_the_rules_of_the_roster_allow(
    absences: list[tuple[date, date]], others: set[int]
) -> None:
    person = Person(1, absences=tuple(absences))

    seen = outlook(person, WEEK, others, over=False)

    assert seen.allowed == (may_serve(person, WEEK) and WEEK.number not in others)
    if seen.allowed and others:
        assert all(abs(WEEK.number - number) >= (seen.rest or 0) > 0 for number in others)


def test_a_week_that_is_over_takes_nobody_and_somebody_who_left_is_named_so() -> None:
    gone = Person(1, active_until=date(2026, 11, 30))

    assert outlook(gone, WEEK, (), over=True) == Outlook("over")
    assert outlook(gone, WEEK, (), over=False) == Outlook("left")
    assert outlook(Person(1), WEEK, (), over=False).data == 0


@pytest.mark.django_db
def test_the_board_says_for_every_turn_where_its_holder_may_go(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    one, other = two_turns(office)
    Absence.objects.create(employee=holder(one), starts_on=other.posts_on, ends_on=other.posts_on)
    sign_in(client, office, "ca")

    page = client.get(BOARD).content.decode()

    found = re.findall(r'data-duty="(\d+)" data-week="(\d+)".*?data-cells="(.*?)"', page)
    cells = {int(pk): (int(week), json.loads(text.replace("&quot;", '"'))) for pk, week, text in found}
    assert len(cells) == 6  # the weeks that are still to come
    assert cells[one.pk][1][cells[other.pk][0]] == "away"
    assert cells[other.pk][1][cells[one.pk][0]] == 0
    assert cells[one.pk][1][0] == "over"


@pytest.mark.django_db
def test_two_turns_are_exchanged_and_the_exchange_is_undone(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    one, other = two_turns(office)
    first, second = holder(one), holder(other)
    sign_in(client, office, "ca", name="Ayu")
    given = {"giliran": one.pk, "dengan": other.pk, "reason": "dinas luar", "confirmed": "on"}

    asked = client.get(CHANGE, {"giliran": one.pk, "dengan": other.pk}).content.decode()
    after = client.post(CHANGE, given, follow=True)
    swapped = (holder(one), holder(other))
    [undo] = re.findall(r'action="(/jadwal/papan/urungkan/\d+/)"', after.content.decode())
    back = client.post(undo, follow=True).content.decode()

    assert f"Sudah saya konfirmasi dengan {second.name} dan {first.name}" in asked
    assert swapped == (second, first)
    assert f"{second.name} sekarang bertugas Senin, 7 Desember 2026, diubah oleh Ayu." in after.content.decode()
    assert (holder(one), holder(other)) == (first, second)
    assert "Giliran Senin, 7 Desember 2026 kembali seperti semula." in back
    assert "sudah diubah lagi sesudahnya" in client.post(undo, follow=True).content.decode()


@pytest.mark.django_db
def test_a_turn_is_handed_to_somebody_from_the_list(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty, _other = two_turns(office)
    to = queries.substitutes(duty, NOW)[0].employee
    sign_in(client, office, "ca")

    listed = client.get(BOARD, {"untuk": duty.pk}, headers={"HX-Target": "orang"}).content.decode()
    client.post(CHANGE, {"giliran": duty.pk, "kepada": to.pk, "reason": "sakit", "confirmed": "on"})

    assert "Bisa bertugas 7 Desember" in listed
    assert listed.index(to.name) == min(listed.index(name) for name in re.findall(r"Orang \d\d", listed))
    assert holder(duty) == to
    assert AuditEntry.objects.get(action="duty.reassigned").after["reason"] == "sakit"


@pytest.mark.django_db
def test_a_move_needs_the_word_of_those_who_serve_and_keeps_what_was_typed(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    one, other = two_turns(office)
    before = holder(one)
    sign_in(client, office, "ca")

    answer = client.post(CHANGE, {"giliran": one.pk, "dengan": other.pk, "reason": "dinas luar"})

    assert answer.status_code == 422
    assert "Tanyakan dulu kepada yang bersangkutan" in answer.content.decode()
    assert 'value="dinas luar"' in answer.content.decode()
    assert holder(one) == before


@pytest.mark.django_db
def test_a_move_against_the_rules_is_refused_with_the_reason(client: Client) -> None:
    office = make_staffed_office()
    make_published(office, per_week=2)
    one, beside = queries.duties_of(office).filter(posts_on=MONDAY)
    later = queries.duties_of(office).filter(posts_on__gt=MONDAY)[0]
    over = queries.duties_of(office)[0]
    Absence.objects.create(employee=holder(later), starts_on=MONDAY, ends_on=MONDAY)
    sign_in(client, office, "ca")
    before = [duty.holder_id for duty in queries.duties_of(office)]

    def refused(**given: object) -> str:
        answer = client.post(CHANGE, {"giliran": one.pk, "confirmed": "on", **given})
        assert answer.status_code == 422
        return answer.content.decode()

    assert f"{holder(later).name} sedang cuti atau dinas." in refused(dengan=later.pk)
    assert f"{holder(beside).name} sudah bertugas pada minggu itu." in refused(dengan=beside.pk)
    assert f"{holder(beside).name} sudah bertugas pada minggu itu." in refused(kepada=holder(beside).pk)
    assert "Minggu ini sudah lewat." in refused(dengan=over.pk)
    assert [duty.holder_id for duty in queries.duties_of(office)] == before


@pytest.mark.django_db
def test_who_comes_second_reads_that_the_turn_has_changed(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty, other = two_turns(office)
    move = moves.swap(duty, other, TODAY)
    to = queries.substitutes(duty, NOW)[0].employee
    actions.reassign_duty(duty=queries.duties_of(office).get(pk=duty.pk), to=to, by="Budi", at=NOW, reason="")

    with pytest.raises(actions.HolderChanged):
        moves.do(move, by="Ayu", at=NOW, reason="")

    assert (holder(duty), holder(other)) == (to, move.sides[0].person)


@pytest.mark.django_db
def test_without_scripts_a_turn_leads_to_everything_that_is_allowed(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    one, other = two_turns(office)
    Absence.objects.create(employee=holder(other), starts_on=MONDAY, ends_on=MONDAY)
    sign_in(client, office, "ca", name="Zahra")

    page = client.get(CHANGE, {"giliran": one.pk}).content.decode()

    assert page.count(f"giliran={one.pk}&amp;dengan=") == 4  # six turns to come, without this one and the one away
    assert f"giliran={one.pk}&amp;kepada={holder(other).pk}" not in page
    assert (
        "Ini gilirannya yang ke-1"
        in client.get(
            CHANGE, {"giliran": one.pk, "kepada": queries.substitutes(one, NOW)[0].employee.pk}
        ).content.decode()
    )


@pytest.mark.django_db
def test_the_board_belongs_to_who_plans_and_to_one_office(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    one, other = two_turns(office)
    change = actions_of_a_swap(one, other)
    sign_in(client, office, "humas")
    assert client.get(BOARD).status_code == 403
    assert client.post(CHANGE, {"giliran": one.pk}).status_code == 403
    sign_in(client, make_office(), "ca")

    assert client.get(CHANGE, {"giliran": one.pk, "dengan": other.pk}).status_code == 404
    assert client.post(reverse("roster:board-undo", args=[change])).status_code == 404
    assert client.get(CHANGE, {"giliran": "x"}).status_code == 404
    assert client.get(CHANGE).status_code == 404


def actions_of_a_swap(one: Duty, other: Duty) -> int:
    actions.swap_duties(one=one, other=other, by="Ayu", at=NOW, reason="")
    return one.holders.get(held_until=None).pk


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "per_week"), [(8, 1), (40, 3)])
def test_the_board_costs_the_same_however_many_people(
    client: Client, people: int, per_week: int, django_assert_max_num_queries: Asserts
) -> None:
    office = make_staffed_office(people)
    make_published(office, per_week=per_week)
    sign_in(client, office, "ca")
    duty = queries.duties_of(office).get(posts_on=MONDAY, seat=1)

    with django_assert_max_num_queries(17):
        client.get(BOARD)
    with django_assert_max_num_queries(19):
        client.get(CHANGE, {"giliran": duty.pk})


@pytest.mark.django_db
def test_an_empty_period_and_a_moved_posting_day_keep_their_board(client: Client) -> None:
    office = make_staffed_office()
    sign_in(client, office, "ca")
    assert "Belum ada jadwal untuk periode ini" in client.get(BOARD).content.decode()
    make_published(office)
    queries.duties_of(office).filter(posts_on=MONDAY).update(posts_on=date(2026, 12, 9))

    table = desk.read(office, date(2026, 10, 1), date(2026, 12, 31), TODAY)

    assert [row.posts_on for row in table.rows()][9] == date(2026, 12, 9)
    assert client.get(BOARD, {"periode": "2026Q4", "berubah": "9" * 30}).status_code == 200
