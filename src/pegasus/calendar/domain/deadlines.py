"""When things fall due (DESIGN 8): the posting day of a week, the reminders before it, the edges of a day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.working_days import DAY, WorkingCalendar

FRIDAY = 4
LAST_SECOND = time(23, 59, 59)
CALENDAR_DAYS = "calendar"


def posting_day(calendar: WorkingCalendar, monday: date, weekday: int) -> date | None:
    """Return the week's posting day: the office's weekday, else the next working day of that week.

    Where nothing is left of the week, its last working day before; None for a week without working days.
    """
    wanted = monday + weekday * DAY
    friday = monday + FRIDAY * DAY
    later = calendar.between(wanted, friday)
    if later:
        return later[0]
    earlier = calendar.between(monday, wanted)
    return earlier[-1] if earlier else None


def reminder_day(calendar: WorkingCalendar, posts_on: date, n: int, counting: str) -> date:
    """Return the day H-n; calendar days pull back to a working day, all else counts working days."""
    if counting == CALENDAR_DAYS:
        return calendar.on_or_before(posts_on - timedelta(days=n))
    return calendar.add(posts_on, -n)


def start_of_day(day: date, zone: str) -> datetime:
    """Return the first moment of a day in a time zone such as `Asia/Jakarta`."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last second of a day in a time zone such as `Asia/Jakarta`."""
    return datetime.combine(day, LAST_SECOND, ZoneInfo(zone)).astimezone(UTC)
