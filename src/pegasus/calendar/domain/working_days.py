"""Working-day arithmetic: Monday to Friday without public holidays and collective leave (Perpres 21/2023)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)
FARTHEST = 400  # days searched before giving up: no office rests for more than a year


class NoWorkingDay(Exception):
    """There is no working day within reach."""


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off of one office."""

    days_off: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on a day."""
        return day.weekday() < SATURDAY and day not in self.days_off

    def on_or_after(self, day: date) -> date:
        """Return the first working day from `day` on."""
        return self._seek(day, DAY)

    def on_or_before(self, day: date) -> date:
        """Return the last working day up to `day`."""
        return self._seek(day, -DAY)

    def add(self, day: date, working_days: int) -> date:
        """Return the day `working_days` working days after `day` (before it when negative); 0 stays."""
        step = DAY if working_days > 0 else -DAY
        for _ in range(abs(working_days)):
            day = self._seek(day + step, step)
        return day

    def between(self, first: date, last: date) -> list[date]:
        """Return the working days from `first` to `last`, both included."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.is_working_day(day)]

    def count(self, start: date, end: date) -> int:
        """Return how many working days a task took that was opened on `start` and closed on `end`: same day is 1."""
        return len(self.between(start, end))

    def _seek(self, day: date, step: timedelta) -> date:
        for _ in range(FARTHEST):
            if self.is_working_day(day):
                return day
            day += step
        raise NoWorkingDay(day.isoformat())
