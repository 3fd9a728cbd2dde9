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
        *("１２／１０／２０２６", "１２　Ｏｋｔｏｂｅｒ　２０２６", "２０２６－１０－１２", "١٢/١٠/٢٠٢٦"),
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


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("28 Desember s.d. 3 Januari 2027", "2026-12-28", "2027-01-03"),
        ("28 Desember 2026 s.d. 3 Januari", "2026-12-28", "2027-01-03"),
        ("28/12 s.d. 3/1/2027", "2026-12-28", "2027-01-03"),
        ("31 Des 2026 - 2 Jan 2027", "2026-12-31", "2027-01-02"),
        ("31 Des 2026-2 Jan 2027", "2026-12-31", "2027-01-02"),
        ("31/12/2026–02/01/2027", "2026-12-31", "2027-01-02"),
        ("30 s.d. 2 Oktober 2026", "2026-09-30", "2026-10-02"),
        ("30 s/d 2 Januari 2027", "2026-12-30", "2027-01-02"),
        ("12-14/10/2026", "2026-10-12", "2026-10-14"),
        ("12/10 - 14/10/2026", "2026-10-12", "2026-10-14"),
        ("12-14-10-2026", "2026-10-12", "2026-10-14"),
        ("1 Agt 2026", "2026-08-01", "2026-08-01"),
        ("1 Agt. s/d 3 Sept. 2026", "2026-08-01", "2026-09-03"),
        ("1 Peb hingga 2 Mrt 2027", "2027-02-01", "2027-03-02"),
        ("Oct 30 to Nov 2, 2026", "2026-10-30", "2026-11-02"),
        ("October 12 – 14, 2026", "2026-10-12", "2026-10-14"),
        ("2026-10-12 08:00 - 2026-10-14 17:00", "2026-10-12", "2026-10-14"),
        ("2026-10-12T08:00:00+07:00", "2026-10-12", "2026-10-12"),
        ("12/10/2026, 08.00.00", "2026-10-12", "2026-10-12"),
        ("Senin s.d. Rabu, 12 s.d. 14 Oktober 2026", "2026-10-12", "2026-10-14"),
        ("Tgl. 12-14 Oktober 2026 (3 hari)", "2026-10-12", "2026-10-14"),
        ("12, 13 dan 14 Oktober 2026", "2026-10-12", "2026-10-14"),
    ],
)
def test_what_one_day_leaves_out_the_other_says(written: str, first: str, last: str) -> None:
    assert days.read(written) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("12, 13 dan 15 Oktober 2026", [("2026-10-12", "2026-10-13"), ("2026-10-15", "2026-10-15")]),
        (
            "1 s.d. 3, 5 & 7-8 Okt 2026",
            [("2026-10-01", "2026-10-03"), ("2026-10-05", "2026-10-05"), ("2026-10-07", "2026-10-08")],
        ),
        ("30 Desember, 2 Januari 2027", [("2026-12-30", "2026-12-30"), ("2027-01-02", "2027-01-02")]),
        ("12-14 Okt 2026\n2 November 2026", [("2026-10-12", "2026-10-14"), ("2026-11-02", "2026-11-02")]),
    ],
)
def test_several_days_may_stand_in_one_cell(written: str, spans: list[tuple[str, str]]) -> None:
    found = days.read_all(written)

    assert [(first.isoformat(), last.isoformat()) for first, last in found.spans] == spans


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("14 Oktober 2026 s.d. 12 Oktober 2026", "backwards"),
        ("15, 12 Oktober 2026", "backwards"),
        ("28 Desember 2026 s.d. 3", "backwards"),
        ("31 s.d. 2 Oktober 2026", "impossible"),
        ("12-15", "unreadable"),
        ("s.d. 14 Oktober", "unreadable"),
        ("12 Oktober 2026 atau lusa", "unreadable"),
        ("1-" * 200, "unreadable"),
    ],
)
def test_days_that_nobody_can_be_sure_of_are_refused(written: str, problem: str) -> None:
    assert days.read_all(written).spans == ()
    assert days.read_all(written).problem == problem


@given(st.lists(some_day, min_size=1, max_size=4))
def test_a_list_of_whole_days_is_read_whole(listed: list[date]) -> None:
    found = days.read_all(", ".join(f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in listed))

    assert {first + timedelta(days=n) for first, last in found.spans for n in range((last - first).days + 1)} == set(
        listed
    )


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
    assert all(first <= last for first, last in days.read_all(written).spans)


@given(some_day, st.integers(0, 300))
def test_a_span_survives_its_spelling(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), LATEST)

    assert days.read(f"{first.isoformat()} s.d. {last.isoformat()}") == Span(first, last)


def test_the_month_stands_first_only_where_it_must() -> None:
    assert days.are_month_first(["10/25/2026", "10/05/2026"]) is True
    assert days.are_month_first(["25/10/2026", "10/25/2026"]) is False
    assert days.are_month_first(["05/10/2026", "", 46307.0]) is False
    assert days.are_month_first(["10/25/2026-10/27/2026", "10/26/26"]) is True
    assert days.are_month_first(["12-14/10/2026", "12-14-10-26", "05/10/2026"]) is False
    assert days.read("10/05/2026", month_first=True).first == date(2026, 10, 5)
