"""Who takes no turns is written down, ended, and taken back."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from pegasus.kernel import audit, jobs
from pegasus.people.actions.anonymity import refuse_anonymised
from pegasus.people.domain import exemptions as rules
from pegasus.people.models import Employee, Exemption, Role, RoleAssignment

# These roles look at the programme from above or from outside; the office may lift the exemption again.
WITH_ROLE = {Role.HEAD: "Kepala kantor", Role.ASSESSOR: "Penilai"}


class AlreadyExempt(Exception):
    """The person takes no turns in these days already."""


class ExemptionBackwards(Exception):
    """The last day lies before the first."""


class ExemptionReasonMissing(Exception):
    """Without a reason nobody could understand later why somebody took no turns."""


@transaction.atomic
def exempt(
    *,
    employee: Employee,
    reason: str,
    starts_on: date,
    ends_on: date | None,
    by: str,
    at: datetime,
    role: str = "",
) -> Exemption:
    """Let a person take no turns from a day on, until a last day or for good."""
    refuse_anonymised(employee)
    if not reason.strip():
        raise ExemptionReasonMissing
    if ends_on is not None and ends_on < starts_on:
        raise ExemptionBackwards
    Employee.objects.select_for_update().get(pk=employee.pk)  # two clerks, one exemption
    known = [rules.span(one.starts_on, one.ends_on) for one in employee.exemptions.order_by("starts_on")]
    if rules.overlap(rules.span(starts_on, ends_on), known):
        raise AlreadyExempt
    exemption = Exemption.objects.create(
        employee=employee,
        reason=reason.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        role=role,
        created_at=at,
        created_by=by,
    )
    _record("exemption.added", exemption, by, at)
    return exemption


@transaction.atomic
def exempt_many(
    *, people: Iterable[Employee], reason: str, starts_on: date, ends_on: date | None, by: str, at: datetime
) -> list[Exemption]:
    """Let several people take no turns; who takes none in these days already stays as it is."""
    found = []
    for employee in people:
        try:
            with transaction.atomic():
                found.append(
                    exempt(employee=employee, reason=reason, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
                )
        except AlreadyExempt:
            continue
    return found


@transaction.atomic
def end_exemption(*, exemption: Exemption, last_day: date, by: str, at: datetime) -> None:
    """End an exemption with a last day; one that would never have begun goes away."""
    if last_day < exemption.starts_on:
        remove_exemption(exemption=exemption, by=by, at=at)
        return
    exemption.ends_on = last_day
    exemption.save(update_fields=["ends_on"])
    _record("exemption.ended", exemption, by, at)


@transaction.atomic
def remove_exemption(*, exemption: Exemption, by: str, at: datetime) -> None:
    """Take an exemption back, as if it had never been written down."""
    _record("exemption.removed", exemption, by, at)
    exemption.delete()


def exempt_with_role(assignment: RoleAssignment, *, by: str, at: datetime) -> None:
    """Write down the exemption that comes with a role; who is exempt in these days already needs none."""
    reason = WITH_ROLE.get(Role(assignment.role))
    if reason is None:
        return
    days = rules.span(assignment.valid_from, assignment.valid_until)
    known = [rules.span(one.starts_on, one.ends_on) for one in assignment.employee.exemptions.order_by("starts_on")]
    if not rules.overlap(days, known):
        exempt(
            employee=assignment.employee,
            reason=reason,
            starts_on=assignment.valid_from,
            ends_on=assignment.valid_until,
            role=assignment.role,
            by=by,
            at=at,
        )


def end_with_role(assignment: RoleAssignment, *, last_day: date, by: str, at: datetime) -> None:
    """End the exemption that came with a role on the role's last day; one that the office ended earlier stays."""
    for one in assignment.employee.exemptions.filter(role=assignment.role).order_by("starts_on"):
        if one.starts_on >= assignment.valid_from and (one.ends_on is None or one.ends_on > last_day):
            end_exemption(exemption=one, last_day=last_day, by=by, at=at)


def _record(action: str, exemption: Exemption, by: str, at: datetime) -> None:
    # The reason stays out of the trail: it may say what is nobody's business years later.
    audit.record(
        action=action,
        subject=f"employee:{exemption.employee_id}",
        actor=by,
        at=at,
        office_id=exemption.employee.office_id,
        after={
            "starts_on": exemption.starts_on.isoformat(),
            "ends_on": exemption.ends_on.isoformat() if exemption.ends_on else None,
        },
    )
    jobs.wake("reminders.plan", exemption.employee.office_id)
