from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.calendar.domain.periods import Period
from pegasus.calendar.domain.working_days import WorkingCalendar

days = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
calendars = st.frozensets(days, max_size=60).map(WorkingCalendar)


@given(calendars, days, st.integers(min_value=1, max_value=30))
def test_going_forth_and_back_returns_to_the_working_day_one_started_from(
    calendar: WorkingCalendar, day: date, steps: int
) -> None:
    start = calendar.on_or_after(day)

    assert calendar.add(calendar.add(start, steps), -steps) == start


@given(calendars, days, st.integers(min_value=1, max_value=30))
def test_a_task_due_n_working_days_later_counts_n_plus_the_first(
    calendar: WorkingCalendar, day: date, steps: int
) -> None:
    start = calendar.on_or_after(day)

    assert calendar.count(start, calendar.add(start, steps)) == steps + 1


@pytest.mark.parametrize("key", ["0000Q1", "9999Q4", "²026Q1", "2026Q²", "2026Q5", "2026", ""])
def test_a_period_that_no_office_has_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"is no period|there is no"):
        Period.parse(key)


@given(days)
def test_periods_follow_one_another_without_a_gap(day: date) -> None:
    for kind in ("quarter", "semester"):
        period = Period.of(day, kind)

        assert period.starts_on <= day <= period.ends_on
        assert (period.next.starts_on - period.ends_on).days == 1
        assert Period.parse(period.key) == period
        assert period.next.previous == period
