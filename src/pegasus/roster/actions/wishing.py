"""Somebody cannot serve: the others are asked in turn, or one colleague is asked to exchange turns."""

from datetime import datetime
from typing import Any

from django.db import transaction

from pegasus.kernel import audit
from pegasus.roster.actions.asking import ask_colleague, ask_in_turn
from pegasus.roster.actions.holding import HolderChanged, end_swap, lock, refuse_over
from pegasus.roster.actions.swapping import refuse_exchange
from pegasus.roster.models import Duty, Swap


class AlreadyAsked(Exception):
    """A substitute or an exchange has been asked for, and it is not settled yet."""


class AlreadySettled(Exception):
    """The wish was settled before."""


@transaction.atomic
def ask_for_substitute(*, duty: Duty, reason: str, at: datetime, by: str = "") -> Swap:
    """Say "Tidak bisa, carikan pengganti": the fairest are asked in turn; until one agrees the holder stays."""
    swap = _wish(duty, by=by, at=at, reason=reason)
    ask_in_turn(swap=swap, by=swap.from_employee.name, at=at)
    return swap


@transaction.atomic
def ask_to_swap(*, duty: Duty, other: Duty, reason: str, at: datetime, by: str = "") -> Swap:
    """Ask a colleague to exchange turns; until the colleague agrees nothing changes."""
    refuse_over(other, at)
    refuse_exchange(duty, other)
    swap = _wish(duty, by=by, at=at, reason=reason, kind=Swap.Kind.EXCHANGE, other_duty=other)
    ask_colleague(swap, at=at)
    return swap


def _wish(duty: Duty, *, by: str, at: datetime, **wanted: Any) -> Swap:  # noqa: ANN401 - columns
    refuse_over(duty, at)
    if duty.holder is None:
        raise HolderChanged
    # Where one is open, nothing is made: the constraint decides between two at once.
    swap, made = Swap.objects.get_or_create(
        duty=duty, state__in=Swap.OPEN, defaults={"from_employee": duty.holder, "asked_at": at, **wanted}
    )
    if not made:
        raise AlreadyAsked
    audit.record(
        action="duty.swap_asked" if swap.kind == Swap.Kind.EXCHANGE else "duty.substitute_asked",
        subject=duty.subject,
        actor=by or duty.holder.name,
        at=at,
        office_id=duty.office_id,
        employee_id=duty.holder_id,
        after={"reason": swap.reason, "other": swap.other_duty_id},
    )
    return swap


@transaction.atomic
def withdraw_request(*, swap: Swap, by: str, at: datetime) -> None:
    """Take the wish back; the holder serves after all, and nobody is asked any more."""
    lock(swap.duty, swap.other_duty)
    if not end_swap(swap, Swap.State.WITHDRAWN, to=None, by=by, at=at):
        raise AlreadySettled
    audit.record(
        action="duty.substitute_withdrawn",
        subject=swap.duty.subject,
        actor=by,
        at=at,
        office_id=swap.duty.office_id,
        employee_id=swap.from_employee_id,
    )
