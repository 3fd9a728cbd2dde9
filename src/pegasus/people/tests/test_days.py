from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.people.domain import days
from pegasus.people.domain.days import EARLIEST, LATEST, Span

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
some_day = st.dates(EARLIEST, LATEST)
OCTOBER_12 = Span(date(2026, 10, 12), date(2026, 10, 12))


@pytest.mark.parametrize(
    "written",
    [
        *("2026-10-12", "2026-10-12 00:00:00", "2026/10/12", "12/10/2026", "12-10-2026", "12.10.26", "12/10/26"),
        *(
            "12 Oktober 2026",
            "Senin, 12 Oktober 2026",
            "12 Okt 2026",
            "12-Okt-26",
            "12 Oct. 2026",
            " 12 OKTOBER 2026 ",
        ),
        *(46307.0, "46307", 20261012.0, "20261012"),
    ],
)
def test_one_day_is_read_in_every_usual_spelling(written: str | float) -> None:
    assert days.read(written) == OCTOBER_12


@pytest.mark.parametrize(
    "written",
    [
        *("12-14 Oktober 2026", "12–14 Oktober 2026", "12 s.d. 14 Oktober 2026", "12 s/d 14 Okt 2026"),
        *("12 sampai dengan 14 Oktober 2026", "12/10/2026 - 14/10/2026", "2026-10-12 s.d. 2026-10-14"),
        *("Senin, 12 Oktober 2026 hingga Rabu, 14 Oktober 2026", "12 Okt - 14 Okt 2026"),
    ],
)
def test_two_days_may_stand_in_one_cell(written: str) -> None:
    assert days.read(written) == Span(date(2026, 10, 12), date(2026, 10, 14))


def test_a_span_may_cross_a_month() -> None:
    assert days.read("28 September - 3 Oktober 2026") == Span(date(2026, 9, 28), date(2026, 10, 3))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("31/02/2026", "impossible"),
        ("minggu depan", "unreadable"),
        ("12 Oktober", "unreadable"),
        ("12", "unreadable"),
        (2026.0, "unreadable"),
        ("12/10/1965", "far"),
        (20000.0, "far"),
        ("12/10/2226", "far"),
        ("12 - 13 - 14 Oktober 2026", "unreadable"),
        (1e300, "unreadable"),
    ],
)
def test_what_is_no_day_says_what_is_wrong(written: str | float, problem: str) -> None:
    assert days.read(written) == Span(problem=problem)  # type: ignore[arg-type] # the table above has only known words


@given(some_day)
def test_every_day_survives_every_spelling(day: date) -> None:
    spellings: list[str | float] = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        float((day - days.EPOCH).days),
    ]

    assert [days.read(written) for written in spellings] == [Span(day, day)] * 4


@given(st.text(max_size=40) | st.floats())
def test_any_cell_gives_days_in_order_of_time_or_a_problem(written: str | float) -> None:
    span = days.read(written)

    assert span.problem is None or (span.first, span.last) == (None, None)


@given(some_day, st.integers(0, 300))
def test_a_span_survives_its_spelling(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), LATEST)

    assert days.read(f"{first.isoformat()} s.d. {last.isoformat()}") == Span(first, last)


def test_the_month_stands_first_only_where_it_must() -> None:
    assert days.are_month_first(["10/25/2026", "10/05/2026"]) is True
    assert days.are_month_first(["25/10/2026", "10/25/2026"]) is False
    assert days.are_month_first(["05/10/2026", "", 46307.0]) is False
    assert days.read("10/05/2026", month_first=True).first == date(2026, 10, 5)
