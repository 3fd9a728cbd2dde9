from datetime import datetime

from django.db import transaction

from pegasus.archive.models import Record
from pegasus.kernel import audit
from pegasus.people.models import Employee, Office
from pegasus.sop import queries
from pegasus.sop.models import Activity, Evidence, Task


class AlreadyClosed(Exception):
    """The task was closed before."""


def open_task(  # noqa: PLR0913 - a task is its facts
    *,
    office: Office,
    activity: Activity,
    subject: str,
    part: str = "",
    period: str,
    role: str,
    owner: Employee | None,
    opens_at: datetime,
    due_at: datetime,
    label: str = "",
) -> Task:
    """Open a task, or return it when it is there; an open task takes over new times, a new owner and new words.

    It runs under the text that is in force when it opens; an occurrence that began under another stays with that.
    """
    others = queries.other_texts(activity.version)
    if others:
        twin = queries.twin_of(activity, office, subject, part)
        activity = twin.activity if twin else queries.row_on(activity, others, opens_at, office.timezone)
    task, made = Task.objects.get_or_create(
        office=office,
        activity=activity,
        subject=subject,
        part=part,
        defaults={
            "period": period,
            "role": role,
            "owner": owner,
            "opens_at": opens_at,
            "due_at": due_at,
            "label": label,
        },
    )
    if not made and task.closed_at is None:
        task.period, task.role, task.owner, task.opens_at, task.due_at = period, role, owner, opens_at, due_at
        task.label = label or task.label
        task.save(update_fields=["period", "role", "owner", "opens_at", "due_at", "label"])
    return task


@transaction.atomic
def close_task(
    *,
    task: Task,
    at: datetime,
    by: str,
    outcome: str = Task.Outcome.DONE,
    note: str = "",
    employee_id: int | None = None,
) -> None:
    """Close a task at a moment; a task is closed once."""
    closed = Task.objects.filter(pk=task.pk, closed_at=None).update(
        closed_at=at, closed_by=by, outcome=outcome, note=note
    )
    if not closed:
        raise AlreadyClosed
    audit.record(
        action="task.closed",
        subject=f"task:{task.pk}",
        actor=by,
        at=at,
        office_id=task.office_id,
        employee_id=employee_id,
        after={"outcome": outcome, "note": note},
    )
    task.refresh_from_db(fields=["closed_at", "closed_by", "outcome", "note"])


@transaction.atomic
def reopen_task(*, task: Task, at: datetime, by: str, reason: str) -> None:
    """Open a closed task again (a card taken back, a wrong proof); the reason stays in the audit trail."""
    Task.objects.filter(pk=task.pk).update(closed_at=None, closed_by="", outcome="", note="")
    audit.record(
        action="task.reopened",
        subject=f"task:{task.pk}",
        actor=by,
        at=at,
        office_id=task.office_id,
        after={"reason": reason},
    )
    task.refresh_from_db(fields=["closed_at", "closed_by", "outcome", "note"])


def add_evidence(
    *,
    task: Task,
    kind: str,
    by: str,
    at: datetime,
    record: Record | None = None,
    url: str = "",
    text: str = "",
) -> Evidence:
    """Hang a proof on a task."""
    return Evidence.objects.create(task=task, kind=kind, by=by, at=at, record=record, url=url, text=text)


def replace_evidence(*, task: Task, kind: str, at: datetime) -> None:
    """Let better proof take the place of what hangs there: it stays to be seen, and counts no more."""
    Evidence.objects.filter(task=task, kind=kind, replaced_at=None).update(replaced_at=at)
