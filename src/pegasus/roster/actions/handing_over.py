"""A duty changes hands: a substitute is asked for, found, appointed; the opposite undoes it."""

from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit, jobs
from pegasus.people import actions as people
from pegasus.people.models import Employee
from pegasus.roster import queries
from pegasus.roster.models import LINK_PURPOSE, Duty, DutyHolder, Swap
from pegasus.sop import actions as sop


class CannotTakeOver(Exception):
    """The person is away, has left, or serves in that week already."""


class DutyIsOver(Exception):
    """The posting day has passed, or the duty was cancelled."""


class HolderChanged(Exception):
    """Somebody else changed the holder in the meantime."""


class AlreadyAsked(Exception):
    """A substitute has been asked for and not yet found."""


class AlreadySettled(Exception):
    """The wish was settled before."""


@transaction.atomic
def reassign_duty(*, duty: Duty, to: Employee, by: str, at: datetime, reason: str) -> None:
    """Hand a duty to somebody else: open tasks move along, the old personal link is closed."""
    _refuse_over(duty, at)
    before = duty.holder
    if to not in queries.able_to_take(duty):
        raise CannotTakeOver(to.pk)
    changed = Duty.objects.filter(pk=duty.pk, holder=before, cancelled_at=None).update(
        holder=to, sequence=duty.sequence + 1
    )
    if not changed:
        raise HolderChanged
    duty.refresh_from_db()
    duty.holders.filter(held_until=None).update(held_until=at)
    DutyHolder.objects.create(duty=duty, employee=to, held_from=at, reason={"kind": "hand", "text": reason}, by=by)
    _move_tasks(duty, to)
    people.revoke_links(purpose=LINK_PURPOSE, subject=duty.subject, at=at)
    Swap.objects.filter(duty=duty, state=Swap.State.ASKED).update(
        state=Swap.State.DONE, to_employee=to, settled_at=at, settled_by=by
    )
    audit.record(
        action="duty.reassigned",
        subject=duty.subject,
        actor=by,
        at=at,
        office_id=duty.office_id,
        employee_id=to.pk,
        before={"holder": before.pk if before else None},
        after={"holder": to.pk, "reason": reason},
    )
    jobs.wake("reminders.plan", duty.office_id)


def _refuse_over(duty: Duty, at: datetime) -> None:
    if duty.cancelled_at is not None or queries.clockwork(duty.office).posting(duty.posts_on).due_at < at:
        raise DutyIsOver


def _move_tasks(duty: Duty, to: Employee) -> None:
    for task in queries.open_tasks_of(duty).filter(role="pegawai"):
        sop.open_task(
            office=duty.office,
            activity=task.activity,
            subject=task.subject,
            part=task.part,
            period=task.period,
            role=task.role,
            owner=to,
            opens_at=task.opens_at,
            due_at=task.due_at,
        )


@transaction.atomic
def ask_for_substitute(*, duty: Duty, reason: str, at: datetime) -> Swap:
    """Say "Tidak bisa minggu ini": the CA is asked to find a substitute; until then the holder stays."""
    _refuse_over(duty, at)
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
