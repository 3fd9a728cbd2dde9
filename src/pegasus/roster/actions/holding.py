"""A duty gets another holder: by whatever road, this is what goes along with it."""

from datetime import datetime
from typing import Any

from django.db.models import F

from pegasus.kernel import audit
from pegasus.people import actions as people
from pegasus.people.models import Employee
from pegasus.roster import queries
from pegasus.roster.models import LINK_PURPOSE, Duty, DutyHolder
from pegasus.sop import actions as sop


class CannotTakeOver(Exception):
    """The person is away, has left, or serves in that week already."""


class DutyIsOver(Exception):
    """The posting day has passed, or the duty was cancelled."""


class HolderChanged(Exception):
    """Somebody else changed the holder in the meantime."""


def refuse_over(duty: Duty, at: datetime) -> None:
    """Refuse to touch a duty whose posting day is past, or that was cancelled."""
    if duty.cancelled_at is not None or queries.clockwork(duty.office).posting(duty.posts_on).due_at < at:
        raise DutyIsOver


def refuse_unable(duty: Duty, to: Employee) -> None:
    """Refuse somebody who may not take the duty by the rules."""
    if to not in queries.able_to_take(duty):
        raise CannotTakeOver(to.pk)


def change_holder(duty: Duty, to: Employee, *, reason: dict[str, Any], by: str, at: datetime) -> DutyHolder:
    """Write the new holder down; open tasks move along, the old personal link is closed."""
    before = duty.holder
    # The conditional UPDATE is the lock: of two changes at once one is told that it came second.
    changed = Duty.objects.filter(pk=duty.pk, holder=before, cancelled_at=None).update(
        holder=to, sequence=F("sequence") + 1
    )
    if not changed:
        raise HolderChanged
    duty.refresh_from_db()
    duty.holders.filter(held_until=None).update(held_until=at)
    held = DutyHolder.objects.create(duty=duty, employee=to, held_from=at, reason=reason, by=by)
    _move_tasks(duty, to)
    people.revoke_links(purpose=LINK_PURPOSE, subject=duty.subject, at=at)
    audit.record(
        action="duty.reassigned",
        subject=duty.subject,
        actor=by,
        at=at,
        office_id=duty.office_id,
        employee_id=to.pk,
        before={"holder": before.pk if before else None},
        after={"holder": to.pk, "reason": reason.get("text", ""), "kind": reason["kind"]},
    )
    return held


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
