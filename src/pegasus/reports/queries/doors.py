"""The doors to the slice's rows: those of one office."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Office
from pegasus.reports.models import FollowUp, Obstacle, Report
from pegasus.sop.models import Activity, Programme, Task
from pegasus.sop.queries import tasks_of

RHYTHM = {Report.Kind.QUARTER: Activity.Rhythm.QUARTER, Report.Kind.SEMESTER: Activity.Rhythm.SEMESTER}


def reports_of(office: Office) -> QuerySet[Report]:
    """The only door to reports: those of one office, the newest period first."""
    return (
        Report.objects.filter(office=office)
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
        activity__rhythm=RHYTHM[Report.Kind(report.kind)], subject=f"period:{report.period}"
    )
    if report.programme_id is None:
        return tasks
    return tasks.filter(activity__version__procedure__programme=report.programme_id)


def period_is_open(office: Office, period: Period, at: datetime) -> bool:
    """Tell whether the period still runs in the office."""
    return at.astimezone(ZoneInfo(office.timezone)).date() <= period.ends_on
