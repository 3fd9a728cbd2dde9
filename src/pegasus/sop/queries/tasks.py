from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from django.db.models import Count, F, Prefetch, Q, QuerySet

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Office
from pegasus.sop.models import Activity, Evidence, ProcedureVersion, Programme, Task

Status = Literal["on_time", "late", "open", "overdue", "skipped", "not_needed"]
BY_HAND = (Activity.Rhythm.MANUAL, Activity.Rhythm.MONTHLY, Activity.Rhythm.YEARLY)
OWN_PROGRAMME = "pegasus"  # its activities are closed by their own slices


def tasks_of(office: Office) -> QuerySet[Task]:
    """The only door to tasks: those of one office, by due time."""
    return Task.objects.filter(office=office).select_related("activity", "owner").order_by("due_at", "pk")


def evidence_of(office: Office) -> QuerySet[Evidence]:
    """The only door to evidence: that of one office, oldest first."""
    return Evidence.objects.filter(task__office=office).select_related("record", "task").order_by("at", "pk")


def programmes_of(office: Office) -> QuerySet[Programme]:
    """The only door to programmes: those of one office, in the order they were taken up."""
    return Programme.objects.filter(office=office).select_related("procedure").order_by("pk")


def programmes_with_figures(office: Office) -> QuerySet[Programme]:
    """Return the programmes with the number of their activities, open tasks and proofs."""
    rows = "procedure__versions__activities"
    in_force = Q(procedure__versions__in_force_from__isnull=False, procedure__versions__in_force_until=None)
    return programmes_of(office).annotate(
        activity_count=Count(rows, filter=in_force, distinct=True),
        open_count=Count(f"{rows}__tasks", filter=Q(**{f"{rows}__tasks__closed_at": None}), distinct=True),
        proof_count=Count(f"{rows}__tasks__evidence", distinct=True),
    )


def versions_of(office: Office, programme: str = OWN_PROGRAMME) -> QuerySet[ProcedureVersion]:
    """Return a programme's texts, the newest first."""
    return (
        ProcedureVersion.objects.select_related("procedure__programme__office")
        .filter(procedure__programme__office=office, procedure__programme__code=programme)
        .order_by("-version")
    )


def version_in_force(office: Office, programme: str = OWN_PROGRAMME) -> ProcedureVersion:
    """Return the text under which new tasks run."""
    return versions_of(office, programme).filter(in_force_from__isnull=False, in_force_until=None).latest("version")


def activities_in_force(office: Office) -> QuerySet[Activity]:
    """Return the activities of the versions in force of all active programmes, programme by programme."""
    return (
        Activity.objects.filter(
            version__procedure__programme__office=office,
            version__procedure__programme__is_active=True,
            version__in_force_from__isnull=False,
            version__in_force_until=None,
        )
        .select_related("version__procedure__programme")
        .order_by("version__procedure__programme_id", "number")
    )


def activity(office: Office, rhythm: str, programme: str = OWN_PROGRAMME) -> Activity:
    """Return the activity of the version in force that opens in a rhythm: there is one in SOP-330."""
    return Activity.objects.get(version=version_in_force(office, programme), rhythm=rhythm)


def parts_of(activity: Activity, version: ProcedureVersion) -> Iterator[tuple[str, str]]:
    """Yield part and role of each task of an occurrence: one per performer, told apart by the lane when several."""
    roles = {lane["key"]: lane["role"] for lane in version.lanes}
    lanes = [performer["lane"] for performer in activity.performers]
    for lane in lanes:
        yield (lane if len(lanes) > 1 else ""), roles[lane]


def quarters(period: Period) -> list[str]:
    """Return the keys of the quarters in a period: tasks count in quarters."""
    if period.kind == "quarter":
        return [period.key]
    return [f"{period.year}Q{number}" for number in (period.number * 2 - 1, period.number * 2)]


def tasks_in(office: Office, period: Period, programme: str = OWN_PROGRAMME) -> QuerySet[Task]:
    """Return a programme's tasks that count in a period, under whichever version they ran."""
    return tasks_of(office).filter(
        period__in=quarters(period), activity__version__procedure__programme__code=programme
    )


def with_status(tasks: QuerySet[Task], status: Status, at: datetime) -> QuerySet[Task]:
    """Keep the tasks behind one figure: the same six words as the figures, each task under exactly one."""
    done = Q(outcome=Task.Outcome.DONE)
    conditions: dict[str, Q] = {
        "on_time": done & Q(closed_at__lte=F("due_at")),
        "late": done & Q(closed_at__gt=F("due_at")),
        "open": Q(closed_at=None, due_at__gte=at),
        "overdue": Q(closed_at=None, due_at__lt=at),
        "skipped": Q(outcome=Task.Outcome.SKIPPED),
        "not_needed": Q(outcome=Task.Outcome.NOT_NEEDED),
    }
    return tasks.filter(conditions[status])


def shown(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Return tasks with what a list shows of them."""
    return tasks.select_related("activity__version__procedure__programme").annotate(proofs=Count("evidence"))


def with_evidence(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Return tasks with their programme and their proofs."""
    proofs = Prefetch("evidence", Evidence.objects.select_related("record").order_by("at", "pk"))
    return tasks.select_related("activity__version__procedure__programme").prefetch_related(proofs)


def people_behind(office: Office, subjects: Iterable[str]) -> dict[str, str]:
    """Name the employee whose work each subject is: a reminder is about the one who makes the card."""
    found = tasks_of(office).filter(
        subject__in=set(subjects), activity__rhythm=Activity.Rhythm.CARD, owner__isnull=False
    )
    return {task.subject: task.owner.name for task in found if task.owner}


def closes_by_hand(task: Task) -> bool:
    """Tell whether a person closes this task here; Pegasus' own activities are closed where their work is done."""
    programme = task.activity.version.procedure.programme.code
    return programme != OWN_PROGRAMME or task.activity.rhythm in BY_HAND
