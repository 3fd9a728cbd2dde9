"""When a card that was sent should have been reviewed: who is called, and from which moment on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.calendar.domain.working_days import DAY
from pegasus.roster.domain.asking import OfficeHours

AT_LEAST = timedelta(hours=1)  # what every reviewer is given, also on the last day


class Call(StrEnum):
    """Which call a waiting card has come to."""

    FIRST = "first"
    URGENT = "urgent"  # it is to be posted on the next working day


@dataclass(frozen=True)
class Patience:
    """How long an office lets a card wait for its review."""

    hours: OfficeHours
    span: timedelta  # office hours
    opens: time  # when the last day's call may go


@dataclass(frozen=True)
class Waiting:
    """The moments of a card that waits for its review."""

    sent_at: datetime
    first_at: datetime
    urgent_at: datetime
    ends_at: datetime

    @property
    def due_at(self) -> datetime:
        """Return by when it should have been reviewed."""
        return min(self.first_at, self.urgent_at)

    def call(self, at: datetime) -> Call | None:
        """Return the call that is due; the last day's takes the first one's place, and after the posting day none."""
        if at > self.ends_at:
            return None
        if at >= self.urgent_at:
            return Call.URGENT
        return Call.FIRST if at >= self.first_at else None


def waiting(patience: Patience, *, sent_at: datetime, posts_on: date) -> Waiting:
    """Return when reviewers are called for a card: after the office's span, and on the working day before posting."""
    hours = patience.hours
    last_day = hours.calendar.on_or_before(posts_on - DAY)
    morning = datetime.combine(last_day, patience.opens, ZoneInfo(hours.zone)).astimezone(UTC)
    first_at = _after(hours, sent_at, patience.span, posts_on)
    soon = _after(hours, sent_at, min(AT_LEAST, patience.span), posts_on)
    return Waiting(sent_at, first_at, max(morning, soon), end_of_day(posts_on, hours.zone))


def _after(hours: OfficeHours, sent_at: datetime, span: timedelta, posts_on: date) -> datetime:
    # What is sent after the last office hour before posting is called for at once.
    return max(sent_at, hours.after(sent_at, span, hours.latest(posts_on)))
