from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.kernel import dates

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_is_written_as_indonesian_offices_write_it(day: date) -> None:
    month = MONTHS[day.month - 1]

    assert dates.month_name(day.month) == month
    assert dates.long_date(day) == f"{day.day} {month} {day.year}"
    assert dates.full_date(day) == f"{DAYS[day.weekday()]}, {day.day} {month} {day.year}"
    assert dates.short_date(day) == f"{day.day} {month[:3]}"
    assert dates.padded_date(day) == f"{day.day:02d} {month} {day.year}"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23–29 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November–6 Desember 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Desember 2026–3 Januari 2027"),
    ],
)
def test_a_span_says_month_and_year_once(first: date, last: date, written: str) -> None:
    assert dates.span(first, last) == written
    assert dates.week_of(last) == f"Minggu ke-{first.isocalendar().week}, {written}"


def test_a_moment_has_its_hour() -> None:
    assert dates.moment(datetime(2026, 11, 30, 8, 12, tzinfo=UTC)) == "30 Nov 08.12"
