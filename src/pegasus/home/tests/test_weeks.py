from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.home.domain.weeks import Week, state_of
from pegasus.home.templatetags.home import first_name, span

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
moments = st.datetimes(timezones=st.just(UTC))


@given(days)
def test_a_day_lies_in_its_week_and_weeks_follow_without_a_gap(day: date) -> None:
    week = Week.of(day)

    assert week.monday <= day <= week.sunday
    assert week.monday.weekday() == 0
    assert week.next.monday - week.sunday == timedelta(days=1)
    assert week.number == day.isocalendar().week


@given(moments, moments, moments)
def test_a_closed_task_is_done_and_an_open_one_is_late_only_past_its_due_time(
    opens_at: datetime, due_at: datetime, at: datetime
) -> None:
    assert state_of(opens_at=opens_at, due_at=due_at, closed_at=at, at=at) == "done"
    assert (state_of(opens_at=opens_at, due_at=due_at, closed_at=None, at=at) == "late") == (at > due_at)


@pytest.mark.parametrize(
    ("monday", "words"),
    [
        (date(2026, 11, 23), "23–29 November 2026"),
        (date(2026, 11, 30), "30 November – 6 Desember 2026"),
        (date(2026, 12, 28), "28 Desember 2026 – 3 Januari 2027"),
    ],
)
def test_a_week_is_written_as_people_write_it(monday: date, words: str) -> None:
    assert span(Week(monday)) == words


@pytest.mark.parametrize(("name", "word"), [("Bayu Pratama", "Bayu"), ("M. Fajar", "Fajar"), ("A", "A")])
def test_people_are_greeted_by_their_first_real_word(name: str, word: str) -> None:
    assert first_name(name) == word
