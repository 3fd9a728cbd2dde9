"""What people write down themselves: work outside Pegasus' own seven activities, and proofs for any task."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.archive.actions import keep
from pegasus.calendar.domain.periods import Period
from pegasus.calendar.queries import working_calendar
from pegasus.kernel import audit
from pegasus.people.models import Employee
from pegasus.people.queries import holder_of
from pegasus.sop import queries
from pegasus.sop.actions.tasks import add_evidence, close_task, open_task, reopen_task
from pegasus.sop.domain.standards import COUNTING, due_at, parse
from pegasus.sop.models import Activity, Evidence, Task


class ClosedElsewhere(Exception):
    """The task is closed where its work is done, not by hand."""


class InTheFuture(Exception):
    """What has not happened yet cannot be written down as done."""


class NotByHand(Exception):
    """Time opens the tasks of this activity."""


@transaction.atomic
def record_run(*, activity: Activity, label: str, began_at: datetime, by: Employee, at: datetime) -> Task:
    """Write down that a piece of work has begun; its due time follows from the standard."""
    if activity.rhythm != Activity.Rhythm.MANUAL:
        raise NotByHand
    if began_at > at:
        raise InTheFuture
    office = by.office
    zone = ZoneInfo(office.timezone)
    day = began_at.astimezone(zone).date()
    standard = parse(activity.time_standard)
    due = due_at(
        standard, began_at, working_calendar(office), zone=office.timezone, counting=COUNTING[activity.rhythm]
    )
    _part, role = next(queries.parts_of(activity, activity.version))
    number = queries.tasks_of(office).filter(activity=activity, subject__startswith=f"run:{day}-").count() + 1
    task = open_task(
        office=office,
        activity=activity,
        subject=f"run:{day}-{number}",
        period=Period.of(day, "quarter").key,
        role=role,
        owner=holder_of(office, role, on=day, programme=activity.version.procedure.programme.code) or by,
        opens_at=began_at,
        due_at=due,
    )
    task.label = label
    task.save(update_fields=["label"])
    audit.record(
        action="task.recorded",
        subject=f"task:{task.pk}",
        actor=by.name,
        at=at,
        office_id=office.pk,
        employee_id=by.pk,
        after={"label": label},
    )
    return task


def close_by_hand(*, task: Task, done_at: datetime, outcome: str, note: str, by: Employee, at: datetime) -> None:
    """Close a task on a person's word: when it was done, what came of it; the trail says when it was written down."""
    if not queries.closes_by_hand(task):
        raise ClosedElsewhere
    if done_at > at:
        raise InTheFuture
    close_task(task=task, at=done_at, by=by.name, outcome=outcome, note=note, employee_id=by.pk)


def reopen_by_hand(*, task: Task, reason: str, by: Employee, at: datetime) -> None:
    """Take a closing by hand back."""
    if not queries.closes_by_hand(task):
        raise ClosedElsewhere
    reopen_task(task=task, at=at, by=by.name, reason=reason)


@transaction.atomic
def hang_file(*, task: Task, data: bytes, content_type: str, text: str, by: Employee, at: datetime) -> Evidence:
    """Keep a file and hang it on a task as proof; the file has passed the gate of its form."""
    kind = Evidence.Kind.SCREENSHOT if content_type.startswith("image/") else Evidence.Kind.FILE
    suffix = {"image/jpeg": "jpg", "image/png": "png"}.get(content_type, "pdf")
    record = keep(
        office=task.office,
        kind="screenshot" if kind == Evidence.Kind.SCREENSHOT else "evidence",
        title=f"Bukti: {task.activity.title}"[:250],
        data=data,
        filename=f"bukti-{task.pk}-{at:%Y%m%d%H%M%S}.{suffix}",
        content_type=content_type,
        by=by.name,
        at=at,
        subject=f"task:{task.pk}",
        covers=_days_of(task),
    )
    return _note(add_evidence(task=task, kind=kind, by=by.name, at=at, record=record, text=text), by, at)


def _days_of(task: Task) -> tuple[date, date]:
    zone = ZoneInfo(task.office.timezone)
    return task.opens_at.astimezone(zone).date(), task.due_at.astimezone(zone).date()


@transaction.atomic
def hang_link(*, task: Task, url: str, text: str, by: Employee, at: datetime) -> Evidence:
    """Hang a link on a task as proof."""
    return _note(add_evidence(task=task, kind=Evidence.Kind.LINK, by=by.name, at=at, url=url, text=text), by, at)


@transaction.atomic
def hang_word(*, task: Task, text: str, by: Employee, at: datetime) -> Evidence:
    """Hang a named person's word on a task as proof."""
    return _note(add_evidence(task=task, kind=Evidence.Kind.CONFIRMATION, by=by.name, at=at, text=text), by, at)


def _note(evidence: Evidence, by: Employee, at: datetime) -> Evidence:
    audit.record(
        action="evidence.added",
        subject=f"task:{evidence.task_id}",
        actor=by.name,
        at=at,
        office_id=by.office_id,
        employee_id=by.pk,
        after={"kind": evidence.kind},
    )
    return evidence
