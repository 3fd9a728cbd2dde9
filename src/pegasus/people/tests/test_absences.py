from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.kernel.models import AuditEntry
from pegasus.people import actions
from pegasus.people.domain import absences as rules
from pegasus.people.models import Absence, Employee, RoleAssignment

days = st.dates(date(2026, 1, 1), date(2026, 2, 28))
spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))


@given(spans, spans)
def test_spans_touch_when_no_day_lies_between_them(one: rules.Span, other: rules.Span) -> None:
    first, second = sorted((one, other))
    days_between = (second[0] - first[1]).days - 1

    assert rules.touch(one, other) == rules.touch(other, one) == (days_between <= 0)
    assert rules.union([one, other]) == (first[0], max(first[1], second[1]))


def _add(person: Employee, first: date, last: date, kind: str = "leave", note: str = "") -> Absence:
    return actions.add_absence(employee=person, starts_on=first, ends_on=last, kind=kind, note=note, by="Ana", at=NOW)


@pytest.mark.django_db
def test_days_of_one_kind_that_touch_become_one_absence() -> None:
    sari = make_employee()
    _add(sari, date(2026, 12, 1), date(2026, 12, 3), note="Cuti tahunan")
    _add(sari, date(2026, 12, 8), date(2026, 12, 9))
    _add(sari, date(2026, 12, 4), date(2026, 12, 7), note="Disambung")

    kept = sari.absences.get()
    assert (kept.starts_on, kept.ends_on) == (date(2026, 12, 1), date(2026, 12, 9))
    assert kept.note == "Cuti tahunan; Disambung"


@pytest.mark.django_db
def test_what_is_written_down_already_leaves_no_second_row_and_no_second_trace() -> None:
    sari = make_employee()
    _add(sari, date(2026, 12, 1), date(2026, 12, 9))

    _add(sari, date(2026, 12, 2), date(2026, 12, 3))

    assert sari.absences.count() == 1
    assert AuditEntry.objects.filter(subject=f"employee:{sari.pk}").count() == 1


@pytest.mark.django_db
def test_different_kinds_stay_apart() -> None:
    sari = make_employee()

    for kind in ("leave", "sick"):
        _add(sari, date(2026, 12, 1), date(2026, 12, 9), kind=kind)
    _add(sari, date(2026, 12, 11), date(2026, 12, 11))

    assert sari.absences.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("first", [date(1969, 12, 31), date.min])
def test_days_before_1970_are_refused(first: date) -> None:
    with pytest.raises(actions.AbsenceOutOfTime):
        _add(make_employee(), first, first + timedelta(days=1))


@pytest.mark.django_db
def test_the_page_tells_what_is_odd_about_an_absence(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office, name="Sari")
    add = reverse("people:add-absence", args=[sari.pk])

    old = client.post(add, {"kind": "leave", "starts_on": "1969-12-30", "ends_on": "1970-01-02"})
    client.post(add, {"kind": "leave", "starts_on": "2026-12-01", "ends_on": "2026-12-04"})
    long = client.post(add, {"kind": "sick", "starts_on": "2026-12-02", "ends_on": "2028-12-04"}, follow=True)

    assert "antara 1970 dan 2100" in old.content.decode()
    words = long.content.decode()
    assert "Sari tercatat tidak hadir: Sakit, 2 Desember 2026 sampai 4 Desember 2028." in words
    assert "Lebih dari satu tahun" in words
    assert "Bertumpuk dengan Cuti, 1 Desember 2026 sampai 4 Desember 2026" in words


@pytest.mark.django_db
def test_the_last_keeper_leaves_only_after_a_successor_is_named(client: Client) -> None:
    office = make_office()
    me = sign_in(client, office, "ca")
    leave = reverse("people:leave", args=[me.pk])

    alone = client.post(leave, {"last_day": "2026-12-31"})
    late = RoleAssignment.objects.create(employee=make_employee(office), role="admin", valid_from=date(2027, 2, 1))
    gap = client.post(leave, {"last_day": "2026-12-31"})
    late.valid_from = date(2027, 1, 1)
    late.save()
    client.post(leave, {"last_day": "2026-12-31"})

    me.refresh_from_db()
    assert "Beri perannya kepada orang lain dulu" in alone.content.decode()
    assert "Beri perannya kepada orang lain dulu" in gap.content.decode()
    assert me.active_until == date(2026, 12, 31)
