from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
class EarlierStandard:
    """What came of the tasks of a period that began under another version, held against its own standard."""

    version: int
    standard: TimeStandard
    figures: Figures


@dataclass(frozen=True)
class ActivityCompliance:
    """One row of the flow table in a period: the figures, and what they are held against."""

    activity: Activity
    standard: TimeStandard
    figures: Figures
    tasks: tuple[Task, ...] = ()
    earlier: tuple[EarlierStandard, ...] = ()

    @property
    def state(self) -> State:
        """The one word for the strip."""
        return self.figures.state

    @property
    def kept(self) -> bool | None:
        """Whether even the slowest was within the standard it ran under; None when nothing was measured."""
        verdicts = [kept(self.figures, self.standard), *(kept(one.figures, one.standard) for one in self.earlier)]
        known = [verdict for verdict in verdicts if verdict is not None]
        return all(known) if known else None


def compliance(
    office: Office,
    period: Period,
    *,
    at: datetime,
    programme: str = "pegasus",
    version: ProcedureVersion | None = None,
) -> list[ActivityCompliance]:
    """Hold a programme's tasks of a period against their standards, activity by activity.

    Every task counts with the row of its key, whatever version it ran under, and is held against the standard of that
    version. Median and slowest are those of this version; each other one has its own in `earlier`.
    """
    rows = (version or version_in_force(office, programme)).activities.order_by("number")
    calendar = working_calendar(office)
    by_key: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in tasks_in(office, period, programme).select_related("activity__version"):
        by_key[task.activity.rhythm, task.activity.key].append(task)
    return [_row(row, by_key[row.rhythm, row.key], calendar, office.timezone, at) for row in rows]


def _row(row: Activity, tasks: list[Task], calendar: WorkingCalendar, zone: str, at: datetime) -> ActivityCompliance:
    def figures_of(some: list[Task]) -> Figures:
        return figures(runs_of(some, calendar, zone), rhythm=row.rhythm, at=at)

    by_version: dict[int, list[Task]] = defaultdict(list)
    for task in tasks:
        by_version[task.activity.version_id].append(task)
    own = figures_of(by_version.pop(row.version_id, []))
    earlier = [
        EarlierStandard(some[0].activity.version.version, parse(some[0].activity.time_standard), figures_of(some))
        for some in by_version.values()
    ]
    return ActivityCompliance(
        row,
        parse(row.time_standard),
        replace(figures_of(tasks), median=own.median, worst=own.worst),
        tuple(tasks),
        tuple(sorted(earlier, key=lambda one: one.version)),
    )


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
