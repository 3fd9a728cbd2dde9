"""Which published turns no longer fit: their holder is away or gone, or the calendar has moved their day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal, Self
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from pegasus.calendar.domain.working_days import DAY, WorkingCalendar
from pegasus.calendar.queries import working_calendar
from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.domain.problem import Person, Week, may_serve
from pegasus.roster.domain.times import Clockwork
from pegasus.roster.domain.weeks import weeks_between
from pegasus.roster.models import Duty, Roster

Cause = Literal["left", "absent", "exempt", "moved", "cancelled", "new"]


@dataclass(frozen=True)
class Misfit:
    """A turn that no longer fits: its holder, its day or both; or a week that has a working day again."""

    starts_on: date
    seat: int
    duty: Duty | None
    holder: Employee | None
    posts_before: date | None
    posts_on: date | None  # None: the week has no working day any more
    cause: Cause
    keeps_holder: bool

    @property
    def key(self) -> str:
        """The name of the place in a form."""
        return f"{self.starts_on}-{self.seat}"

    @property
    def needs_person(self) -> bool:
        """Tell whether somebody else must serve."""
        return self.posts_on is not None and not self.keeps_holder

    @property
    def has_moved(self) -> bool:
        """Tell whether the posting day is another."""
        return self.posts_before is not None and self.posts_on is not None and self.posts_before != self.posts_on

    @property
    def in_words(self) -> str:
        """Why the place needs a repair."""
        words: dict[Cause, str] = {
            "left": _("%(name)s tidak lagi bertugas di kantor ini."),
            "absent": _("%(name)s tidak di kantor pada gilirannya."),
            "exempt": _("%(name)s tidak ikut giliran."),
            "moved": _("Hari tayangnya bergeser mengikuti kalender."),
            "cancelled": _("Minggu ini tidak mempunyai hari kerja lagi."),
            "new": _("Minggu ini kini mempunyai hari kerja."),
        }
        return words[self.cause] % {"name": self.holder.name if self.holder else ""}

    @property
    def facts(self) -> str:
        """What was looked at: when it changes, a preview is out of date."""
        known = (self.duty.pk, self.duty.sequence) if self.duty and self.holder else None
        holder = self.holder.pk if self.holder else None
        return f"{self.key}|{known}|{holder}|{self.posts_before}|{self.posts_on}|{self.cause}|{self.keeps_holder}"


@dataclass(frozen=True)
class World:
    """What decides whether a turn fits, read once; the calendar may be one that is only being considered."""

    office: Office
    today: date
    times: Clockwork
    weeks: dict[date, Week]
    duties: tuple[Duty, ...]  # from this week on, cancelled ones too
    rosters: tuple[Roster, ...]  # published, the newest version of a period first
    employees: dict[int, Employee]
    out: Mapping[int, queries.DaysOut]

    @classmethod
    def of(cls, office: Office, at: datetime, *, calendar: WorkingCalendar | None = None) -> Self:
        """Read the world of an office; six queries."""
        times = Clockwork(calendar or working_calendar(office), office.reminder_counting, office.timezone)
        today = at.astimezone(ZoneInfo(office.timezone)).date()
        monday = today - today.weekday() * DAY
        duties = tuple(queries.all_duties_of(office).filter(starts_on__gte=monday))
        rosters = tuple(queries.published_rosters(office).filter(ends_on__gte=today))
        last = max((*(one.starts_on for one in duties), *(one.ends_on for one in rosters), monday)) + timedelta(days=6)
        weeks = weeks_between(
            times.calendar, monday, last, weekday=office.posting_weekday, counting=office.reminder_counting
        )
        days = [day for week in weeks for day in (*week.prepares_on, week.posts_on) if day] or [today]
        return cls(
            office=office,
            today=today,
            times=times,
            weeks={week.starts_on: week for week in weeks},
            duties=duties,
            rosters=rosters,
            employees={one.pk: one for one in people.employees_of(office)},
            out=queries.days_out(office, min(days), max(days)),
        )

    @cached_property
    def coming(self) -> list[Duty]:
        """The turns that stand and whose day is still to come."""
        return [
            duty
            for duty in self.duties
            if duty.cancelled_at is None and duty.holder_id is not None and duty.posts_on > self.today
        ]

    @cached_property
    def served(self) -> list[Duty]:
        """The turns of this week whose day has come: they count, and nothing about them changes."""
        return [duty for duty in self.duties if duty.cancelled_at is None and duty.posts_on <= self.today]

    @cached_property
    def standing(self) -> dict[date, list[Duty]]:
        """The coming turns by week."""
        found: dict[date, list[Duty]] = defaultdict(list)
        for duty in self.coming:
            found[duty.starts_on].append(duty)
        return found

    @cached_property
    def weeks_standing(self) -> dict[date, Week]:
        """The weeks by this calendar; no turn is moved to a day that has passed."""
        return {
            monday: replace(week, posts_on=self.standing[monday][0].posts_on)
            if monday in self.standing and week.posts_on and week.posts_on <= self.today
            else week
            for monday, week in self.weeks.items()
        }

    def person(self, employee: Employee) -> Person:
        """Return somebody as the rules see them; who works in another office now has left this one."""
        found = queries.person_of(employee, self.out.get(employee.pk))
        return found if employee.pk in self.employees else replace(found, active_until=date.min)

    def fits(self, duty: Duty) -> bool:
        """Tell whether the holder can serve."""
        return duty.holder is not None and may_serve(self.person(duty.holder), self.weeks_standing[duty.starts_on])

    def fitting(self, monday: date) -> list[int]:
        """Return who has served in a week, or holds a turn of it and can serve."""
        served = [duty.holder.pk for duty in self.served if duty.holder and duty.starts_on == monday]
        return served + [duty.holder.pk for duty in self.standing.get(monday, ()) if duty.holder and self.fits(duty)]

    def open_places(self, monday: date) -> list[Misfit]:
        """Return the places of a week that need somebody."""
        return [one for one in self.misfits if one.starts_on == monday and one.needs_person]

    def able(self, week: Week) -> list[Employee]:
        """Return who could serve in a week beside those who hold it and can."""
        standing = (duty for duty in self.duties if duty.cancelled_at is None and duty.starts_on == week.starts_on)
        busy = {duty.holder_id for duty in standing}
        return [one for pk, one in self.employees.items() if pk not in busy and may_serve(self.person(one), week)]

    @cached_property
    def misfits(self) -> list[Misfit]:
        """The turns that no longer fit, by week and seat."""
        found = [one for duty in self.coming if (one := self._misfit(duty)) is not None]
        return sorted([*found, *self._new_places()], key=lambda one: (one.starts_on, one.seat))

    def _misfit(self, duty: Duty) -> Misfit | None:
        week = self.weeks_standing[duty.starts_on]
        keeps = self.fits(duty)
        if week.posts_on == duty.posts_on and keeps:
            return None
        cause: Cause = "moved"
        if week.posts_on is None:
            cause = "cancelled"
        elif not keeps and duty.holder is not None:
            cause = self._obstacle(self.person(duty.holder), week.posts_on)
        return Misfit(duty.starts_on, duty.seat, duty, duty.holder, duty.posts_on, week.posts_on, cause, keeps)

    def _obstacle(self, person: Person, posts_on: date) -> Cause:
        if not person.works_on(posts_on):
            return "left"
        return "exempt" if person.is_exempt_on(posts_on) else "absent"

    def _new_places(self) -> Iterable[Misfit]:
        """Yield the places of weeks that were skipped for want of a working day and have one now."""
        gone = {(duty.starts_on, duty.seat): duty for duty in self.duties if duty.cancelled_at is not None}
        taken = {duty.starts_on for duty in self.duties if duty.cancelled_at is None}
        for week in self.weeks.values():
            if week.posts_on is None or week.posts_on <= self.today or week.starts_on in taken:
                continue
            day = week.posts_on
            roster = next((one for one in self.rosters if one.starts_on <= day <= one.ends_on), None)
            for seat in range(1, (roster.people_per_week if roster else 0) + 1):
                duty = gone.get((week.starts_on, seat))
                yield Misfit(week.starts_on, seat, duty, None, None, day, "new", keeps_holder=False)
