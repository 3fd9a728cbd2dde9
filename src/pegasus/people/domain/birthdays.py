"""Birthdays as days of a year. The year of birth is nobody's business: only day and month leave this module."""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class Celebrated:
    """Somebody whose birthday is kept while they work here."""

    pk: int
    name: str
    born_on: date
    active_from: date
    active_until: date | None = None

    def birthdays_between(self, first: date, last: date) -> Iterator[date]:
        """Yield the birthdays of a period that fall into their time in the office."""
        until = last if self.active_until is None else min(last, self.active_until)
        return birthdays_between(self.born_on, max(first, self.active_from), until)


def birthday_in(year: int, born_on: date) -> date:
    """Return the day on which a birthday is kept in a year; one of 29 February is kept on the 28th in common years."""
    if (born_on.month, born_on.day) == LEAP_DAY and not isleap(year):
        return date(year, 2, 28)
    return born_on.replace(year=year)


def next_birthday(born_on: date, today: date) -> date:
    """Return the next birthday, today's included."""
    this_year = birthday_in(today.year, born_on)
    return this_year if this_year >= today else birthday_in(today.year + 1, born_on)


def birthdays_between(born_on: date, first: date, last: date) -> Iterator[date]:
    """Yield the days from first to last on which a birthday is kept; not before the birth."""
    for year in range(first.year, last.year + 1):
        day = birthday_in(year, born_on)
        if first <= day <= last and day > born_on:
            yield day
