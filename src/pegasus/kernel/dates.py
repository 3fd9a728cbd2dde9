"""Dates as Indonesian offices write them, for documents and messages (screens use Django's own)."""

from datetime import date, datetime, timedelta

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def long_date(day: date) -> str:
    """Return `30 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day: date) -> str:
    """Return `Senin, 30 November 2026`."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def short_date(day: date) -> str:
    """Return `30 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def moment(at: datetime) -> str:
    """Return `30 Nov 08.12` of a moment that is already in the office's zone."""
    return f"{short_date(at)} {at:%H.%M}"


def span(first: date, last: date) -> str:
    """Return `23–29 November 2026`: month and year once where they are the same, the dash without spaces (EYD)."""
    if first.year != last.year:
        return f"{long_date(first)}–{long_date(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]}–{long_date(last)}"
    return f"{first.day}–{long_date(last)}"


def week_of(day: date) -> str:
    """Return `Minggu ke-48, 23–29 November 2026` (weeks of ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return f"Minggu ke-{day.isocalendar().week}, {span(monday, monday + timedelta(days=6))}"
