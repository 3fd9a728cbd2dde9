from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pegasus.calendar.domain.periods import Period
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.queries import working_calendar
from pegasus.people.models import Office
from pegasus.sop.domain.compliance import Figures, Run, State, figures, kept
from pegasus.sop.domain.standards import TimeStandard, counting_of, parse, took
from pegasus.sop.models import Activity, ProcedureVersion, Task
from pegasus.sop.queries.tasks import tasks_in, version_in_force


@dataclass(frozen=True)
class ActivityCompliance:
    """One row of the flow table in a period: the figures, and what they are held against."""

    activity: Activity
    standard: TimeStandard
    figures: Figures
    tasks: tuple[Task, ...] = ()

    @property
    def state(self) -> State:
        """The one word for the strip."""
        return self.figures.state

    @property
    def kept(self) -> bool | None:
        """Whether even the slowest was within the standard; None when nothing was measured."""
        return kept(self.figures, self.standard)


def compliance(
    office: Office,
    period: Period,
    *,
    at: datetime,
    programme: str = "pegasus",
    version: ProcedureVersion | None = None,
) -> list[ActivityCompliance]:
    """Hold a programme's tasks of a period against their standards, activity by activity.

    Tasks that ran under an earlier version count with the activity of the same rhythm and number.
    """
    rows = (version or version_in_force(office, programme)).activities.order_by("number")
    calendar = working_calendar(office)
    by_number: dict[tuple[str, int], list[Task]] = defaultdict(list)
    for task in tasks_in(office, period, programme):
        by_number[task.activity.rhythm, task.activity.number].append(task)
    return [
        ActivityCompliance(
            row,
            parse(row.time_standard),
            figures(runs_of(by_number[row.rhythm, row.number], calendar, office.timezone), rhythm=row.rhythm, at=at),
            tuple(by_number[row.rhythm, row.number]),
        )
        for row in rows
    ]


def runs_of(tasks: Iterable[Task], calendar: WorkingCalendar, zone: str) -> list[Run]:
    """Measure tasks by the rule that also sets their due times."""
    return [
        Run(task.subject, task.due_at, task.closed_at, task.outcome, took_of(task, calendar, zone)) for task in tasks
    ]


def took_of(task: Task, calendar: WorkingCalendar, zone: str) -> int | None:
    """Return how long a closed task took, in its standard's unit."""
    if task.closed_at is None:
        return None
    counting = counting_of(task.activity.rhythm, task.subject)
    standard = parse(task.activity.time_standard)
    return took(standard, task.opens_at, task.closed_at, calendar, zone=zone, counting=counting)
