"""What time opens in an office, by its calendar or by one that is only being considered."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.deadlines import end_of_day, start_of_day
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.queries import working_calendar
from pegasus.people.models import Office
from pegasus.sop.domain.openings import BY_TIME, Terms, openings
from pegasus.sop.domain.standards import parse
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries.tasks import activities_in_force, parts_of, tasks_of


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

    @property
    def has_moved(self) -> bool:
        """Tell whether a task that is still open would get other times."""
        task = self.task
        return (
            task is not None
            and task.closed_at is None
            and (task.opens_at, task.due_at) != (self.opens_at, self.due_at)
        )


def occasions(office: Office, at: datetime, *, calendar: WorkingCalendar | None = None) -> Iterator[Occasion]:
    """Yield what has opened up to a moment; an occurrence that began under an earlier version stays with it."""
    calendar, zone = calendar or working_calendar(office), ZoneInfo(office.timezone)
    terms = Terms(
        "semester" if office.roster_period == Office.PeriodKind.SEMESTER else "quarter",
        office.roster_lead_days,
        office.semester_days,
    )
    there: dict[tuple[int, str, str], list[Task]] = defaultdict(list)
    for task in tasks_of(office).filter(activity__rhythm__in=BY_TIME).select_related("activity__version__procedure"):
        programme = task.activity.version.procedure.programme_id
        there[programme, task.activity.rhythm, task.subject].append(task)
    for activity in activities_in_force(office).filter(rhythm__in=BY_TIME):
        version = activity.version
        since = min(version.in_force_from or at, at).astimezone(zone).date()
        standard, today = parse(activity.time_standard), at.astimezone(zone).date()
        for opening in openings(activity.rhythm, standard, calendar, terms, since=since, today=today):
            standing = there[version.procedure.programme_id, activity.rhythm, opening.subject]
            if any(task.activity.version_id != version.pk for task in standing):
                continue
            mine = {task.part: task for task in standing if task.activity_id == activity.pk}
            for part, role in parts_of(activity, version):
                yield Occasion(
                    activity=activity,
                    subject=opening.subject,
                    part=part,
                    period=opening.period,
                    role=role,
                    opens_at=start_of_day(opening.opens_on, office.timezone),
                    due_at=end_of_day(opening.due_on, office.timezone),
                    task=mine.get(part),
                )


def moved_by(office: Office, at: datetime, calendar: WorkingCalendar) -> list[Occasion]:
    """Return the open tasks of periods that another calendar would move."""
    return [one for one in occasions(office, at, calendar=calendar) if one.has_moved]
