"""A feast that a decree moves: the package's next edition is followed, what the office decided is not touched."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.builders import NOW, make_office, sign_in

from pegasus.calendar import actions, queries
from pegasus.calendar.domain.editions import HolidayEdition, compare
from pegasus.calendar.domain.years import DayOff
from pegasus.calendar.models import Holiday
from pegasus.calendar.tests.builders import make_holiday
from pegasus.kernel.models import AuditEntry, Job
from pegasus.people.models import Office

PUBLIC, LEAVE = "public_holiday", "collective_leave"
EID, SECOND, SHARED = (
    "Hari Raya Idul Fitri",
    "Hari kedua dari Hari Raya Idul Fitri",
    "Cuti Bersama Hari Raya Idul Fitri",
)
SOON = " (perkiraan)"


def march(day: int) -> date:
    return date(2027, 3, day)


def edition_of(first: int, *leave: int, is_estimate: bool = False) -> list[DayOff]:
    mark = SOON if is_estimate else ""
    feast = [
        DayOff(march(first), EID + mark, "public_holiday"),
        DayOff(march(first + 1), SECOND + mark, "public_holiday"),
    ]
    return [*feast, *(DayOff(march(day), SHARED, "collective_leave") for day in leave)]


ESTIMATED = edition_of(10, 9, 12, 15, is_estimate=True)
DECREED = edition_of(11, 10, 15, 16)


def days_of(office: Office) -> list[tuple[int, str]]:
    return [(row.on.day, row.name) for row in queries.holidays_of(office) if row.withdrawn_at is None]


def seed(office: Office, package: Sequence[DayOff]) -> HolidayEdition:
    return actions.seed_holidays(office=office, years=[2027], by="Ana", at=NOW, package=package)


@pytest.mark.django_db
def test_nothing_of_an_estimate_stays_behind(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    office = make_office()
    seed(office, ESTIMATED)

    with django_capture_on_commit_callbacks(execute=True):
        edition = seed(office, DECREED)

    assert days_of(office) == [(10, SHARED), (11, EID), (12, SECOND), (15, SHARED), (16, SHARED)]
    assert [(move.old.on.day, move.new.on.day) for move in edition.moved] == [(9, 10), (10, 11), (11, 12), (12, 16)]
    assert (edition.added, edition.withdrawn) == ((), ())
    assert Job.objects.filter(unique_key=f"roster.follow_deadlines|{office.pk}").exists()
    assert AuditEntry.objects.get(action="holidays.moved").actor == "Ana"
    assert seed(office, DECREED) == HolidayEdition()


@pytest.mark.django_db
def test_a_day_that_the_next_edition_does_not_have_goes() -> None:
    office = make_office()
    seed(office, ESTIMATED)

    edition = seed(office, edition_of(10, 9))

    assert days_of(office) == [(9, SHARED), (10, EID), (11, SECOND)]
    assert [day.on.day for day in edition.withdrawn] == [12, 15]
    assert [day.on.day for day in edition.settled] == [10, 11]


@pytest.mark.django_db
def test_what_the_office_decided_is_never_touched() -> None:
    office = make_office()
    seed(office, ESTIMATED)
    rows = {row.on.day: row for row in queries.holidays_of(office)}
    actions.rename_holiday(holiday=rows[10], name=EID, kind=PUBLIC, decree_number="SKB 1", by="Ana", at=NOW)
    actions.withdraw_holiday(holiday=rows[15], decree_number="SKB 2", by="Ana", at=NOW)
    actions.add_holiday(
        office=office, on=march(16), name="Hari Jadi", kind="local", decree_number="SK 3", by="Ana", at=NOW
    )

    seed(office, DECREED)

    # The feast stands by decree on the 10th: the package's 11th is no second one. The 15th stays a working day.
    assert days_of(office) == [(10, EID), (12, SECOND), (16, "Hari Jadi")]
    assert queries.holidays_of(office).get(on=march(15)).withdrawn_decree == "SKB 2"


@pytest.mark.django_db
def test_other_offices_and_other_years_stay() -> None:
    here, there = make_office(code="1701"), make_office(code="1702")
    for office in (here, there):
        seed(office, ESTIMATED)
    make_holiday(here, date(2026, 12, 31), from_library=True, name="Tahun lain")

    seed(here, DECREED)

    assert days_of(there) == [(day.on.day, day.name) for day in sorted(ESTIMATED, key=lambda day: day.on)]
    assert queries.holidays_of(here).filter(on=date(2026, 12, 31)).exists()


@pytest.mark.django_db
def test_the_page_says_what_will_move_and_what_moved(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    known = {day.on: day for day in queries.package_days([2026])}
    actions.seed_holidays(office=office, years=[2026], by="Ana", at=NOW)
    christmas = queries.holidays_of(office).get(on=date(2026, 12, 25))
    Holiday.objects.filter(pk=christmas.pk).update(on=date(2026, 12, 28))

    before = client.get("/kalender/2026/").content.decode()
    after = client.post("/kalender/2026/isi/", follow=True)

    assert "dari 28 Desember ke 25 Desember 2026" in before
    said = [str(message) for message in after.context["messages"]]
    assert (
        f"{known[date(2026, 12, 25)].name} bergeser dari Senin, 28 Desember 2026 ke Jumat, 25 Desember 2026." in said
    )
    assert "Perbarui kalender" not in client.get("/kalender/2026/").content.decode()


@pytest.mark.django_db
def test_a_local_holiday_of_another_office_is_no_day_off_here() -> None:
    here, there = make_office(code="1701"), make_office(code="1702")
    friday = date(2026, 11, 27)
    make_holiday(there, friday, kind=Holiday.Kind.LOCAL, name="Hari Jadi Provinsi lain")

    assert queries.working_calendar(here).is_working_day(friday)
    assert not queries.working_calendar(there).is_working_day(friday)
    assert list(queries.holidays_of(here)) == []
    assert queries.considered(here).is_working_day(friday)
    assert queries.year_without_decree(here, date(2026, 11, 1)) is None  # its own calendar is empty


days_off = st.lists(
    st.builds(
        DayOff,
        st.dates(march(1), march(20)),
        st.sampled_from([EID, EID + SOON, SECOND, SHARED]),
        st.sampled_from(["public_holiday", "collective_leave"]),
    ),
    unique_by=lambda day: day.on,
    max_size=8,
)


@given(days_off, days_off)
def test_without_decrees_the_office_has_exactly_the_new_edition(package: list[DayOff], known: list[DayOff]) -> None:
    edition = compare(package, unconfirmed=known, own=(), taken=())

    gone = {*(move.old.on for move in edition.moved), *(day.on for day in edition.withdrawn)}
    new = [move.new for move in edition.moved] + list(edition.added)
    settled = {day.on: day for day in edition.settled}
    kept = [settled.get(day.on, day) for day in known if day.on not in gone]
    assert sorted([*kept, *new], key=lambda day: day.on) == sorted(package, key=lambda day: day.on)


@given(days_off, days_off, days_off)
def test_no_day_of_the_office_s_own_is_written_over(
    package: list[DayOff], known: list[DayOff], own: list[DayOff]
) -> None:
    taken = {day.on for day in own}
    known = [day for day in known if day.on not in taken]

    edition = compare(package, unconfirmed=known, own=own, taken=taken)

    assert not taken & {day.on for day in [*edition.added, *(move.new for move in edition.moved), *edition.settled]}
