from datetime import date, datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.models import Absence, Employee


class AbsenceBackwards(Exception):
    """The last day lies before the first."""


@transaction.atomic
def add_absence(
    *,
    employee: Employee,
    starts_on: date,
    ends_on: date,
    by: str,
    at: datetime,
    kind: str = Absence.Kind.LEAVE,
    note: str = "",
) -> Absence:
    """Write down the days on which a person is away, both included."""
    if ends_on < starts_on:
        raise AbsenceBackwards
    absence = Absence.objects.create(employee=employee, kind=kind, starts_on=starts_on, ends_on=ends_on, note=note)
    _record("absence.added", absence, by, at)
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: str, at: datetime) -> None:
    """Take an absence back."""
    _record("absence.removed", absence, by, at)
    absence.delete()


def _record(action: str, absence: Absence, by: str, at: datetime) -> None:
    # The kind stays out of the trail: "Sakit" is nobody's business years later.
    audit.record(
        action=action,
        subject=f"employee:{absence.employee_id}",
        actor=by,
        at=at,
        office_id=absence.employee.office_id,
        after={"starts_on": absence.starts_on.isoformat(), "ends_on": absence.ends_on.isoformat()},
    )
