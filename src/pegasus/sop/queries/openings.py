"""What time opens in an office, by its calendar or by one that is only being considered."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from pegasus.calendar.domain.deadlines import end_of_day, start_of_day
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.queries import working_calendar
from pegasus.people.domain.birthdays import Celebrated
from pegasus.people.models import Office
from pegasus.people.queries import with_birthdays
from pegasus.sop.domain.greetings import GROUP, SUBJECT, Greeting, Rule, greetings, horizon, opening_of
from pegasus.sop.domain.openings import BY_TIME, Opening, Terms, openings
from pegasus.sop.domain.standards import MONTH, parse
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries.tasks import activities_in_force, parts_of, tasks_of

# How the rows of an SOP that lives on birthdays run in an office that knows none: by the month and by the year.
PLAIN = {"birthdays": "yearly", "templates": "yearly", "card": "monthly", "posting": "monthly"}
EACH = ("card", "posting")  # one task per birthday


@dataclass(frozen=True)
class Occasion:
    """One task that time has brought: its facts, and the task where it stands already."""

    activity: Activity
    subject: str
    part: str
    period: str
    role: str
    opens_at: datetime
    due_at: datetime
    task: Task | None
    label: str = ""

    @property
    def has_moved(self) -> bool:
        """Tell whether a task that is still open would get other times."""
        task = self.task
        return (
            task is not None
            and task.closed_at is None
            and (task.opens_at, task.due_at) != (self.opens_at, self.due_at)
        )


@dataclass(frozen=True)
class _Office:
    """What the openings of an office follow."""

    office: Office
    calendar: WorkingCalendar
    at: datetime
    there: dict[tuple[int, str, str], list[Task]] = field(default_factory=lambda: defaultdict(list))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.timezone)

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    @cached_property
    def terms(self) -> Terms:
        return Terms(
            "semester" if self.office.roster_period == Office.PeriodKind.SEMESTER else "quarter",
            self.office.roster_lead_days,
            self.office.semester_days,
        )

    @cached_property
    def people(self) -> list[Celebrated]:
        return with_birthdays(self.office, on=self.today)

    @cached_property
    def greetings(self) -> list[Greeting]:
        return coming_greetings(self.office, self.people, self.calendar, first=self.today)


def coming_greetings(
    office: Office, people: list[Celebrated], calendar: WorkingCalendar, *, first: date
) -> list[Greeting]:
    """Return the birthdays that are posted from a day on and have their tasks by then."""
    rule = cast("Rule", office.birthday_posting)
    return greetings(people, calendar, rule, first=first, last=horizon(first))


def occasions(office: Office, at: datetime, *, calendar: WorkingCalendar | None = None) -> Iterator[Occasion]:
    """Yield what has opened up to a moment; an occurrence that began under an earlier version stays with it."""
    world = _Office(office, calendar or working_calendar(office), at)
    rows = list(activities_in_force(office))
    current = {row.version_id for row in rows}
    by_birthdays = {row.version_id for row in rows if row.rhythm == Activity.Rhythm.BIRTHDAYS}
    programmes = {row.version.procedure.programme_id for row in rows if row.version_id in by_birthdays}
    wanted = Q(activity__rhythm__in=BY_TIME) | Q(activity__version__procedure__programme__in=programmes)
    for task in tasks_of(office).filter(wanted).select_related("activity__version__procedure"):
        programme = task.activity.version.procedure.programme_id
        world.there[programme, task.activity.rhythm, task.subject].append(task)
    for activity in [*rows, *_earlier(world, current)]:
        is_each = activity.version_id in by_birthdays and activity.rhythm in EACH and bool(world.people)
        rhythm = PLAIN.get(activity.rhythm, "") if activity.version_id in by_birthdays else ""
        for opening in _openings(world, activity, rhythm or activity.rhythm, is_each=is_each):
            yield from _of(world, activity, opening, is_each=is_each, is_current=activity.version_id in current)


def _earlier(world: _Office, current: set[int]) -> list[Activity]:
    """Return the rows of earlier texts that still have open tasks: those follow the calendar and the roles too."""
    open_tasks = [task for tasks in world.there.values() for task in tasks if task.closed_at is None]
    found = {task.activity_id: task.activity for task in open_tasks if task.activity.version.in_force_until}
    return [row for key, row in sorted(found.items()) if row.version_id not in current]


def _openings(world: _Office, activity: Activity, rhythm: str, *, is_each: bool) -> list[Opening]:
    since = min(activity.version.in_force_from or world.at, world.at).astimezone(world.zone).date()
    if not is_each:
        standard = parse(activity.time_standard)
        return openings(rhythm, standard, world.calendar, world.terms, since=since, today=world.today)
    return [
        opening_of(one, activity.rhythm, world.calendar, today=world.today)
        for one in world.greetings
        if one.posts_on >= since
    ]


def _of(
    world: _Office, activity: Activity, opening: Opening, *, is_each: bool, is_current: bool
) -> Iterator[Occasion]:
    version, zone = activity.version, world.office.timezone
    standing = world.there[version.procedure.programme_id, activity.rhythm, opening.subject]
    if any(task.activity.version_id != version.pk for task in standing) or not (standing or is_current):
        return
    mine = {task.part: task for task in standing if task.activity_id == activity.pk}
    for lane, role in parts_of(activity, version):
        part = GROUP if is_each and activity.rhythm == Activity.Rhythm.POSTING else lane
        task = mine.get(part)
        opens_at, due_at = start_of_day(opening.opens_on, zone), end_of_day(opening.due_on, zone)
        if is_each and task is not None and opening.opens_on == world.today and due_at > task.due_at:
            # Its day has come and it was not done: that it is late stays visible, day after day.
            opens_at, due_at = task.opens_at, task.due_at
        yield Occasion(
            activity=activity,
            subject=opening.subject,
            part=part,
            period=opening.period,
            role=role,
            opens_at=opens_at,
            due_at=due_at,
            task=task,
            label=opening.label,
        )


def greeting_tasks(office: Office) -> QuerySet[Task]:
    """Return the tasks of birthdays, whichever programme keeps them."""
    return tasks_of(office).filter(subject__startswith=SUBJECT)


def month_tasks(office: Office) -> QuerySet[Task]:
    """Return the open tasks over a whole month of the programmes that live on birthdays."""
    return tasks_of(office).filter(activity__rhythm__in=EACH, subject__startswith=MONTH, closed_at=None)


def moved_by(office: Office, at: datetime, calendar: WorkingCalendar) -> list[Occasion]:
    """Return the open tasks of periods that another calendar would move."""
    return [one for one in occasions(office, at, calendar=calendar) if one.has_moved]
