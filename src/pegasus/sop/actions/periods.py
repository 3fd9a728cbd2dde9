from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import jobs
from pegasus.people.models import Employee, Office
from pegasus.people.queries import holder_of
from pegasus.sop import queries
from pegasus.sop.actions.tasks import open_task
from pegasus.sop.models import Task


@transaction.atomic
def open_period_tasks(*, office: Office, at: datetime) -> list[Task]:
    """Open what time has brought in all programmes, and return what is new.

    Doing it again changes nothing, unless the calendar moved or a role went to somebody else: then tasks that are
    still open take over the new times and the new owner.
    """
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    owners: dict[str, Employee | None] = {}
    opened = []
    for one in list(queries.occasions(office, at)):
        if one.task is not None and one.task.closed_at is not None:
            continue
        if one.role not in owners:
            owners[one.role] = holder_of(office, one.role, on=today)
        task = open_task(
            office=office,
            activity=one.activity,
            subject=one.subject,
            part=one.part,
            period=one.period,
            role=one.role,
            owner=owners[one.role],
            opens_at=one.opens_at,
            due_at=one.due_at,
        )
        if one.task is None:
            opened.append(task)
    if opened:
        jobs.wake("reports.draft_due")  # a report that falls due has its draft at once
    return opened
