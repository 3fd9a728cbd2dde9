from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.domain.years import DayOff, months_of

years = st.integers(min_value=2000, max_value=2100)


@given(years, st.sets(st.integers(min_value=0, max_value=364), max_size=30))
def test_a_year_shows_each_day_once_under_its_weekday_and_counts_as_the_calendar_does(
    year: int, chosen: set[int]
) -> None:
    first = date(year, 1, 1)
    off = {day: DayOff(day, "Libur", "local") for day in (date.fromordinal(first.toordinal() + n) for n in chosen)}

    months = months_of(year, off)

    places = [(column, day.on) for m in months for week in m.weeks for column, day in enumerate(week) if day]
    ordinals = [on.toordinal() for _column, on in places]
    assert ordinals == list(range(first.toordinal(), date(year, 12, 31).toordinal() + 1))
    assert all(on.weekday() == column for column, on in places)
    assert all(len(week) == 7 for m in months for week in m.weeks)
    working = WorkingCalendar(frozenset(off)).between(first, date(year, 12, 31))
    assert sum(m.working_days for m in months) == len(working)


def test_a_day_that_the_moon_may_move_says_so() -> None:
    assert DayOff(date(2027, 3, 10), "Hari Raya Idul Fitri (perkiraan)", "public_holiday").is_estimated
    assert not DayOff(date(2026, 12, 25), "Hari Raya Natal", "public_holiday").is_estimated
