"""When a duty's tasks open and fall due (DESIGN 8)."""

from dataclasses import dataclass
from datetime import date, datetime

from pegasus.calendar.domain.deadlines import end_of_day, reminder_day, start_of_day
from pegasus.calendar.domain.working_days import DAY, WorkingCalendar

REMINDERS = {"H-5": 5, "H-3": 3}
LAST_REMINDER = "H-3"


@dataclass(frozen=True)
class Span:
    """From when until when something is to be done."""

    opens_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Clockwork:
    """An office's calendar, its way of counting H-n, and its time zone."""

    calendar: WorkingCalendar
    counting: str
    zone: str

    def reminder(self, posts_on: date, part: str) -> Span:
        """Return the day of a reminder (SOP 3)."""
        day = reminder_day(self.calendar, posts_on, REMINDERS[part], self.counting)
        return Span(start_of_day(day, self.zone), end_of_day(day, self.zone))

    def card(self, posts_on: date) -> Span:
        """Return the time to prepare a card: H-3 until the last working day before posting (SOP 4)."""
        opens = self.reminder(posts_on, LAST_REMINDER).opens_at
        return Span(opens, end_of_day(self.calendar.on_or_before(posts_on - DAY), self.zone))

    def posting(self, posts_on: date) -> Span:
        """Return the posting day (SOP 5)."""
        return Span(start_of_day(posts_on, self.zone), end_of_day(posts_on, self.zone))

    def preparation_begins(self, posts_on: date) -> datetime:
        """Return the moment from which a week is settled: its first reminder."""
        return self.reminder(posts_on, "H-5").opens_at

    def working_days_before(self, day: date, working_days: int) -> datetime:
        """Return the start of the day so many working days before a day."""
        return start_of_day(self.calendar.add(day, -working_days), self.zone)
