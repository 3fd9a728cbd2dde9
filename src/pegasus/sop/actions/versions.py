"""Which version of a text runs: from the day on that was decided, and with the tasks that belong to it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.calendar.domain.deadlines import start_of_day
from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.sop import queries
from pegasus.sop.models import Procedure, ProcedureVersion, Task


@transaction.atomic
def bring_into_force(*, office: Office, at: datetime) -> list[ProcedureVersion]:
    """Let the texts whose day has come take the place of those in force, and return them.

    The day is the one that was decided, whenever this runs: a worker that slept changes nothing about it.
    """
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    come = list(queries.waiting_versions(office).filter(effective_on__lte=today))
    for version in come:
        _begin(version, office)
    return come


def _begin(version: ProcedureVersion, office: Office) -> None:
    before = ProcedureVersion.objects.filter(
        procedure=version.procedure_id, in_force_from__isnull=False, in_force_until=None
    )
    begun = [one.in_force_from for one in before if one.in_force_from]
    # A text that is put in force on its first day takes the place of one that began an hour earlier.
    moment = max([start_of_day(version.effective_on, office.timezone), *begun])
    before.update(in_force_until=moment)
    ProcedureVersion.objects.filter(pk=version.pk).update(in_force_from=moment)
    Procedure.objects.filter(pk=version.procedure_id).update(number=version.number)
    version.refresh_from_db()
    note("procedure.in_force", version, by=version.put_in_force_by, at=moment)


def take_over_tasks(*, version: ProcedureVersion, office: Office, at: datetime) -> int:
    """Let open tasks that begin under a new text run under it, and return how many; what has begun stays."""
    moment = start_of_day(queries.begins_on(version, office.timezone), office.timezone)
    coming = Task.objects.filter(office=office, closed_at=None, opens_at__gte=moment, opens_at__gt=at)
    return sum(
        coming.filter(activity__key=row.key, activity__rhythm=row.rhythm)
        .filter(activity__version__procedure=version.procedure_id)
        .exclude(activity__version=version)
        .update(activity=row)
        for row in version.activities.order_by("number")
    )


def note(action: str, version: ProcedureVersion, *, by: str, at: datetime, **facts: object) -> None:
    """Write down what became of a version."""
    audit.record(
        action=action,
        subject=f"procedure:{version.procedure_id}",
        actor=by,
        at=at,
        office_id=version.procedure.programme.office_id,
        after={"version": version.version, **facts},
    )
