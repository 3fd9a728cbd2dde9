from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.actions.anonymity import refuse_leaver
from pegasus.people.models import Employee, Office, RoleAssignment


class AlreadyAssigned(Exception):
    """The person has this role in those days already."""


class EndsBeforeItStarts(Exception):
    """The last day lies before the first."""


class NobodyLeft(Exception):
    """Without this role nobody could keep the list any more, nor give the role back."""


@transaction.atomic
def assign_role(
    *,
    employee: Employee,
    role: str,
    decree_number: str,
    valid_from: date,
    valid_until: date | None,
    by: str,
    at: datetime,
) -> RoleAssignment:
    """Give a role by decree."""
    refuse_leaver(employee, at)
    if valid_until is not None and valid_until < valid_from:
        raise EndsBeforeItStarts
    held = RoleAssignment.objects.filter(employee=employee, role=role)
    if any(
        (valid_until is None or other.valid_from <= valid_until)
        and (other.valid_until is None or other.valid_until >= valid_from)
        for other in held
    ):
        raise AlreadyAssigned
    assignment = RoleAssignment.objects.create(
        employee=employee, role=role, decree_number=decree_number, valid_from=valid_from, valid_until=valid_until
    )
    _record("role.assigned", assignment, by, at)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, last_day: date, by: str, at: datetime) -> None:
    """End a role with a last day; one that would never have begun goes away."""
    office = assignment.employee.office
    if assignment.role in queries.KEEPERS:
        others = RoleAssignment.objects.exclude(pk=assignment.pk)
        refuse_a_keyless_office(office, others, last_day=last_day, at=at)
    if last_day < assignment.valid_from:
        _record("role.withdrawn", assignment, by, at)
        assignment.delete()
        return
    assignment.valid_until = last_day
    assignment.save(update_fields=["valid_until"])
    _record("role.ended", assignment, by, at)


def refuse_a_keyless_office(office: Office, others: QuerySet[RoleAssignment], *, last_day: date, at: datetime) -> None:
    """Raise NobodyLeft unless one of the other assignments lets somebody keep the list on the day after."""
    after = max(last_day + timedelta(days=1), at.astimezone(ZoneInfo(office.timezone)).date())
    keepers = queries.keepers_of(office, on=after)
    if keepers.exists() and not keepers.filter(pk__in=others).exists():
        raise NobodyLeft


def _record(action: str, assignment: RoleAssignment, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"employee:{assignment.employee_id}",
        actor=by,
        at=at,
        office_id=assignment.employee.office_id,
        after={
            "role": assignment.role,
            "decree_number": assignment.decree_number,
            "valid_from": assignment.valid_from.isoformat(),
            "valid_until": assignment.valid_until.isoformat() if assignment.valid_until else None,
        },
    )
