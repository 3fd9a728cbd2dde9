"""A year as an office sees it: months, weeks, days, and what each day is."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pegasus.calendar.domain.working_days import SATURDAY

Kind = Literal["public_holiday", "collective_leave", "local"]
State = Literal["working", "weekend", "public_holiday", "collective_leave", "local"]
WEEK = 7
ESTIMATED = "(perkiraan)"


@dataclass(frozen=True)
class DayOff:
    """A day on which the office does not work, and why."""

    on: date
    name: str
    kind: Kind

    @property
    def is_estimated(self) -> bool:
        """Tell whether the moon may still move this day."""
        return ESTIMATED in self.name


@dataclass(frozen=True)
class Day:
    """One day of a month."""

    on: date
    state: State
    off: DayOff | None = None


@dataclass(frozen=True)
class Month:
    """One month: weeks from Monday to Sunday, empty places where other months are."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    days_off: tuple[DayOff, ...]
    working_days: int


def months_of(year: int, days_off: Mapping[date, DayOff]) -> list[Month]:
    """Return the twelve months of a year."""
    return [_month(date(year, month, 1), days_off) for month in range(1, 13)]


def state_of(day: date, days_off: Mapping[date, DayOff]) -> State:
    """Tell what a day is; a holiday on a Sunday is still a holiday."""
    if day in days_off:
        return days_off[day].kind
    return "weekend" if day.weekday() >= SATURDAY else "working"


def _month(first: date, days_off: Mapping[date, DayOff]) -> Month:
    length = monthrange(first.year, first.month)[1]
    dates = [first + timedelta(days=n) for n in range(length)]
    days = [Day(on, state_of(on, days_off), days_off.get(on)) for on in dates]
    places = [None] * first.weekday() + days + [None] * (-(first.weekday() + length) % WEEK)
    return Month(
        first=first,
        weeks=tuple(tuple(places[at : at + WEEK]) for at in range(0, len(places), WEEK)),
        days_off=tuple(day.off for day in days if day.off),
        working_days=sum(day.state == "working" for day in days),
    )
