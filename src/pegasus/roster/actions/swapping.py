"""Two people exchange their turns; and every change of a holder is undone by its opposite."""

from datetime import datetime
from typing import Any

from django.db import transaction

from pegasus.kernel import jobs
from pegasus.roster.actions.holding import (
    CannotTakeOver,
    HolderChanged,
    change_holder,
    lock,
    refuse_over,
    refuse_unable,
)
from pegasus.roster.models import Duty, DutyHolder


class NothingToUndo(Exception):
    """The change is the first holder, or another one followed it."""


@transaction.atomic
def swap_duties(*, one: Duty, other: Duty, by: str, at: datetime, reason: str, confirmed_by: str = "") -> None:
    """Exchange the holders of two coming duties; `confirmed_by` says who asked both, when it was not done here."""
    exchange(one, other, by=by, at=at, more={"text": reason, "confirmed_by": confirmed_by})


def exchange(one: Duty, other: Duty, *, by: str, at: datetime, more: dict[str, Any]) -> None:
    """Exchange two holders; what `more` holds stands with both new holders."""
    lock(one, other)
    for duty in (one, other):
        refuse_over(duty, at)
    refuse_exchange(one, other)
    if one.holder is None or other.holder is None:
        raise HolderChanged
    takers = {one.pk: other.holder, other.pk: one.holder}
    for duty, opposite in sorted([(one, other), (other, one)], key=lambda pair: pair[0].pk):  # always in one order
        reason = {"kind": "swap", "with": opposite.pk} | more
        change_holder(duty, takers[duty.pk], reason=reason, by=by, at=at)
    jobs.wake("reminders.plan", one.office_id)


def refuse_exchange(one: Duty, other: Duty) -> None:
    """Refuse an exchange that the rules do not allow."""
    if one.holder is None or other.holder is None:
        raise HolderChanged
    if one.office_id != other.office_id or one.starts_on == other.starts_on or one.holder == other.holder:
        raise CannotTakeOver(other.holder.pk)
    refuse_unable(one, other.holder)
    refuse_unable(other, one.holder)


@transaction.atomic
def undo_change(*, holder: DutyHolder, by: str, at: datetime, reason: str = "dikembalikan") -> None:
    """Undo how somebody came to a duty: it goes back to the one before; of a swap both turns go back."""
    duty = holder.duty
    lock(duty, *Duty.objects.filter(pk=holder.reason.get("with")))
    holder.refresh_from_db(fields=["held_until"])  # of two who undo it at once, the second is told so
    before = duty.holders.filter(held_until=holder.held_from, pk__lt=holder.pk).order_by("-pk").first()
    if holder.held_until is not None or before is None or holder.reason.get("kind") == "roster":
        raise NothingToUndo
    more = {"text": reason, "undoes": holder.pk}
    if holder.reason.get("kind") == "swap":
        exchange(duty, _counterpart(holder), by=by, at=at, more=more)
        return
    refuse_over(duty, at)
    refuse_unable(duty, before.employee)
    change_holder(duty, before.employee, reason={"kind": "hand"} | more, by=by, at=at)
    jobs.wake("reminders.plan", duty.office_id)


def _counterpart(holder: DutyHolder) -> Duty:
    """Return the other turn of a swap, as long as nothing has happened to it since."""
    other = DutyHolder.objects.filter(
        duty_id=holder.reason["with"], held_until=None, held_from=holder.held_from, reason__with=holder.duty_id
    ).select_related("duty__office", "duty__holder")
    found = other.first()
    if found is None:
        raise NothingToUndo
    return found.duty
