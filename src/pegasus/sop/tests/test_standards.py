from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.sop.domain.standards import Counting, TimeStandard, UnreadableStandard, due_on, parse, took, write

PLAIN = WorkingCalendar()
MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
OFF = st.frozensets(DAYS, max_size=60)
COUNTED = st.sampled_from([Counting.FIRST_DAY, Counting.DAY_AFTER])
AMOUNTS = st.builds(
    lambda unit, least, more: TimeStandard(unit, least, least + more),
    st.sampled_from(["minutes", "hours", "working_days", "weeks"]),
    st.integers(1, 40),
    st.integers(0, 9),
)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "unit", "least", "most"),
    [
        ("3 Hari Kerja", "working_days", 3, 3),
        ("3-5 Hari Kerja", "working_days", 3, 5),
        ("3 – 5 hari kerja", "working_days", 3, 5),
        ("30 Menit", "minutes", 30, 30),
        ("2 Jam", "hours", 2, 2),
        ("1 Minggu", "weeks", 1, 1),
        ("Semesteran", "frequency", None, None),
    ],
)
def test_the_words_of_the_sop_are_read(text: str, unit: str, least: int | None, most: int | None) -> None:
    standard = parse(text)

    assert (standard.unit, standard.least, standard.most) == (unit, least, most)


@pytest.mark.parametrize("text", ["", "  ", "3", "3 Kali", "5-3 Hari Kerja", "0 Hari Kerja", "tiga 3 hari"])
def test_a_text_without_a_time_is_refused(text: str) -> None:
    with pytest.raises(UnreadableStandard):
        parse(text)


@given(AMOUNTS)
def test_what_is_written_is_read_back(standard: TimeStandard) -> None:
    again = parse(write(standard))

    assert (again.unit, again.least, again.most) == (standard.unit, standard.least, standard.most)


def test_three_working_days_after_the_quarter_end_on_thursday() -> None:
    standard = parse("3 Hari Kerja")

    due = due_on(standard, MONDAY, PLAIN, counting=Counting.DAY_AFTER)

    assert due == date(2026, 11, 26)


def test_three_working_days_of_design_from_monday_end_on_wednesday() -> None:
    standard = parse("3 Hari Kerja")

    due = due_on(standard, MONDAY, PLAIN, counting=Counting.FIRST_DAY)

    assert due == date(2026, 11, 25)


@given(DAYS, OFF, st.integers(1, 20), st.sampled_from(["working_days", "weeks"]), COUNTED)
def test_closing_on_the_last_day_takes_exactly_the_standard(
    day: date, off: frozenset[date], amount: int, unit: str, counting: Counting
) -> None:
    calendar = WorkingCalendar(off)
    standard = TimeStandard(unit, amount, amount)
    opens = calendar.on_or_after(day)

    due = due_on(standard, opens, calendar, counting=counting)

    assert took(standard, noon(opens), noon(due), calendar, zone="Asia/Jakarta", counting=counting) == standard.limit


@given(DAYS, OFF, st.integers(1, 20), st.integers(0, 60), COUNTED)
def test_a_working_day_is_late_exactly_when_it_is_over_the_standard(
    day: date, off: frozenset[date], amount: int, later: int, counting: Counting
) -> None:
    calendar = WorkingCalendar(off)
    standard = TimeStandard("working_days", amount, amount)
    opens, closed = calendar.on_or_after(day), calendar.on_or_after(day + timedelta(days=later))

    due = due_on(standard, opens, calendar, counting=counting)
    actual = took(standard, noon(opens), noon(closed), calendar, zone="Asia/Jakarta", counting=counting)

    assert actual is not None
    assert standard.allows(actual) == (closed <= due)


def test_minutes_are_counted_begun() -> None:
    standard = parse("30 Menit")
    opened = noon(MONDAY)

    actual = took(
        standard, opened, opened + timedelta(minutes=29, seconds=1), PLAIN, zone="Asia/Jakarta",
        counting=Counting.FIRST_DAY,
    )  # fmt: skip

    assert actual == 30


def test_a_card_sent_before_its_task_opened_took_no_day() -> None:
    closed = noon(MONDAY)
    opened = closed + timedelta(days=2)

    actual = took(parse("3 Hari Kerja"), opened, closed, PLAIN, zone="Asia/Jakarta", counting=Counting.FIRST_DAY)

    assert actual == 0


def test_a_frequency_is_not_measured() -> None:
    actual = took(
        parse("Semesteran"), noon(MONDAY), noon(MONDAY), PLAIN, zone="Asia/Jakarta", counting=Counting.NOT_AT_ALL
    )

    assert actual is None
