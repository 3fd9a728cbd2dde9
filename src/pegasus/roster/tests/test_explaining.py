from datetime import UTC, date, datetime
from typing import Any

import pytest

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Absence, Employee, Office
from pegasus.roster import actions, contrasts, queries, reasons
from pegasus.roster.models import Duty
from pegasus.roster.tests.builders import BEFORE_Q4, make_draft, make_published, make_staffed_office

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)


def duty_on(office: Office, monday: date) -> Duty:
    return queries.duties_of(office).get(starts_on=monday, seat=1)


def away(employee: Employee, first: date, last: date) -> Absence:
    return Absence.objects.create(employee=employee, starts_on=first, ends_on=last)


def explain(office: Office, monday: date, other: Employee, at: datetime = LATER) -> contrasts.Contrast:
    return contrasts.explain(roster_or_office=office, starts_on=monday, seat=1, other=other, at=at)


def test_who_is_away_is_named_with_the_days_and_what_would_change_it() -> None:
    office = make_staffed_office(4)
    budi = Employee.objects.filter(office=office).earliest("pk")
    away(budi, date(2026, 10, 1), date(2026, 10, 13))
    roster = make_draft(office)

    found = contrasts.explain(roster_or_office=roster, starts_on=date(2026, 10, 12), seat=1, other=budi, at=BEFORE_Q4)

    holder = Employee.objects.get(pk=found.holder)
    assert (found.verdict, found.method, found.basis) == ("cannot", "fact", "made")
    assert found.sentences == (
        "Orang 00 tidak berada di kantor pada 1\N{EN DASH}13 Oktober 2026; hari tayangnya 12 Oktober 2026.",
    )
    assert found.change is not None
    assert (found.change.kind, found.change.on) == ("back_on", date(2026, 10, 9))
    assert found.turning[0] == (
        "Jika Orang 00 sudah kembali pada 9 Oktober 2026, Orang 00 yang bertugas pada minggu itu, "
        f"bukan {holder.name}."
    )


def test_an_equal_other_is_called_equal_and_the_rule_is_stated() -> None:
    office = make_staffed_office(20)
    make_published(office)
    idle = next(one for one in Employee.objects.filter(office=office).order_by("pk") if not one.duties.exists())

    found = explain(office, date(2026, 11, 30), idle)

    assert (found.verdict, found.cost) == ("equal", None)
    assert "sama baiknya" in found.sentences[0]
    assert "Bukan undian" in found.sentences[1]


def test_what_gets_worse_is_said_by_how_much() -> None:
    office = make_staffed_office(4)
    make_published(office)
    make_published(office, period=Period(2027, "quarter", 1))
    last = duty_on(office, date(2026, 12, 28)).holder
    assert last is not None

    found = explain(office, date(2027, 1, 4), last)

    assert (found.verdict, found.method, found.proven) == ("worse", "solver", True)
    assert found.cost is not None
    assert (found.cost.level, found.cost.now, found.cost.then) == ("rest", 4, 1)
    assert found.sentences[1] == (
        f"Jarak istirahat terpendek turun dari 4 menjadi 1 minggu: {last.name} bertugas pada minggu "
        "28 Desember 2026, lalu lagi pada minggu 4 Januari 2027."
    )
    assert "terbukti tidak ada susunan yang lebih baik" in found.sentences[2]


def test_who_serves_in_that_week_is_said_to() -> None:
    office = make_staffed_office(8)
    make_published(office, per_week=2)
    monday = date(2026, 11, 30)
    colleague = queries.duties_of(office).get(starts_on=monday, seat=2).holder
    assert colleague is not None

    found = explain(office, monday, colleague)

    assert found.sentences == (f"{colleague.name} memang bertugas pada minggu itu.",)
    assert found.turning == ()


