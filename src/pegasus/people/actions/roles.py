from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.actions.anonymity import refuse_leaver
from pegasus.people.actions.api_tokens import end_tokens
from pegasus.people.actions.exemptions import end_with_role, exempt_with_role
from pegasus.people.models import Employee, Office, Role, RoleAssignment


class AlreadyAssigned(Exception):
    """The person has this role in those days already."""


class EndsBeforeItStarts(Exception):
    """The last day lies before the first."""


class NobodyLeft(Exception):
    """Without this role nobody could keep the list any more, or nobody give the roles with power."""


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
    programme: str = queries.PEGASUS,
) -> RoleAssignment:
    """Write a role by decree down; a change agent's names its programme, Pegasus unless another is given.

    It asks nobody who they are: pages and programs give roles by `give_role`.
    """
    refuse_leaver(employee, at)
    named = programme if role == Role.CA else ""
    refuse_overlap(employee, role, named, valid_from, valid_until)
    assignment = RoleAssignment.objects.create(
        employee=employee,
        role=role,
        programme=named,
        decree_number=decree_number,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _record("role.assigned", assignment, by, at)
    exempt_with_role(assignment, by=by, at=at)
    return assignment


def refuse_overlap(employee: Employee, role: str, programme: str, valid_from: date, valid_until: date | None) -> None:
    """Raise where the days are none, or the role is held already in some of them for the same programme."""
    if valid_until is not None and valid_until < valid_from:
        raise EndsBeforeItStarts
    held = RoleAssignment.objects.filter(employee=employee, role=role, programme=programme)
    if any(
        (valid_until is None or other.valid_from <= valid_until)
        and (other.valid_until is None or other.valid_until >= valid_from)
        for other in held
    ):
        raise AlreadyAssigned


@transaction.atomic
def end_role(*, assignment: RoleAssignment, last_day: date, by: str, at: datetime) -> None:
    """End a role with a last day; one that would never have begun goes away."""
    office = assignment.employee.office
    if assignment.role in queries.KEEPERS:
        others = RoleAssignment.objects.exclude(pk=assignment.pk)
        refuse_a_keyless_office(office, others, last_day=last_day, at=at)
    end_tokens(employee=assignment.employee, by=by, at=at, last_day=last_day)
    end_with_role(assignment, last_day=last_day, by=by, at=at)
    if last_day < assignment.valid_from:
        _record("role.withdrawn", assignment, by, at)
        assignment.delete()
        return
    assignment.valid_until = last_day
    assignment.save(update_fields=["valid_until"])
    _record("role.ended", assignment, by, at)


def refuse_a_keyless_office(office: Office, others: QuerySet[RoleAssignment], *, last_day: date, at: datetime) -> None:
    """Raise NobodyLeft unless others can keep the list on the day after, and give the roles with power."""
    after = max(last_day + timedelta(days=1), at.astimezone(ZoneInfo(office.timezone)).date())
    for found in (queries.keepers_of(office, on=after), queries.administrators_of(office, on=after)):
        if found.exists() and not found.filter(pk__in=others).exists():
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
            **({"programme": assignment.programme} if assignment.programme else {}),
            "decree_number": assignment.decree_number,
            "valid_from": assignment.valid_from.isoformat(),
            "valid_until": assignment.valid_until.isoformat() if assignment.valid_until else None,
        },
    )
