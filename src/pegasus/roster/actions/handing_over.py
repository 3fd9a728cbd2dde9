"""A duty changes hands: a substitute is asked for, found, appointed; the opposite undoes it."""

from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit, jobs
from pegasus.people.models import Employee
from pegasus.roster.actions.holding import HolderChanged, change_holder, refuse_over, refuse_unable
from pegasus.roster.models import Duty, Swap


class AlreadyAsked(Exception):
    """A substitute has been asked for and not yet found."""


class AlreadySettled(Exception):
    """The wish was settled before."""


@transaction.atomic
def reassign_duty(*, duty: Duty, to: Employee, by: str, at: datetime, reason: str) -> None:
    """Hand a duty to somebody else: open tasks move along, the old personal link is closed."""
    refuse_over(duty, at)
    refuse_unable(duty, to)
    change_holder(duty, to, reason={"kind": "hand", "text": reason}, by=by, at=at)
    Swap.objects.filter(duty=duty, state=Swap.State.ASKED).update(
        state=Swap.State.DONE, to_employee=to, settled_at=at, settled_by=by
    )
    jobs.wake("reminders.plan", duty.office_id)


@transaction.atomic
def ask_for_substitute(*, duty: Duty, reason: str, at: datetime) -> Swap:
    """Say "Tidak bisa minggu ini": the CA is asked to find a substitute; until then the holder stays."""
    refuse_over(duty, at)
    if duty.holder is None:
        raise HolderChanged
    swap, made = Swap.objects.get_or_create(
        duty=duty,
        state=Swap.State.ASKED,
        defaults={"from_employee": duty.holder, "reason": reason, "asked_at": at},
    )
    if not made:
        raise AlreadyAsked
    audit.record(
        action="duty.substitute_asked",
        subject=duty.subject,
        actor=duty.holder.name,
        at=at,
        office_id=duty.office_id,
        employee_id=duty.holder_id,
        after={"reason": reason},
    )
    return swap


@transaction.atomic
def withdraw_request(*, swap: Swap, by: str, at: datetime) -> None:
    """Take the wish for a substitute back; the holder serves after all."""
    withdrawn = Swap.objects.filter(pk=swap.pk, state=Swap.State.ASKED).update(
        state=Swap.State.WITHDRAWN, settled_at=at, settled_by=by
    )
    if not withdrawn:
        raise AlreadySettled
    audit.record(
        action="duty.substitute_withdrawn",
        subject=swap.duty.subject,
        actor=by,
        at=at,
        office_id=swap.duty.office_id,
        employee_id=swap.from_employee_id,
    )
