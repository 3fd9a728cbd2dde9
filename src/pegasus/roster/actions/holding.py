"""A duty gets another holder: by whatever road, this is what goes along with it."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from pegasus.kernel import audit
from pegasus.people import actions as people
from pegasus.people.models import Employee
from pegasus.roster import queries
from pegasus.roster.actions.letters import send_news, take_back_question
from pegasus.roster.domain import letters
from pegasus.roster.models import LINK_PURPOSE, Duty, DutyHolder, Swap, SwapAsk
from pegasus.sop import actions as sop


class CannotTakeOver(Exception):
    """The person is away, has left, or serves in that week already."""


class DutyIsOver(Exception):
    """The posting day has passed, or the duty was cancelled."""


class HolderChanged(Exception):
    """Somebody else changed the holder in the meantime."""


def lock(*duties: Duty | None) -> None:
    """Let one change of these duties happen at a time; all begin here, so that no two wait for each other."""
    keys = [duty.pk for duty in duties if duty is not None]
    list(Duty.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


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
    settle_wishes(duty, to, by=by, at=at)
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


def settle_wishes(duty: Duty, to: Employee | None, *, by: str, at: datetime) -> None:
    """End what was wished for this turn: its holder is free of it; who wanted it in exchange must look again.

    Without a new holder the turn is no more, and so is the wish.
    """
    for swap in queries.open_swaps(duty.office).filter(Q(duty=duty) | Q(other_duty=duty)):
        state = Swap.State.DONE if to is not None and swap.duty_id == duty.pk else Swap.State.LAPSED
        end_swap(swap, state, to=to if state == Swap.State.DONE else None, by=by, at=at)
        if swap.other_duty_id == duty.pk:
            asked = swap.asks.select_related("employee").latest("order")
            send_news(swap, letters.NOT_EXCHANGED, colleague=asked.employee, at=at)


def end_swap(swap: Swap, state: str, *, to: Employee | None, by: str, at: datetime) -> bool:
    """End an open wish with everything that hangs on it; False when it ended before."""
    ended = Swap.objects.filter(pk=swap.pk, state__in=Swap.OPEN).update(
        state=state, to_employee=to, settled_at=at, settled_by=by
    )
    if ended:
        swap.refresh_from_db(fields=["state", "to_employee", "settled_at", "settled_by"])
        for ask in queries.asks_of(swap.duty.office).filter(swap=swap, answer=SwapAsk.Answer.WAITING):
            close_ask(ask, SwapAsk.Answer.CLOSED, by=by, at=at)
    return bool(ended)


def close_ask(ask: SwapAsk, answer: str, *, by: str, at: datetime) -> bool:
    """Write the answer of an open ask down; False when it was closed before.

    Whoever answered may read the answer until the link ends, and goes on from there to the card; otherwise it closes.
    """
    # The conditional UPDATE is the lock: of two answers at once the first one counts.
    closed = SwapAsk.objects.filter(pk=ask.pk, answer=SwapAsk.Answer.WAITING).update(
        answer=answer, answered_at=at, answered_by=by
    )
    if closed:
        ask.refresh_from_db(fields=["answer", "answered_at", "answered_by"])
        take_back_question(ask, stays_open=answer in {SwapAsk.Answer.YES, SwapAsk.Answer.NO}, at=at)
    return bool(closed)


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
