"""When a message may leave by itself: the office's hours, on its working days."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.working_days import DAY, WorkingCalendar

QUIET_FROM = time(20, 0)


@dataclass(frozen=True)
class OfficeHours:
    """An office's calendar, the hour from which it writes to people, and its time zone."""

    calendar: WorkingCalendar
    hour: time
    zone: str

    def local(self, at: datetime) -> datetime:
        """Return a moment as the office's clock shows it."""
        return at.astimezone(ZoneInfo(self.zone))

    def is_a_good_hour(self, at: datetime) -> bool:
        """Tell whether a message may go now: on a working day, from the office's hour until the evening."""
        local = self.local(at)
        is_evening = local.time() >= QUIET_FROM > self.hour
        return self.calendar.is_working_day(local.date()) and local.time() >= self.hour and not is_evening

    def next_good_moment(self, at: datetime) -> datetime:
        """Return when a message may go next: now, or at the office's hour of a working day."""
        if self.is_a_good_hour(at):
            return at
        local = self.local(at)
        is_before = local.time() < self.hour
        day = self.calendar.on_or_after(local.date() if is_before else local.date() + DAY)
        return datetime.combine(day, self.hour, ZoneInfo(self.zone)).astimezone(UTC)
