"""When a pengingat falls due, and what to do with it when its moment has come (SOP 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.deadlines import reminder_day
from pegasus.calendar.domain.working_days import DAY, WorkingCalendar
from pegasus.delivery.domain.hours import OfficeHours

Leave = tuple[date, date]  # the first and the last day
OFFSETS = (5, 3)
LAST = OFFSETS[-1]


@dataclass(frozen=True)
class Clock:
    """An office's calendar, its way of counting H-n, its hour and its time zone."""

    calendar: WorkingCalendar
    counting: str
    hour: time
    zone: str

    def local(self, at: datetime) -> datetime:
        """Return a moment as the office's clock shows it."""
        return self.hours.local(at)

    def day_of(self, posts_on: date, offset: int) -> date:
        """Return the day H-n."""
        return reminder_day(self.calendar, posts_on, offset, self.counting)

    def due_at(self, posts_on: date, offset: int) -> datetime:
        """Return the moment of a reminder: the office's hour on the day H-n."""
        return self.morning_of(self.day_of(posts_on, offset))

    def morning_of(self, day: date) -> datetime:
        """Return the office's hour on a day."""
        return datetime.combine(day, self.hour, ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def hours(self) -> OfficeHours:
        """When a message may leave by itself."""
        return OfficeHours(self.calendar, self.hour, self.zone)

    def is_a_good_hour(self, at: datetime) -> bool:
        """Tell whether a message may go now."""
        return self.hours.is_a_good_hour(at)

    def next_good_moment(self, at: datetime) -> datetime:
        """Return when a message may go next: now, or at the office's hour of a working day."""
        return self.hours.next_good_moment(at)


class Decision(StrEnum):
    """What becomes of a reminder whose moment has come."""

    SEND = "send"
    WAIT = "wait"  # for a working day and a decent hour
    COVERED = "covered"  # the CA has sent the link today
    NOT_NEEDED = "not_needed"
    MERGED = "merged"
    AWAY = "away"
    RETURN = "return"  # away now, and back in time: on the day of return
    HANDED_OVER = "handed_over"
    MISSED = "missed"


@dataclass(frozen=True)
class Facts:
    """What is known at the moment of deciding."""

    posts_on: date
    offset: int
    still_holds: bool
    card_is_in: bool
    is_away: bool
    back_on: date | None = None  # the first working day after the leave
    has_link_today: bool = False


def decide(facts: Facts, clock: Clock, at: datetime) -> Decision:
    """Decide on one reminder. Of two on one day only the last one goes; nothing goes after the posting day."""
    obstacle = _obstacle(facts, clock, clock.local(at).date())
    if obstacle is not None:
        return obstacle
    if at < clock.due_at(facts.posts_on, facts.offset):
        return Decision.WAIT
    if facts.is_away:
        is_back_in_time = facts.back_on is not None and facts.back_on < facts.posts_on
        return Decision.RETURN if facts.offset == LAST and is_back_in_time else Decision.AWAY
    if not clock.is_a_good_hour(at):
        return Decision.WAIT
    return Decision.COVERED if facts.has_link_today else Decision.SEND


def back_on(leaves: Sequence[Leave], day: date, calendar: WorkingCalendar) -> date:
    """Return the first working day from a day on that lies in none of the leaves."""
    back = calendar.on_or_after(day)
    while ends := [last for first, last in leaves if first <= back <= last]:
        back = calendar.on_or_after(max(ends) + DAY)
    return back


def due_round_leave(posts_on: date, offset: int, clock: Clock, leaves: Sequence[Leave], today: date) -> datetime:
    """Return when a reminder falls due: the last one, during a leave, on the day of return before the posting day."""
    day = max(clock.day_of(posts_on, offset), today)
    if offset == LAST and any(first <= day <= last for first, last in leaves):
        back = back_on(leaves, day, clock.calendar)
        if back < posts_on:
            return clock.morning_of(back)
    return clock.due_at(posts_on, offset)


def next_moment(
    posts_on: date, offset: int, clock: Clock, at: datetime, due_at: datetime | None = None
) -> datetime | None:
    """Return when a reminder that nobody has decided on will go; None when it will not go any more.

    `due_at` is its own time where a leave has moved it.
    """
    due_at = due_at or clock.due_at(posts_on, offset)
    moment = due_at if due_at > at else clock.next_good_moment(at)
    day = clock.local(moment).date()
    return None if day > posts_on or _gives_way_on(posts_on, offset, clock, day) else moment


def _obstacle(facts: Facts, clock: Clock, today: date) -> Decision | None:
    reasons = (
        (not facts.still_holds, Decision.HANDED_OVER),
        (facts.card_is_in, Decision.NOT_NEEDED),
        (today > facts.posts_on, Decision.MISSED),
        (_gives_way_on(facts.posts_on, facts.offset, clock, today), Decision.MERGED),
    )
    return next((decision for holds, decision in reasons if holds), None)


def _gives_way_on(posts_on: date, offset: int, clock: Clock, today: date) -> bool:
    """Tell whether the last reminder takes this one's place: its day has come, or both fall on one day."""
    if offset == LAST:
        return False
    return max(today, clock.day_of(posts_on, offset)) >= clock.day_of(posts_on, LAST)