def test_an_absence_added_after_publishing_changes_no_reason_but_is_said() -> None:
    office = make_staffed_office(20)
    make_published(office)
    idle = next(one for one in Employee.objects.filter(office=office).order_by("pk") if not one.duties.exists())
    before = explain(office, date(2026, 11, 30), idle)
    away(idle, date(2026, 11, 30), date(2026, 12, 1))

    after = explain(office, date(2026, 11, 30), idle)

    assert before.since == ()
    assert after.sentences == before.sentences
    assert after.since == (
        (
            f"Menurut data hari ini: {idle.name} tidak berada di kantor pada 30 November \N{EN DASH} "
            "1 Desember 2026; hari tayangnya 30 November 2026."
        ),
    )


def test_a_roster_that_kept_nothing_is_explained_with_todays_data_and_says_so() -> None:
    office = make_staffed_office(20)
    roster = make_published(office)
    roster.inputs = {}
    roster.save()
    idle = next(one for one in Employee.objects.filter(office=office).order_by("pk") if not one.duties.exists())

    found = explain(office, date(2026, 11, 30), idle)

    assert (found.basis, found.basis_at, found.verdict) == ("today", LATER, "equal")


def test_an_old_roster_that_today_cannot_be_made_says_so() -> None:
    office = make_staffed_office(4)
    roster = make_published(office, per_week=2)
    roster.inputs = {}
    roster.save()
    first, *others = Employee.objects.filter(office=office).order_by("pk")
    for one in others:
        away(one, date(2026, 11, 1), date(2026, 11, 20))
    monday = next(
        one.starts_on for one in first.duties.filter(starts_on__gte=date(2026, 11, 23)).order_by("starts_on")
    )
    free = next(one for one in others if not one.duties.filter(starts_on=monday).exists())
    seat = first.duties.get(starts_on=monday).seat

    found = contrasts.explain(roster_or_office=office, starts_on=monday, seat=seat, other=free, at=LATER)

    assert (found.verdict, found.turning) == ("unknown", ())
    assert found.sentences[0].startswith("Data hari ini tidak lagi cukup")


def test_a_holder_appointed_by_hand_is_told_apart_from_what_was_worked_out() -> None:
    office = make_staffed_office(20)
    make_published(office)
    duty = duty_on(office, date(2026, 11, 30))
    chosen = duty.holder
    to = queries.able_to_take(duty)[-1]
    assert chosen is not None
    actions.reassign_duty(duty=duty, to=to, by="Ayu", at=LATER, reason="sakit")

    found = explain(office, date(2026, 11, 30), to)

    assert found.holder == chosen.pk
    assert found.since[:2] == (
        f"Petugasnya sekarang {to.name}, diubah setelah jadwal terbit; hitungan jadwal memilih {chosen.name}.",
        "Ditunjuk sebagai pengganti: sakit",
    )


def test_a_place_that_is_not_there_is_refused() -> None:
    office = make_staffed_office(5)
    other = Employee.objects.filter(office=office).earliest("pk")

    with pytest.raises(contrasts.NoSuchPlace):
        explain(office, date(2026, 11, 30), other)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ({"kind": "hand", "text": ""}, ["Ditunjuk sebagai pengganti."]),
        (
            {"kind": "swap", "text": "rapat", "confirmed_by": "Ayu"},
            ["Bertukar giliran: rapat", "Kesediaannya dikonfirmasi oleh Ayu."],
        ),
        ({"kind": "substitute", "text": ""}, ["Bersedia menggantikan setelah diminta."]),
        ({"kind": "repair", "text": "cuti"}, ["Perubahan setelah terbit: cuti"]),
        (
            {"kind": "hand", "text": "dikembalikan", "undoes": 3},
            ["Perubahan sebelumnya dibatalkan; giliran ini kembali ke petugas semula."],
        ),
    ],
)
def test_every_way_to_a_duty_has_its_words(reason: dict[str, Any], words: list[str]) -> None:
    assert reasons.of_holder(reason, {}) == words
