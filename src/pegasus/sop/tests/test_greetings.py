"""The tasks of birthdays: a card and a posting each, once, on the right days, for those who may be greeted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_employee

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.people import actions as people
from pegasus.people.domain.birthdays import Celebrated, birthday_in
from pegasus.people.models import Employee
from pegasus.sop import actions, queries
from pegasus.sop.domain.greetings import Rule, greetings, horizon, of_subject, opening_of, posting_day
from pegasus.sop.models import Task
from pegasus.sop.tests.builders import make_office_with_sop

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday
HOLIDAYS = WorkingCalendar(frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}))
rules = st.sampled_from(["same_day", "before", "after"])
births = st.dates(date(1950, 1, 1), date(2005, 12, 31)) | st.just(date(1992, 2, 29))
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
Born = list[date]


def _people(born: Born) -> list[Celebrated]:
    return [Celebrated(pk, f"Pegawai {pk}", day, date(2000, 1, 1)) for pk, day in enumerate(born, 1)]


@given(st.lists(births, max_size=8), days, rules)
def test_every_birthday_of_a_year_is_posted_once_also_that_of_a_leap_day(born: Born, first: date, rule: Rule) -> None:
    last = first + timedelta(days=3 * 365)

    found = greetings(_people(born), HOLIDAYS, rule, first=first, last=last)

    subjects = [one.subject for one in found]
    assert len(subjects) == len(set(subjects))
    assert all(first <= one.posts_on <= last for one in found)
    for person in _people(born):
        years = {one.birthday.year for one in found if one.person == person}
        assert set(range(first.year + 1, last.year)) <= years
    assert all(one.birthday == birthday_in(one.birthday.year, one.person.born_on) for one in found)


@given(days, rules)
def test_a_card_is_posted_on_the_very_day_or_on_the_working_day_beside_it(birthday: date, rule: Rule) -> None:
    day = posting_day(birthday, HOLIDAYS, rule)

    assert rule == "same_day" or HOLIDAYS.is_working_day(day)
    assert day <= birthday if rule == "before" else day >= birthday
    assert day == birthday or not HOLIDAYS.is_working_day(birthday)


@given(births, days, days, rules)
def test_the_card_is_due_a_working_day_before_it_is_posted(born: date, first: date, today: date, rule: Rule) -> None:
    for one in greetings(_people([born]), HOLIDAYS, rule, first=first, last=first + timedelta(days=400)):
        card = opening_of(one, "card", HOLIDAYS, today=today)
        posting = opening_of(one, "posting", HOLIDAYS, today=today)

        if today < card.due_on:
            assert HOLIDAYS.is_working_day(card.due_on)
            assert card.due_on < posting.opens_on == one.posts_on
        assert min(card.opens_on, posting.opens_on) >= today
        assert of_subject(one.subject) == (1, one.birthday.year)


@given(days)
def test_the_whole_next_month_can_be_prepared(today: date) -> None:
    last = horizon(today)

    assert (last + timedelta(days=1)).day == 1
    assert (last.year * 12 + last.month) - (today.year * 12 + today.month) == 1


@pytest.mark.parametrize("subject", ["duty:4", "birthday:x:2026", "birthday:4", "period:2026Q4", "birthday::"])
def test_other_subjects_are_no_birthdays(subject: str) -> None:
    assert of_subject(subject) is None


@pytest.mark.django_db
def test_birthdays_open_a_card_and_a_posting_each_and_only_once() -> None:
    office = make_office_with_sop("bgc", at=datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    agent = make_employee(office, roles=("ca",))
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1990, 12, 9))
    make_employee(office, name="Tanpa Tanggal")
    make_employee(office, name="Sudah Pergi", birth_date=date(1960, 12, 1), active_until=date(2026, 11, 1))
    make_employee(office, name="Tidak Berkenan", birth_date=date(1990, 12, 9), greeting_declined_at=NOW)
    make_employee(office, name="Jauh", birth_date=date(1990, 2, 9))

    actions.open_period_tasks(office=office, at=NOW)
    again = actions.open_period_tasks(office=office, at=NOW + timedelta(hours=1))

    card, posting = queries.greeting_tasks(office)
    assert again == []
    assert (card.subject, card.label, card.owner, card.part) == (
        f"birthday:{sari.pk}:2026",
        "Ulang tahun Sari Wulandari",
        agent,
        "",
    )
    assert (card.opens_at, card.due_at) == (_wib(2026, 12, 8, 0, 0, 0), _wib(2026, 12, 8, 23, 59, 59))
    assert (posting.activity.number, posting.part, posting.subject) == (4, "group", card.subject)
    assert (posting.opens_at, posting.due_at) == (_wib(2026, 12, 9, 0, 0, 0), _wib(2026, 12, 9, 23, 59, 59))
    assert set(queries.tasks_of(office).exclude(pk__in=[card.pk, posting.pk]).values_list("subject", flat=True)) == {
        "year:2026"
    }


def _wib(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC) - timedelta(hours=7)  # type: ignore[misc,arg-type] # a moment's numbers


@pytest.mark.django_db
def test_what_was_learned_on_the_day_itself_is_due_today_and_stays_late_tomorrow() -> None:
    office = make_office_with_sop("bgc", at=datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    make_employee(office, name="Sari Wulandari", birth_date=date(1990, 11, 23))
    make_employee(office, name="Terlewat", birth_date=date(1990, 11, 22))

    actions.open_period_tasks(office=office, at=NOW)
    actions.open_period_tasks(office=office, at=NOW + timedelta(days=1))

    assert [task.due_at for task in queries.greeting_tasks(office)] == [_wib(2026, 11, 23, 23, 59, 59)] * 2


@pytest.mark.django_db
def test_who_leaves_or_objects_is_let_go_and_taken_up_again() -> None:
    office = make_office_with_sop("bgc", at=datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    sari = make_employee(office, name="Sari Wulandari", birth_date=date(1990, 12, 9))
    bayu = make_employee(office, name="Bayu Pratama", birth_date=date(1990, 12, 9))
    actions.open_period_tasks(office=office, at=NOW)

    people.set_greeting(employee=sari, wanted=False, by="Sari", at=NOW)
    people.change_employee(employee=bayu, active_until=date(2026, 12, 1), by="Dewi", at=NOW)
    actions.open_period_tasks(office=office, at=NOW)
    gone = [task.outcome for task in queries.greeting_tasks(office)]
    people.set_greeting(employee=sari, wanted=True, by="Sari", at=NOW)
    actions.open_period_tasks(office=office, at=NOW)

    assert gone == [Task.Outcome.NOT_NEEDED] * 4
    assert {(task.subject, task.outcome) for task in queries.greeting_tasks(office)} == {
        (f"birthday:{sari.pk}:2026", ""),
        (f"birthday:{bayu.pk}:2026", "not_needed"),
    }


@pytest.mark.django_db
def test_the_months_give_way_once_birthdays_are_known() -> None:
    office = make_office_with_sop("bgc", at=datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    actions.open_period_tasks(office=office, at=NOW)
    months = list(queries.month_tasks(office).values_list("subject", "activity__number"))

    make_employee(office, birth_date=date(1990, 12, 9))
    actions.open_period_tasks(office=office, at=NOW)

    assert months == [("month:2026-11", 3), ("month:2026-11", 4)]
    assert not queries.month_tasks(office).exists()
    assert queries.greeting_tasks(office).count() == 2


@pytest.mark.django_db
def test_a_moved_holiday_moves_what_has_not_begun() -> None:
    office = make_office_with_sop("bgc", at=datetime(2026, 11, 2, 1, 0, tzinfo=UTC), birthday_posting="before")
    make_employee(office, birth_date=date(1990, 12, 9))
    actions.open_period_tasks(office=office, at=NOW)
    calendar = WorkingCalendar(frozenset({date(2026, 12, 9)}))

    moved = queries.moved_by(office, NOW, calendar)

    assert [one.due_at for one in moved if one.part == "group"] == [_wib(2026, 12, 8, 23, 59, 59)]


@pytest.mark.django_db
def test_a_transfer_takes_birthday_and_objection_along() -> None:
    office, other = make_office_with_sop("bgc"), make_office_with_sop("bgc")
    make_employee(office, roles=("ca",))
    person = make_employee(office, name="Sari", birth_date=date(1990, 12, 9), greeting_declined_at=NOW, nip="1")
    Employee.objects.create(office=other, name="Sari", nip="1", active_until=date(2020, 1, 1))

    offer = people.offer_transfer(employee=person, to_office=other, last_day=date(2026, 11, 30), by="Dewi", at=NOW)
    new = people.accept_transfer(transfer=offer, by="Rina", at=NOW)

    assert (new.office, new.birth_date, new.greeting_declined_at) == (other, date(1990, 12, 9), NOW)
