"""Dates as Indonesian offices write them, for documents and messages (screens use Django's own)."""

from datetime import date, datetime, timedelta

from babel.dates import format_date

LOCALE = "id"


def long_date(day: date) -> str:
    """Return `30 November 2026`."""
    return format_date(day, "d MMMM y", LOCALE)


def full_date(day: date) -> str:
    """Return `Senin, 30 November 2026`."""
    return format_date(day, "EEEE, d MMMM y", LOCALE)


def short_date(day: date) -> str:
    """Return `30 Nov`."""
    return format_date(day, "d MMM", LOCALE)


def padded_date(day: date) -> str:
    """Return `02 Januari 2025`, as an SOP writes its dates (Perka BPS 19/2013)."""
    return format_date(day, "dd MMMM y", LOCALE)


def month_name(number: int) -> str:
    """Return the name of a month from 1 to 12: `November`."""
    return format_date(date(2000, number, 1), "LLLL", LOCALE)


def moment(at: datetime) -> str:
    """Return `30 Nov 08.12` of a moment that is already in the office's zone."""
    return f"{short_date(at)} {at:%H.%M}"


def span(first: date, last: date) -> str:
    """Return `23–29 November 2026`: month and year once where they are the same, the dash without spaces (EYD)."""
    if first.year != last.year:
        return f"{long_date(first)}–{long_date(last)}"
    if first.month != last.month:
        return f"{format_date(first, 'd MMMM', LOCALE)}–{long_date(last)}"
    return f"{first.day}–{long_date(last)}"


def week_of(day: date) -> str:
    """Return `Minggu ke-48, 23–29 November 2026` (weeks of ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return f"Minggu ke-{day.isocalendar().week}, {span(monday, monday + timedelta(days=6))}"
