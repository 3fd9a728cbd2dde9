import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.builders import make_office, sign_in

from pegasus.calendar.models import Holiday
from pegasus.kernel import audit
from pegasus.people.models import Absence
from pegasus.roster import actions, history, queries
from pegasus.roster.domain.differences import differences
from pegasus.roster.models import Duty
from pegasus.roster.tests.builders import BEFORE_Q4, make_draft, make_published, make_staffed_office, repair_everything

HISTORY = reverse("roster:history")
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
MONDAY = date(2026, 12, 7)
Asserts = Callable[..., Any]
mondays = st.integers(0, 5).map(lambda n: MONDAY + timedelta(7 * n))
versions = st.sets(st.tuples(mondays, st.integers(1, 6)), max_size=15).map(
    lambda found: [(monday, monday, person) for monday, person in found]
)


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T02:00:00+00:00")
    settings.PEGASUS_TEST_CLOCK = str(clock)


@given(versions, versions)
def test_the_differences_turn_one_version_into_the_other(
    before: list[tuple[date, date, int]], after: list[tuple[date, date, int]]
) -> None:
    places = {(monday, person) for monday, _day, person in before}

    for one in differences(before, after):
        places -= {(one.starts_on, person) for person in one.gone}
        places |= {(one.starts_on, person) for person in one.came}

    assert places == {(monday, person) for monday, _day, person in after}
    assert differences(after, after) == []


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


@pytest.mark.django_db
def test_every_deed_is_told_with_who_when_why_before_and_after(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=MONDAY)
    old, to = duty.holder, queries.substitutes(duty, NOW)[0].employee
    assert old is not None
    actions.ask_for_substitute(duty=duty, reason="dinas luar", at=NOW)
    actions.reassign_duty(duty=duty, to=to, by="Ayu", at=NOW, reason="sudah ditanya")
    Holiday.objects.create(
        office=office, on=date(2026, 12, 14), name="Libur daerah", kind=Holiday.Kind.LOCAL, decree_number="SK 7/2026"
    )
    repair_everything(office, at=NOW)
    actions.discard_draft(roster=make_draft(office), by="Budi", at=NOW)
    sign_in(client, office)

    page = text(client.get(HISTORY).content)

    assert "Jadwal Triwulan IV 2026 terbit, versi 1 13 tempat terisi. Ayu, Senin, 21 September 2026, 09.00" in page
    assert f"Senin, 7 Desember 2026: {old.name} meminta pengganti dinas luar" in page
    assert f"Senin, 7 Desember 2026: {old.name} → {to.name} Ditunjuk oleh Ayu sudah ditanya" in page
    assert "Libur daerah (SK 7/2026) Hari tayang: Senin, 14 Desember 2026 → Selasa, 15 Desember 2026." in page
    assert "Draf jadwal Triwulan IV 2026 dibuang, versi 2 Budi" in page


@pytest.mark.django_db
def test_a_swap_and_its_opposite_both_stand_in_the_history() -> None:
    office = make_staffed_office()
    make_published(office)
    one, other = queries.duties_of(office).filter(posts_on__in=[MONDAY, date(2026, 12, 21)])
    first, second = one.holder, other.holder
    assert first is not None
    assert second is not None
    actions.swap_duties(one=one, other=other, by="Ayu", at=NOW, reason="tukar cuti")
    actions.undo_change(holder=one.holders.get(held_until=None), by="Ayu", at=NOW + timedelta(minutes=1))

    titles = [event.title for event in history.events(office, history.entries(office, people=[first.pk]))]

    day = "Senin, 7 Desember 2026"
    assert f"{day}: {first.name} → {second.name}" in titles
    assert f"{day}: {second.name} → {first.name}" in titles


@pytest.mark.django_db
def test_the_history_of_one_person_has_their_changes_only(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=MONDAY)
    to = queries.substitutes(duty, NOW)[0].employee
    actions.reassign_duty(duty=duty, to=to, by="Ayu", at=NOW, reason="")
    sign_in(client, office)

    mine = [event.title for event in history.events(office, history.entries(office, people=[to.pk]))]
    page = client.get(HISTORY, {"cari": to.name}, headers={"HX-Target": "peristiwa"}).content.decode()
    nobody = client.get(HISTORY, {"cari": "zzz"}).content.decode()

    assert len(mine) == 1  # the roster had given them no turn
    assert "1 perubahan" in page
    assert "<html" not in page
    assert "Tidak ada perubahan dengan saringan ini." in nobody
    assert "1 perubahan" in client.get(HISTORY, {"pegawai": to.pk}).content.decode()


@pytest.mark.django_db
def test_the_history_of_a_period_leaves_other_periods_out(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    sign_in(client, office)

    assert "2 perubahan" in client.get(HISTORY, {"periode": "2026Q4"}).content.decode()
    assert "Tidak ada perubahan" in client.get(HISTORY, {"periode": "2026Q3"}).content.decode()
    assert client.get(HISTORY, {"periode": "2026X3"}).status_code == 404


@pytest.mark.django_db
def test_a_second_version_shows_what_it_changed(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=MONDAY)
    old = duty.holder
    assert old is not None
    Absence.objects.create(employee=old, starts_on=MONDAY, ends_on=MONDAY)
    second = make_published(office, at=NOW)
    duty.refresh_from_db()
    assert duty.holder is not None
    sign_in(client, office)

    page = text(client.get(reverse("roster:version", args=[second.pk])).content)

    assert "Dibandingkan dengan versi 1." in page
    assert f"7 Desember 2026 {old.name} {duty.holder.name}" in page
    assert "5 Oktober 2026" not in page
    newest = history.events(office, history.entries(office, people=[old.pk])[:1])
    assert [event.title for event in newest] == ["Jadwal Triwulan IV 2026 terbit, versi 2"]


@pytest.mark.django_db
def test_a_deed_that_nobody_described_is_still_told_and_old_rows_without_a_kind_too() -> None:
    office = make_staffed_office(3)
    make_published(office)
    duty = queries.duties_of(office)[0]
    for action, after in (("duty.unheard_of", {}), ("duty.reassigned", {"holder": 0, "reason": ""})):
        audit.record(
            action=action, subject=duty.subject, actor="Ayu", at=NOW, office_id=office.pk, before={}, after=after
        )

    titles = [event.title for event in history.events(office, history.entries(office))]

    assert titles[:2] == [
        "Senin, 5 Oktober 2026: seorang rekan → seorang rekan",
        "Senin, 5 Oktober 2026: giliran diubah",
    ]


@pytest.mark.django_db
def test_another_office_s_history_is_not_there(client: Client) -> None:
    office = make_staffed_office(3)
    roster = make_published(office)
    draft = make_draft(office)
    sign_in(client, make_office())

    assert "Belum ada perubahan" in client.get(HISTORY).content.decode()
    assert client.get(reverse("roster:version", args=[roster.pk])).status_code == 404
    sign_in(client, office)
    assert client.get(reverse("roster:version", args=[draft.pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [1, 12])
def test_the_history_costs_the_same_however_much_happened(
    client: Client, changes: int, django_assert_max_num_queries: Asserts
) -> None:
    office = make_staffed_office()
    make_published(office)
    for duty in list(Duty.objects.filter(office=office))[:changes]:
        actions.reassign_duty(
            duty=duty, to=queries.substitutes(duty, BEFORE_Q4)[0].employee, by="Ayu", at=BEFORE_Q4, reason=""
        )
    sign_in(client, office)

    with django_assert_max_num_queries(12):
        client.get(HISTORY)
