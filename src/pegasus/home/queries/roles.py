from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Employee, Office
from pegasus.publishing import queries as publishing
from pegasus.reports.models import Report
from pegasus.reports.queries import reports_of
from pegasus.signing.models import SignatureRequest
from pegasus.sop import queries as sop
from pegasus.sop.models import Activity, Task

AHEAD = timedelta(days=7)
SHOWN = 6


@dataclass(frozen=True)
class Reports:
    """What waits for who evaluates or signs."""

    to_sign: list[SignatureRequest]
    evaluations: list[Task]
    latest: list[Report]


def queue_of(office: Office, *, at: datetime) -> list[publishing.Posting]:
    """Return what Humas still has to post, the oldest first."""
    subjects = publishing.subjects_waiting(office, until=at + AHEAD)
    found = publishing.postings(office, subjects)
    return [one for one in found if one.instagram and not one.instagram.is_posted][:SHOWN]


def reports_for(employee: Employee, *, at: datetime) -> Reports:
    """Return the requests to sign, the evaluations due and the latest reports; three queries."""
    office = employee.office
    to_sign = SignatureRequest.objects.filter(
        Q(signer=employee) | Q(signer=None), office=office, state=SignatureRequest.State.WAITING
    ).order_by("created_at", "pk")
    evaluations = (
        sop.tasks_of(office)
        .filter(activity__rhythm=Activity.Rhythm.SEMESTER, closed_at=None, opens_at__lte=at)
        .annotate(programme=F("activity__version__procedure__programme__name"))
    )
    return Reports(list(to_sign[:SHOWN]), list(evaluations[:SHOWN]), list(reports_of(office)[:SHOWN]))


def quarter_of(office: Office, *, at: datetime) -> Period:
    """Return the running quarter of an office."""
    return Period.of(at.astimezone(ZoneInfo(office.timezone)).date(), "quarter")
