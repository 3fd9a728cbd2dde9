"""Weeks and states as the first page shows them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

State = Literal["done", "waiting", "late", "neutral"]
DAYS = 7


@dataclass(frozen=True)
class Week:
    """Monday to Sunday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that contains a day."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def number(self) -> int:
        """The number that calendars print (ISO 8601)."""
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def next(self) -> "Week":
        """The week after this one."""
        return Week(self.monday + timedelta(days=DAYS))


def state_of(*, opens_at: datetime, due_at: datetime, closed_at: datetime | None, at: datetime) -> State:
    """Tell in one word how a task stands: closed is done, past due is late, open is waiting, else not yet."""
    if closed_at is not None:
        return "done"
    if at > due_at:
        return "late"
    return "waiting" if at >= opens_at else "neutral"
