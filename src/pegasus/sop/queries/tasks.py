from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Prefetch, Q, QuerySet

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Office
from pegasus.sop.models import Activity, Evidence, ProcedureDraft, ProcedureVersion, Programme, Task
from pegasus.sop.shipped import ShippedActivity, ShippedProcedure

Status = Literal["on_time", "late", "open", "overdue", "skipped", "not_needed"]
BY_HAND = (Activity.Rhythm.MANUAL, Activity.Rhythm.MONTHLY, Activity.Rhythm.YEARLY)
# Rhythms that one row of a text has: their tasks are found whatever the row's number.
ONE_ROW = (
    Activity.Rhythm.ROSTER,
    Activity.Rhythm.TEMPLATES,
    Activity.Rhythm.REMINDER,
    Activity.Rhythm.CARD,
    Activity.Rhythm.POSTING,
)
OWN_PROGRAMME = "pegasus"  # its activities are closed by their own slices


def tasks_of(office: Office) -> QuerySet[Task]:
    """The only door to tasks: those of one office, by due time."""
    return Task.objects.filter(office=office).select_related("activity", "owner").order_by("due_at", "pk")


def first_day_of(office: Office, today: date) -> date:
    """Return the day from which an office has something to tell: that of its first task's period, else today."""
    first = Task.objects.filter(office=office).order_by("period").values_list("period", flat=True).first()
    return min(Period.parse(first).starts_on, today) if first else today


def evidence_of(office: Office) -> QuerySet[Evidence]:
    """The only door to evidence: that of one office, oldest first."""
    return Evidence.objects.filter(task__office=office).select_related("record", "task").order_by("at", "pk")


def programmes_of(office: Office) -> QuerySet[Programme]:
    """The only door to programmes: those of one office, in the order they were taken up."""
    return Programme.objects.filter(office=office).select_related("procedure").order_by("pk")


def programme_choices(office: Office) -> list[tuple[str, str]]:
    """Return the programmes as roles name them: code and name."""
    return list(programmes_of(office).values_list("code", "name"))


def programme_codes(office: Office) -> dict[int, str]:
    """Return each version's key with the code of its programme."""
    versions = ProcedureVersion.objects.filter(procedure__programme__office=office)
    return dict(versions.values_list("pk", "procedure__programme__code"))


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


def versions_with_rows(office: Office, programme: str = OWN_PROGRAMME) -> QuerySet[ProcedureVersion]:
    """Return a programme's texts with their rows, the newest first."""
    rows = Prefetch("activities", Activity.objects.order_by("number"))
    return versions_of(office, programme).filter(put_in_force_at__isnull=False).prefetch_related(rows)


def kept_version(office: Office, pk: int) -> ProcedureVersion | None:
    """Return a text of an office that was put in force, by its key; None where there is none."""
    found = ProcedureVersion.objects.select_related("procedure__programme__office").filter(
        procedure__programme__office=office, put_in_force_at__isnull=False
    )
    return found.filter(pk=pk).first()


def versions_in_force(office: Office, programme: str = OWN_PROGRAMME) -> QuerySet[ProcedureVersion]:
    """Return the one text in force, as a set of at most one."""
    return versions_of(office, programme).filter(in_force_from__isnull=False, in_force_until=None)


def waiting_versions(office: Office) -> QuerySet[ProcedureVersion]:
    """Return the texts whose day is still to come, whichever the programme, the oldest first."""
    return (
        ProcedureVersion.objects.select_related("procedure__programme__office")
        .filter(procedure__programme__office=office, put_in_force_at__isnull=False, in_force_from=None)
        .order_by("procedure_id", "version")
    )


def newest_version(office: Office, programme: str = OWN_PROGRAMME) -> QuerySet[ProcedureVersion]:
    """Return what a revision starts from, as a set of at most one: the text in force, or the one that waits."""
    newest = versions_of(office, programme).filter(put_in_force_at__isnull=False)[:1]
    return versions_of(office, programme).filter(pk__in=[version.pk for version in newest])


def drafts_of(office: Office, programme: str = OWN_PROGRAMME) -> QuerySet[ProcedureDraft]:
    """The only door to drafts: the one of a programme of an office, as a set of at most one."""
    return ProcedureDraft.objects.select_related("procedure__programme__office", "based_on").filter(
        procedure__programme__office=office, procedure__programme__code=programme
    )


def version_in_force(office: Office, programme: str = OWN_PROGRAMME) -> ProcedureVersion:
    """Return the text under which new tasks run."""
    return versions_in_force(office, programme).latest("version")


def text_of(version: ProcedureVersion) -> ShippedProcedure:
    """Return a version in the shape in which procedures are shipped."""
    programme = version.procedure.programme
    return {
        "code": programme.code,
        "name": programme.name,
        "number": version.number,
        "version": version.version,
        "agency": version.agency,
        "unit": version.unit,
        "title": version.title,
        "created_on": version.created_on.isoformat(),
        "revised_on": version.revised_on.isoformat() if version.revised_on else None,
        "effective_on": version.effective_on.isoformat(),
        "approved_by_position": version.approved_by_position,
        "approved_by_name": version.approved_by_name,
        "legal_basis": version.legal_basis,
        "qualifications": version.qualifications,
        "related": version.related,
        "warnings": version.warnings,
        "equipment": version.equipment,
        "recording": version.recording,
        "lanes": version.lanes,
        "activities": [_row_of(row) for row in sorted(version.activities.all(), key=lambda row: row.number)],
    }


def _row_of(row: Activity) -> ShippedActivity:
    return {
        "key": row.key,
        "number": row.number,
        "title": row.title,
        "performers": row.performers,
        "required_input": row.required_input,
        "time_standard": row.time_standard,
        "output": row.output,
        "remark": row.remark,
        "rhythm": row.rhythm,
    }


def other_texts(version: ProcedureVersion) -> list[ProcedureVersion]:
    """Return the other versions of a text that are, were or will be in force, the newest first."""
    found = ProcedureVersion.objects.filter(procedure=version.procedure_id, put_in_force_at__isnull=False)
    return list(found.exclude(pk=version.pk).order_by("-version"))


def row_on(activity: Activity, others: Iterable[ProcedureVersion], moment: datetime, zone: str) -> Activity:
    """Return an activity as the version has it that is in force at a moment; a row that is not in it stays."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    versions = sorted([activity.version, *others], key=lambda one: -one.version)
    wanted = next((one for one in versions if begins_on(one, zone) <= day), activity.version)
    if wanted.pk == activity.version_id:
        return activity
    return Activity.objects.filter(version=wanted, key=activity.key, rhythm=activity.rhythm).first() or activity


def begins_on(version: ProcedureVersion, zone: str) -> date:
    """Return the day from which new tasks run under a version."""
    if version.in_force_from is None:
        return version.effective_on
    return version.in_force_from.astimezone(ZoneInfo(zone)).date()


def twin_of(activity: Activity, office: Office, subject: str, part: str) -> Task | None:
    """Return the task of the same occurrence that began under another version of the text."""
    same_row = Q(activity__key=activity.key) | Q(activity__rhythm__in=ONE_ROW)
    return (
        tasks_of(office)
        .filter(
            same_row,
            subject=subject,
            part=part,
            activity__rhythm=activity.rhythm,
            activity__version__procedure=activity.version.procedure_id,
        )
        .exclude(activity__version=activity.version_id)
        .first()
    )


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
    return tasks.select_related("activity__version__procedure__programme").annotate(
        proofs=Count("evidence", filter=Q(evidence__replaced_at=None))
    )


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
