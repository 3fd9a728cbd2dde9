from datetime import datetime, timedelta

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.actions.employees import change_employee
from pegasus.people.models import Correction, Employee

ANSWERED_WITHIN = timedelta(hours=72)  # UU 27/2022, article 30: 3x24 hours
# What the office sets right by accepting; a free text ("other") it sets right by hand.
CORRECTABLE = ("name", "title_before", "title_after", "nip", "team", "position")


class AlreadyWaiting(Exception):
    """The person has asked for this and has no answer yet."""


class AlreadyAnswered(Exception):
    """Somebody has answered this request."""


class AnswerMissing(Exception):
    """A request is declined without a reason."""


@transaction.atomic
def ask_correction(*, employee: Employee, field: str, wanted: str, reason: str, by: str, at: datetime) -> Correction:
    """Ask the office to put something right that the person cannot change alone."""
    Employee.objects.select_for_update().get(pk=employee.pk)
    if Correction.objects.filter(employee=employee, field=field, state=Correction.State.ASKED).exists():
        raise AlreadyWaiting
    made = Correction.objects.create(
        employee=employee, field=field, wanted=wanted, reason=reason, asked_at=at, due_at=at + ANSWERED_WITHIN
    )
    _record("correction.asked", made, by, at)
    return made


@transaction.atomic
def accept_correction(*, correction: Correction, by: str, at: datetime) -> None:
    """Put it right as asked; what the office's rules refuse (a NIP that is taken) is raised and stays open."""
    _settle(correction, Correction.State.ACCEPTED, "", by, at)
    if correction.field in CORRECTABLE:
        change_employee(employee=correction.employee, by=by, at=at, **{correction.field: correction.wanted})
    _record("correction.accepted", correction, by, at)


@transaction.atomic
def decline_correction(*, correction: Correction, answer: str, by: str, at: datetime) -> None:
    """Say why it stays as it is."""
    if not answer:
        raise AnswerMissing
    _settle(correction, Correction.State.DECLINED, answer, by, at)
    _record("correction.declined", correction, by, at)


def _settle(correction: Correction, state: str, answer: str, by: str, at: datetime) -> None:
    open_rows = Correction.objects.filter(pk=correction.pk, state=Correction.State.ASKED)
    if not open_rows.update(state=state, answer=answer, settled_at=at, settled_by=by):
        raise AlreadyAnswered


def _record(action: str, correction: Correction, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"employee:{correction.employee_id}",
        actor=by,
        at=at,
        office_id=correction.employee.office_id,
        after={"field": correction.field},
    )
