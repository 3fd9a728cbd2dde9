from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pegasus.calendar.domain.periods import Period
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.sop.domain.openings import BY_TIME, Terms, openings
from pegasus.sop.domain.standards import parse

PLAIN = WorkingCalendar(frozenset({date(2026, 12, 25), date(2027, 1, 1)}))
TERMS = Terms()
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def test_the_roster_opens_ten_working_days_before_the_quarter_and_is_due_three_later() -> None:
    found = openings("roster", parse("3 Hari Kerja"), PLAIN, TERMS, since=date(2026, 10, 1), today=date(2026, 12, 18))

    assert [(o.subject, o.period, o.opens_on, o.due_on) for o in found] == [
        ("period:2026Q4", "2026Q4", date(2026, 10, 1), date(2026, 10, 6)),
        ("period:2027Q1", "2027Q1", date(2026, 12, 17), date(2026, 12, 22)),
    ]


def test_the_quarters_report_opens_on_the_first_working_day_after_it() -> None:
    found = openings("quarter", parse("5 Hari Kerja"), PLAIN, TERMS, since=date(2026, 10, 1), today=date(2027, 1, 4))

    assert [(o.subject, o.period, o.opens_on, o.due_on) for o in found] == [
        ("period:2026Q4", "2026Q4", date(2027, 1, 4), date(2027, 1, 11))
    ]


def test_the_semesters_report_counts_in_the_quarter_in_which_the_semester_ends() -> None:
    found = openings("semester", parse("Semesteran"), PLAIN, TERMS, since=date(2026, 10, 1), today=date(2027, 1, 4))

    assert [(o.subject, o.period, o.opens_on, o.due_on) for o in found] == [
        ("period:2026S2", "2026Q4", date(2027, 1, 4), date(2027, 2, 1))
    ]


def test_an_sop_taken_up_within_a_quarter_begins_with_that_quarters_roster() -> None:
    found = openings("roster", parse("3 Hari Kerja"), PLAIN, TERMS, since=date(2026, 11, 21), today=date(2026, 11, 23))

    assert [(o.subject, o.opens_on, o.due_on) for o in found] == [
        ("period:2026Q4", date(2026, 11, 23), date(2026, 11, 26))
    ]


def test_an_office_may_plan_by_the_semester() -> None:
    terms = Terms(roster_period="semester", roster_lead_days=5)

    found = openings("roster", parse("3 Hari Kerja"), PLAIN, terms, since=date(2026, 12, 1), today=date(2026, 12, 28))

    assert [o.subject for o in found] == ["period:2026S2", "period:2027S1"]


def test_a_months_task_lasts_until_the_months_last_working_day() -> None:
    found = openings(
        "monthly", parse("1 Hari Kerja"), PLAIN, TERMS, since=date(2026, 10, 15), today=date(2026, 11, 23)
    )

    assert [(o.subject, o.period, o.opens_on, o.due_on) for o in found] == [
        ("month:2026-10", "2026Q4", date(2026, 10, 15), date(2026, 10, 30)),
        ("month:2026-11", "2026Q4", date(2026, 11, 2), date(2026, 11, 30)),
    ]


def test_a_years_list_takes_a_week() -> None:
    found = openings("yearly", parse("1 Minggu"), PLAIN, TERMS, since=date(2026, 10, 15), today=date(2027, 1, 4))

    assert [(o.subject, o.period, o.opens_on, o.due_on) for o in found] == [
        ("year:2026", "2026Q4", date(2026, 10, 15), date(2026, 10, 22)),
        ("year:2027", "2027Q1", date(2027, 1, 4), date(2027, 1, 11)),
    ]


@given(st.sampled_from(BY_TIME), DAYS, DAYS, st.frozensets(DAYS, max_size=40), st.integers(1, 30))
def test_openings_are_whole(rhythm: str, one: date, other: date, off: frozenset[date], lead: int) -> None:
    since, today = sorted((one, other))
    calendar = WorkingCalendar(off)

    found = openings(rhythm, parse("5 Hari Kerja"), calendar, Terms(roster_lead_days=lead), since=since, today=today)

    assert len({o.subject for o in found}) == len(found)
    for opening in found:
        assert opening.opens_on <= opening.due_on
        assert opening.opens_on >= since
        assert calendar.is_working_day(opening.opens_on)
        assert Period.parse(opening.period).kind == "quarter"


@given(st.sampled_from(BY_TIME), DAYS, st.integers(0, 200), st.integers(0, 200))
def test_looking_later_keeps_what_was_open(rhythm: str, since: date, first: int, more: int) -> None:
    today = date.fromordinal(since.toordinal() + first)
    later = date.fromordinal(today.toordinal() + more)

    before = openings(rhythm, parse("5 Hari Kerja"), PLAIN, TERMS, since=since, today=today)
    after = openings(rhythm, parse("5 Hari Kerja"), PLAIN, TERMS, since=since, today=later)

    assert set(before) <= set(after)
