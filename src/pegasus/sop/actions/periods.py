from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.calendar.domain.deadlines import end_of_day, start_of_day
from pegasus.calendar.queries import working_calendar
from pegasus.kernel import jobs
from pegasus.people.models import Employee, Office
from pegasus.people.queries import holder_of
from pegasus.sop import queries
from pegasus.sop.actions.tasks import open_task
from pegasus.sop.domain.openings import BY_TIME, Opening, Terms, openings
from pegasus.sop.domain.standards import parse
from pegasus.sop.models import Activity, Task


@transaction.atomic
def open_period_tasks(*, office: Office, at: datetime) -> list[Task]:
    """Open what time has brought in all programmes, and return what is new.

    Doing it again changes nothing, unless the calendar moved or a role went to somebody else: then tasks that are
    still open take over the new times and the new owner.
    """
    opener = _Opener(office, at)
    activities = queries.activities_in_force(office).filter(rhythm__in=BY_TIME)
    opened = [task for activity in activities for task in opener.open(activity)]
    if opened:
        jobs.wake("reports.draft_due")  # a report that falls due has its draft at once
    return opened


@dataclass(frozen=True)
class _There:
    """A task that exists already."""

    version: int
    activity: int
    part: str
    is_open: bool


class _Opener:
    """What opening needs to know of an office, read once."""

    def __init__(self, office: Office, at: datetime) -> None:
        self.office = office
        self.at = at
        self.zone = ZoneInfo(office.timezone)
        self.today = at.astimezone(self.zone).date()
        self.calendar = working_calendar(office)
        self.terms = Terms(
            "semester" if office.roster_period == Office.PeriodKind.SEMESTER else "quarter",
            office.roster_lead_days,
            office.semester_days,
        )
        self.owners: dict[str, Employee | None] = {}
        self.there: dict[tuple[int, str, str], list[_There]] = defaultdict(list)
        for task in (
            queries.tasks_of(office)
            .filter(activity__rhythm__in=BY_TIME)
            .select_related("activity__version__procedure")
        ):
            version = task.activity.version
            key = (version.procedure.programme_id, task.activity.rhythm, task.subject)
            self.there[key].append(_There(version.pk, task.activity_id, task.part, task.closed_at is None))

    def open(self, activity: Activity) -> list[Task]:
        """Open an activity's tasks; an occurrence that began under an earlier version stays with it."""
        version = activity.version
        since = min(version.in_force_from or self.at, self.at).astimezone(self.zone).date()
        new: list[Task] = []
        for opening in openings(
            activity.rhythm, parse(activity.time_standard), self.calendar, self.terms, since=since, today=self.today
        ):
            there = self.there[version.procedure.programme_id, activity.rhythm, opening.subject]
            if any(task.version != version.pk for task in there):
                continue
            mine = {task.part: task for task in there if task.activity == activity.pk}
            for part, role in queries.parts_of(activity, version):
                if part not in mine:
                    new.append(self._open(activity, opening, part, role))
                elif mine[part].is_open:
                    self._open(activity, opening, part, role)
        return new

    def _open(self, activity: Activity, opening: Opening, part: str, role: str) -> Task:
        return open_task(
            office=self.office,
            activity=activity,
            subject=opening.subject,
            part=part,
            period=opening.period,
            role=role,
            owner=self._owner(role),
            opens_at=start_of_day(opening.opens_on, self.office.timezone),
            due_at=end_of_day(opening.due_on, self.office.timezone),
        )

    def _owner(self, role: str) -> Employee | None:
        if role not in self.owners:
            self.owners[role] = holder_of(self.office, role, on=self.today)
        return self.owners[role]
