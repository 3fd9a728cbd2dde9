"""The weeks of a period: those whose posting day falls into it; a week without working days by its Monday."""

from datetime import date, timedelta

from pegasus.calendar.domain.deadlines import posting_day, reminder_day
from pegasus.calendar.domain.working_days import DAY, WorkingCalendar
from pegasus.roster.domain.problem import Week

WEEK = timedelta(days=7)
FIRST_REMINDER = 5


def weeks_between(calendar: WorkingCalendar, first: date, last: date, *, weekday: int, counting: str) -> list[Week]:
    """Return the weeks that post from `first` to `last`, and those in between that cannot post."""
    monday = first - first.weekday() * DAY
    found = []
    while monday <= last:
        posts_on = posting_day(calendar, monday, weekday)
        if first <= (posts_on or monday) <= last:
            found.append(Week(monday, posts_on, _preparation(calendar, posts_on, counting)))
        monday += WEEK
    return found


def _preparation(calendar: WorkingCalendar, posts_on: date | None, counting: str) -> tuple[date, ...]:
    if posts_on is None:
        return ()
    return tuple(calendar.between(reminder_day(calendar, posts_on, FIRST_REMINDER, counting), posts_on - DAY))
