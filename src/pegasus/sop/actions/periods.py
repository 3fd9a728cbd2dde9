from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import jobs
from pegasus.people.models import Employee, Office
from pegasus.people.queries import holder_of
from pegasus.sop import queries
from pegasus.sop.actions.tasks import close_task, open_task, reopen_task
from pegasus.sop.actions.versions import bring_into_force
from pegasus.sop.domain.greetings import SUBJECT
from pegasus.sop.models import Task

BY = "Pegasus"
NOT_GREETED = "Tidak diucapkan: sudah tidak di kantor ini, tidak berkenan, atau tanggal lahirnya dihapus."
EACH_BIRTHDAY = "Dijalankan per ulang tahun, sejak tanggal lahir pegawai tercatat."


@transaction.atomic
def open_period_tasks(*, office: Office, at: datetime) -> list[Task]:
    """Open what time has brought in all programmes, and return what is new.

    Doing it again changes nothing, unless the calendar moved or a role went to somebody else: then tasks that are
    still open take over the new times and the new owner.
    """
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    bring_into_force(office=office, at=at)
    owners: dict[tuple[str, str], Employee | None] = {}
    programmes = queries.programme_codes(office)
    opened = []
    wanted = list(queries.occasions(office, at))
    _let_go(office, {one.subject for one in wanted}, at)
    for one in wanted:
        if one.task is not None and one.task.closed_at is not None and not _take_up(one.task, at):
            continue
        programme = programmes[one.activity.version_id]
        if (programme, one.role) not in owners:
            owners[programme, one.role] = holder_of(office, one.role, on=today, programme=programme)
        task = open_task(
            office=office,
            activity=one.activity,
            subject=one.subject,
            part=one.part,
            period=one.period,
            role=one.role,
            owner=owners[programme, one.role],
            opens_at=one.opens_at,
            due_at=one.due_at,
            label=one.label,
        )
        if one.task is None:
            opened.append(task)
    if opened:
        # A report that falls due has its draft at once; this office's alone.
        jobs.wake("reports.draft_due_of", office.pk, unique_key=f"reports.draft_due_of|{office.pk}")
    return opened


def _let_go(office: Office, wanted: set[str], at: datetime) -> None:
    """Close what lies ahead and is no longer to be done: somebody left or objected, or birthdays replace a month."""
    birthdays = [task for task in queries.greeting_tasks(office).filter(closed_at=None) if task.subject not in wanted]
    coming = {task.subject for task in birthdays if task.due_at >= at}
    for task in birthdays:
        if task.subject in coming:
            close_task(task=task, at=at, by=BY, outcome=Task.Outcome.NOT_NEEDED, note=NOT_GREETED)
    if any(subject.startswith(SUBJECT) for subject in wanted):
        for task in queries.month_tasks(office).filter(due_at__gte=at):
            close_task(task=task, at=at, by=BY, outcome=Task.Outcome.NOT_NEEDED, note=EACH_BIRTHDAY)


def _take_up(task: Task, at: datetime) -> bool:
    """Open again what was let go, once it is wanted after all; tell whether it is open."""
    if task.closed_by != BY or task.note != NOT_GREETED:
        return False
    reopen_task(task=task, at=at, by=BY, reason="Ulang tahun ini diucapkan lagi.")
    return True
