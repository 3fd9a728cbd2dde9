from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.calendar.domain.deadlines import end_of_day, posting_day, reminder_day, start_of_day
from pegasus.calendar.domain.working_days import WorkingCalendar

days = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
mondays = days.map(lambda day: day - timedelta(days=day.weekday()))
weekdays = st.integers(min_value=0, max_value=4)
zones = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
# Lebaran 2025: the week of 31 March had no working day; 2026: Monday 16 March to Wednesday 25 March had two.
LEBARAN_2025 = WorkingCalendar(frozenset(date(2025, 3, 31) + timedelta(days=n) for n in range(8)))
LEBARAN_2026 = WorkingCalendar(frozenset(date(2026, 3, day) for day in (18, 19, 20, 21, 22, 23, 24)))


@st.composite
def weeks_with_holidays(draw: st.DrawFn) -> tuple[date, WorkingCalendar]:
    monday = draw(mondays)
    off = draw(st.sets(st.integers(min_value=0, max_value=6)))
    return monday, WorkingCalendar(frozenset(monday + timedelta(days=n) for n in off))


@given(weeks_with_holidays(), weekdays)
def test_the_posting_day_is_a_working_day_of_its_week_and_missing_only_when_there_is_none(
    week: tuple[date, WorkingCalendar], weekday: int
) -> None:
    monday, calendar = week
    working = calendar.between(monday, monday + timedelta(days=6))

    found = posting_day(calendar, monday, weekday)

    assert (found is None) == (not working)
    assert found is None or found in working


@given(weeks_with_holidays(), weekdays)
def test_a_posting_day_is_never_later_than_it_must_be(week: tuple[date, WorkingCalendar], weekday: int) -> None:
    monday, calendar = week
    wanted = monday + timedelta(days=weekday)

    found = posting_day(calendar, monday, weekday)

    if found is not None and found >= wanted:
        assert calendar.between(wanted, found) == [found]
    elif found is not None:
        assert calendar.between(found, monday + timedelta(days=6)) == [found]


def test_a_week_without_working_days_has_no_posting_day() -> None:
    assert posting_day(LEBARAN_2025, date(2025, 3, 31), 0) is None
    assert posting_day(LEBARAN_2025, date(2025, 4, 7), 0) == date(2025, 4, 8)


@given(st.frozensets(days, max_size=60).map(WorkingCalendar), days, st.sampled_from(["working", "calendar"]))
def test_reminders_come_on_working_days_in_order_before_posting(
    calendar: WorkingCalendar, day: date, counting: str
) -> None:
    posts_on = calendar.on_or_after(day)

    first, second = (reminder_day(calendar, posts_on, n, counting) for n in (5, 3))

    assert first <= second < posts_on
    assert calendar.is_working_day(first)
    assert calendar.is_working_day(second)


@pytest.mark.parametrize(
    ("counting", "first", "second"),
    [
        ("working", date(2026, 3, 16), date(2026, 3, 25)),
        ("calendar", date(2026, 3, 25), date(2026, 3, 27)),
    ],
)
def test_the_two_ways_of_counting_around_lebaran_2026(counting: str, first: date, second: date) -> None:
    posts_on = date(2026, 3, 30)

    found = [reminder_day(LEBARAN_2026, posts_on, n, counting) for n in (5, 3)]

    assert found == [first, second]


def test_a_day_has_the_edges_of_the_office_s_own_zone() -> None:
    day = date(2026, 11, 23)

    assert start_of_day(day, "Asia/Jakarta") == datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert end_of_day(day, "Asia/Jayapura") == datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC)


@given(days, zones)
def test_one_second_after_the_end_of_a_day_the_next_begins(day: date, zone: str) -> None:
    assert end_of_day(day, zone) + timedelta(seconds=1) == start_of_day(day + timedelta(days=1), zone)
