"""Time standards of the mutu baku: read from the SOP's own text, and compared with what a task really took.

One rule of counting, for deadlines and for figures alike:

- The work of a day or of a window of days (reminder, card, posting, a piece of work recorded by hand) counts its first
  day: begun and done on one day is one working day.
- A term that starts with an event (a quarter has ended, the roster is out) counts from the day after: opened on
  Monday and due 3 working days later means Thursday, and done on Thursday took 3 working days.

So closing at the due time takes exactly the standard, in both cases. Anything done takes at least one day; what was
done before it opened took none. A week is five working days, so that holidays never shorten it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from math import ceil
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.calendar.domain.working_days import WorkingCalendar

WORKING_DAYS_A_WEEK = 5
SECONDS = {"minutes": 60, "hours": 3600}
UNITS = {"menit": "minutes", "jam": "hours", "hari kerja": "working_days", "hari": "working_days", "minggu": "weeks"}
WRITTEN = {"minutes": "Menit", "hours": "Jam", "working_days": "Hari Kerja", "weeks": "Minggu"}
AMOUNT = re.compile(r"(?P<least>\d{1,4})(?:\s*[-–]\s*(?P<most>\d{1,4}))?\s+(?P<unit>[a-z]+(?: [a-z]+)?)")


class UnreadableStandard(Exception):
    """A text that names no time: neither an amount with its unit nor a frequency."""


class Counting(Enum):
    """Which days of a task count."""

    FIRST_DAY = "first_day"
    DAY_AFTER = "day_after"
    NOT_AT_ALL = "not_at_all"


# A month's and a semester's tasks have a due date and a frequency, not a time that could be measured (DESIGN 8).
COUNTING = {
    "roster": Counting.DAY_AFTER,
    "birthdays": Counting.DAY_AFTER,
    "templates": Counting.DAY_AFTER,
    "reminder": Counting.FIRST_DAY,
    "card": Counting.FIRST_DAY,
    "posting": Counting.FIRST_DAY,
    "quarter": Counting.DAY_AFTER,
    "semester": Counting.NOT_AT_ALL,
    "monthly": Counting.NOT_AT_ALL,
    "yearly": Counting.DAY_AFTER,
    "manual": Counting.FIRST_DAY,
}


MONTH = "month:"  # a task over a whole month has no time of its own, whatever its activity


def counting_of(rhythm: str, subject: str) -> Counting:
    """Return how the days of a task count."""
    return COUNTING["monthly"] if subject.startswith(MONTH) else COUNTING[rhythm]


@dataclass(frozen=True)
class TimeStandard:
    """How long an activity may take: at most `most` units; a frequency has no amount."""

    unit: str
    least: int | None = None
    most: int | None = None
    text: str = ""

    @property
    def measured_in(self) -> str:
        """The unit of the figures: weeks are measured in working days."""
        return "working_days" if self.unit == "weeks" else self.unit

    @property
    def limit(self) -> int | None:
        """The most that is within the standard, in `measured_in`; None for a frequency."""
        if self.most is None:
            return None
        return self.most * WORKING_DAYS_A_WEEK if self.unit == "weeks" else self.most

    def allows(self, actual: int) -> bool:
        """Tell whether an actual time is within the standard; less than a range's least is no fault."""
        return self.limit is None or actual <= self.limit


def parse(text: str) -> TimeStandard:
    """Read `3 Hari Kerja`, `3-5 Hari Kerja`, `30 Menit`, `1 Minggu` or a frequency such as `Semesteran`."""
    written = " ".join(text.split())
    amount = AMOUNT.fullmatch(written.lower())
    if amount is None:
        if not written or any(character.isdigit() for character in written):
            raise UnreadableStandard(text)
        return TimeStandard("frequency", text=written)
    unit = UNITS.get(amount["unit"])
    least = int(amount["least"])
    most = int(amount["most"] or least)
    if unit is None or not 1 <= least <= most:
        raise UnreadableStandard(text)
    return TimeStandard(unit, least, most, written)


def write(standard: TimeStandard) -> str:
    """Write a standard as the SOP does."""
    if standard.most is None:
        return standard.text
    amount = f"{standard.least}" if standard.least == standard.most else f"{standard.least}-{standard.most}"
    return f"{amount} {WRITTEN[standard.unit]}"


def due_on(standard: TimeStandard, opens_on: date, calendar: WorkingCalendar, *, counting: Counting) -> date:
    """Return the last day within the standard of a task that opens on a day."""
    if standard.limit is None or standard.unit in SECONDS:
        return opens_on
    return calendar.add(opens_on, standard.limit - (counting is Counting.FIRST_DAY))


def due_at(
    standard: TimeStandard, opened: datetime, calendar: WorkingCalendar, *, zone: str, counting: Counting
) -> datetime:
    """Return the last moment within the standard: minutes and hours run on the clock, days end with the day."""
    if standard.unit in SECONDS and standard.limit is not None:
        return opened + timedelta(seconds=SECONDS[standard.unit] * standard.limit)
    day = opened.astimezone(ZoneInfo(zone)).date()
    return end_of_day(due_on(standard, day, calendar, counting=counting), zone)


def took(
    standard: TimeStandard,
    opened: datetime,
    closed: datetime,
    calendar: WorkingCalendar,
    *,
    zone: str,
    counting: Counting,
) -> int | None:
    """Return the time a task took in the standard's `measured_in`; None where there is nothing to measure."""
    if standard.limit is None or counting is Counting.NOT_AT_ALL:
        return None
    if closed < opened:
        return 0
    if standard.unit in SECONDS:
        return max(1, ceil((closed - opened) / timedelta(seconds=SECONDS[standard.unit])))
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (opened, closed))
    if counting is Counting.DAY_AFTER:
        first += timedelta(days=1)
    return max(1, calendar.count(first, last))
