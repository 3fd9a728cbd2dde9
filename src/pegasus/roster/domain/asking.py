"""Until when somebody who is asked to take a turn may answer: office hours, shared among those still to be asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.working_days import DAY, WorkingCalendar

BEGINS, ENDS = time(8), time(16)  # the hours in which an answer can be expected
SHORTEST = timedelta(hours=1)  # less time than this is no question
LONGEST = timedelta(hours=8)  # one working day
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class OfficeHours:
    """The time in which people of an office can be expected to answer."""

    calendar: WorkingCalendar
    zone: str

    def latest(self, posts_on: date) -> datetime:
        """Return the last moment to find somebody: the end of the last working day before the posting day."""
        return self._moment(self.calendar.on_or_before(posts_on - DAY), ENDS)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much office time lies between two moments."""
        return sum((until - since for since, until in self._stretches(start, end)), timedelta())

    def after(self, start: datetime, span: timedelta, end: datetime) -> datetime:
        """Return the moment when so much office time has gone by since `start`; `end` when it does not suffice."""
        for since, until in self._stretches(start, end):
            if until - since >= span:
                return since + span
            span -= until - since
        return end

    def _stretches(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        day, last = (moment.astimezone(ZoneInfo(self.zone)).date() for moment in (start, end))
        for working_day in self.calendar.between(day, last):
            since = max(start, self._moment(working_day, BEGINS))
            until = min(end, self._moment(working_day, ENDS))
            if since < until:
                yield since, until

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(UTC)


def answer_by(hours: OfficeHours, *, posts_on: date, asked_at: datetime, still_to_ask: int) -> datetime | None:
    """Return until when the next one may answer; None when too little time is left to ask anybody.

    What is left before the posting day is shared among those still to be asked, one working day each at most.
    """
    latest = hours.latest(posts_on)
    left = hours.between(asked_at, latest)
    if left < SHORTEST:
        return None
    share = max(SHORTEST, min(LONGEST, left / still_to_ask))
    return hours.after(asked_at, share - share % MINUTE, latest)
