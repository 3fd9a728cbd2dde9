"""What lies on the desks of the demonstration office today: a question to send on, a report to sign."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.periods import Period
from pegasus.delivery import actions as delivery
from pegasus.delivery.models import Delivery
from pegasus.people import queries as people
from pegasus.people.models import Office, Role
from pegasus.reports import actions as reports
from pegasus.reports import queries as report_queries
from pegasus.reports.models import Report
from pegasus.roster import actions as roster
from pegasus.roster import queries as roster_queries
from pegasus.signing.models import SignatureRequest

FAR_ENOUGH = timedelta(days=14)
REASON = "Tugas lapangan pada minggu itu."


def lay_out(office: Office, *, at: datetime) -> None:
    """Leave something to do on the pages of messages and of signatures."""
    _ask_for_a_substitute(office, at)
    _ask_for_a_signature(office, at)


def _ask_for_a_substitute(office: Office, at: datetime) -> None:
    """Let the last one whose turn is still far away say that they cannot; the question waits to be sent."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    far = roster_queries.duties_of(office).filter(posts_on__gte=today + FAR_ENOUGH).select_related("office")
    duty = far.last()
    if duty is None:
        return  # the last days of a quarter: the next roster is not out yet
    roster.ask_for_substitute(duty=duty, reason=REASON, at=at)
    for question in Delivery.objects.filter(office=office, state=Delivery.State.PLANNED, due_at__lte=at):
        delivery.prepare(delivery=question, at=at)


def _ask_for_a_signature(office: Office, at: datetime) -> None:
    """Lay the last final report on the programme before the head."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    period = Period.of(today, "quarter").previous
    final = report_queries.reports_of(office).filter(
        period=period.key, programme__code="pegasus", state=Report.State.FINAL
    )
    ca = people.holder_of(office, Role.CA, on=today, programme=people.PEGASUS)
    for report in final:
        reports.request_signature(
            report=report,
            road=SignatureRequest.Road.ANY,
            signer=people.holder_of(office, Role.HEAD, on=today),
            by=ca.name if ca else "Data contoh",
            at=at,
        )
