"""The doors to the slice's rows: those of one office."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from pegasus.archive.models import Record
from pegasus.calendar.domain.periods import Period
from pegasus.cards.models import CardPicture
from pegasus.people.models import Employee, Office, Role, RoleAssignment
from pegasus.people.queries import employees_of, holder_of, running_offices
from pegasus.reports.domain import frozen
from pegasus.reports.domain.contents import title as title_of
from pegasus.reports.models import FollowUp, Obstacle, Report
from pegasus.signing.models import SignatureRequest
from pegasus.signing.queries import requests_of
from pegasus.sop import queries as sop
from pegasus.sop.models import Activity, Evidence, Programme, Task
from pegasus.sop.queries import quarters, tasks_of

PERIOD = "period:"
RHYTHM = {Report.Kind.QUARTER: Activity.Rhythm.QUARTER, Report.Kind.SEMESTER: Activity.Rhythm.SEMESTER}


def reports_of(office: Office) -> QuerySet[Report]:
    """The only door to reports: those of one office, the newest period first.

    What a final one says is left in the database until it is asked for: lists do not show it.
    """
    return (
        Report.objects.filter(office=office)
        .defer("frozen")
        .select_related("office", "programme", "final", "signed")
        .order_by("-period", "kind", "programme_id", "pk")
    )


def obstacles_of(office: Office) -> QuerySet[Obstacle]:
    """The only door to obstacles, the oldest first."""
    return Obstacle.objects.filter(office=office).select_related("programme").order_by("noted_at", "pk")


def follow_ups_of(office: Office) -> QuerySet[FollowUp]:
    """The only door to follow-ups: what is due first."""
    return FollowUp.objects.filter(office=office).select_related("programme").order_by("due_on", "pk")


def programmes_of(office: Office) -> QuerySet[Programme]:
    """Return the office's programmes that still run."""
    return Programme.objects.filter(office=office, is_active=True).order_by("pk")


def report_tasks(report: Report) -> QuerySet[Task]:
    """Return the tasks that the final report closes: activity 6 of its programme, or activity 7 of all."""
    tasks = tasks_of(report.office).filter(
        activity__rhythm=RHYTHM[Report.Kind(report.kind)], subject=PERIOD + report.period
    )
    if report.programme_id is None:
        return tasks
    return tasks.filter(activity__version__procedure__programme=report.programme_id)


def first_day_of(office: Office, at: datetime) -> date:
    """Return the day from which an office has something to report: its first task, else today."""
    return sop.first_day_of(office, at.astimezone(ZoneInfo(office.timezone)).date())


def period_is_open(office: Office, period: Period, at: datetime) -> bool:
    """Tell whether the period still runs in the office."""
    return at.astimezone(ZoneInfo(office.timezone)).date() <= period.ends_on


def open_request(report: Report) -> SignatureRequest | None:
    """Return the signature that is waited for, if any."""
    waiting = requests_of(report.office).filter(subject=f"report:{report.pk}", state=SignatureRequest.State.WAITING)
    return waiting.first()


def signers_of(office: Office, at: datetime) -> QuerySet[Employee]:
    """Return who may sign a report: the head, the change champion and the change agents."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    held = RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today),
        employee__office=office,
        role__in=(Role.HEAD, Role.CC, Role.CA),
        valid_from__lte=today,
    )
    return employees_of(office).filter(pk__in=held.values("employee"))


def contents_signer(office: Office, at: datetime) -> Employee | None:
    """Return who signs unless somebody else is chosen: the head of the office."""
    return holder_of(office, Role.HEAD, on=at.astimezone(ZoneInfo(office.timezone)).date())


@dataclass(frozen=True)
class Due:
    """A report that is owed: its task, what it is about, and what there is of it."""

    task: Task
    kind: str
    period: Period
    programme_id: int
    title: str
    report: Report | None


def due_tasks(office: Office, at: datetime) -> list[Due]:
    """Return the reports owed, the most urgent first."""
    tasks = (
        tasks_of(office)
        .filter(activity__rhythm__in=[*RHYTHM.values()], subject__startswith=PERIOD)
        .filter(opens_at__lte=at, closed_at=None)
        .select_related("activity__version__procedure__programme", "owner")
    )
    there = {(one.kind, one.period, one.programme_id): one for one in reports_of(office)}
    found: dict[tuple[str, str, int | None], Due] = {}
    for task in tasks:
        is_quarter = task.activity.rhythm == Activity.Rhythm.QUARTER
        kind = Report.Kind.QUARTER.value if is_quarter else Report.Kind.SEMESTER.value
        programme = task.activity.version.procedure.programme
        period = Period.parse(task.subject.removeprefix(PERIOD))
        key = (kind, period.key, programme.pk if is_quarter else None)
        title = title_of(kind, period, programme.name)
        found.setdefault(key, Due(task, kind, period, programme.pk, title, there.get(key)))
    return list(found.values())


def offices_that_owe(at: datetime) -> list[int]:
    """Return the running offices with an open report task whose report nobody has begun, in one query."""
    is_quarter = Q(activity__rhythm=Activity.Rhythm.QUARTER)
    begun = Report.objects.filter(office=OuterRef("office"), period=OuterRef("period_key"))
    programme = OuterRef("activity__version__procedure__programme")
    owed = (
        Task.objects.filter(opens_at__lte=at, closed_at=None, subject__startswith=PERIOD, office__in=running_offices())
        .filter(Q(activity__rhythm=Activity.Rhythm.SEMESTER) | is_quarter)
        .annotate(period_key=Substr("subject", len(PERIOD) + 1))
        .exclude(is_quarter & Q(activity__version__procedure__programme__is_active=False))
        .exclude(is_quarter & Exists(begun.filter(kind=Report.Kind.QUARTER, programme=programme)))
        .exclude(~is_quarter & Exists(begun.filter(kind=Report.Kind.SEMESTER)))
    )
    return list(owed.order_by("office").values_list("office", flat=True).distinct())


def picture_record(report: Report, pk: int) -> Record | None:
    """Return a card or a screenshot of the report's own tasks; nothing else is shown through a report."""
    if report.frozen and report.state != Report.State.DRAFT:
        kept = frozen.thaw(report.frozen)
        shown = {item.record for item in (*kept.cards, *kept.screenshots)}
        return Record.objects.filter(office=report.office, pk=pk).first() if pk in shown else None
    period = Period.parse(report.period)
    tasks = tasks_of(report.office).filter(
        period__in=quarters(period), activity__version__procedure__programme=report.programme_id
    )
    cards = CardPicture.objects.filter(card__task__in=tasks, record=pk)
    shots = Evidence.objects.filter(task__in=tasks, kind=Evidence.Kind.SCREENSHOT, record=pk)
    records = Record.objects.filter(office=report.office, pk=pk)
    return records.filter(Q(pk__in=cards.values("record")) | Q(pk__in=shots.values("record"))).first()
