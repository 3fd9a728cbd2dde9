"""Colleagues are asked, one at a time, and answer: the first answer counts, silence passes the question on."""

from datetime import datetime

from django.db import transaction

from pegasus.delivery.domain.states import ARRIVED
from pegasus.delivery.models import Delivery
from pegasus.kernel import audit, jobs
from pegasus.people.models import Employee
from pegasus.roster import queries, wishes
from pegasus.roster.actions.holding import (
    CannotTakeOver,
    DutyIsOver,
    HolderChanged,
    change_holder,
    close_ask,
    end_swap,
    lock,
    refuse_over,
    refuse_unable,
)
from pegasus.roster.actions.letters import BY, send_news, send_question
from pegasus.roster.actions.swapping import exchange
from pegasus.roster.domain import letters
from pegasus.roster.domain.asking import OfficeHours, answer_by
from pegasus.roster.models import Swap, SwapAsk

State = Swap.State


class AskClosed(Exception):
    """The question was answered, passed on or taken back before."""


@transaction.atomic
def ask_in_turn(*, swap: Swap, by: str, at: datetime) -> SwapAsk | None:
    """Ask the fairest one who has not been asked; None when there is nobody, or no time: then the CA is told.

    A round asks three people. Beginning again after a round without a substitute asks three more.
    """
    lock(swap.duty)
    waiting = queries.asks_of(swap.duty.office).filter(swap=swap, answer=SwapAsk.Answer.WAITING).first()
    if waiting is not None:
        return waiting
    asked = swap.asks.count()
    left_in_round = queries.SUGGESTED - asked % queries.SUGGESTED
    employee = wishes.next_to_ask(swap)
    due = _answer_by(swap, still_to_ask=left_in_round, at=at)
    if employee is None or due is None:
        _exhaust(swap, at=at)
        return None
    Swap.objects.filter(pk=swap.pk, state=State.EXHAUSTED).update(state=State.ASKED)
    return _ask(swap, employee, order=asked + 1, due=due, by=by, at=at)


def ask_colleague(swap: Swap, *, at: datetime) -> None:
    """Ask the one whose turn is wanted in exchange."""
    due = _answer_by(swap, still_to_ask=1, at=at)
    if due is None or swap.other_duty is None or swap.other_duty.holder is None:
        raise DutyIsOver
    _ask(swap, swap.other_duty.holder, order=1, due=due, by=swap.from_employee.name, at=at)


def _answer_by(swap: Swap, *, still_to_ask: int, at: datetime) -> datetime | None:
    times = queries.clockwork(swap.duty.office)
    turns = [swap.duty.posts_on, *([swap.other_duty.posts_on] if swap.other_duty else [])]
    hours = OfficeHours(times.calendar, times.zone)
    return answer_by(hours, posts_on=min(turns), asked_at=at, still_to_ask=still_to_ask)


def _ask(swap: Swap, employee: Employee, *, order: int, due: datetime, by: str, at: datetime) -> SwapAsk:
    ask = SwapAsk.objects.create(swap=swap, employee=employee, order=order, asked_at=at, answer_by=due)
    send_question(ask, at=at)
    _record("duty.asked", ask, by=by, at=at)
    return ask


def _exhaust(swap: Swap, *, at: datetime) -> None:
    if Swap.objects.filter(pk=swap.pk, state=State.ASKED).update(state=State.EXHAUSTED):
        swap.state = State.EXHAUSTED
        if swap.asks.exists():  # where nobody could be asked, the page said so at once
            send_news(swap, letters.EXHAUSTED, colleague=None, at=at)


def _record(action: str, ask: SwapAsk, *, by: str, at: datetime) -> None:
    duty = ask.swap.duty
    audit.record(
        action=action,
        subject=duty.subject,
        actor=by,
        at=at,
        office_id=duty.office_id,
        employee_id=ask.employee_id,
        after={"answer": ask.answer, "swap": ask.swap_id},
    )


def answer_ask(*, ask: SwapAsk, accepts: bool, by: str, at: datetime) -> SwapAsk.Answer:
    """Take an answer: yes hands the turn over, no passes the question on. Return what was written down.

    A yes that the rules do not allow any more is written down as such, and the next one is asked.
    """
    try:
        with transaction.atomic():
            return _answered(ask, SwapAsk.Answer.YES if accepts else SwapAsk.Answer.NO, by=by, at=at)
    except (CannotTakeOver, HolderChanged, DutyIsOver):
        fresh = queries.asks_of(ask.swap.duty.office).get(pk=ask.pk)
        with transaction.atomic():
            return _answered(fresh, SwapAsk.Answer.UNABLE, by=by, at=at)


def _answered(ask: SwapAsk, answer: SwapAsk.Answer, *, by: str, at: datetime) -> SwapAsk.Answer:
    lock(ask.swap.duty, ask.swap.other_duty)
    if not close_ask(ask, answer, by=by, at=at):
        raise AskClosed
    _record("duty.answered", ask, by=by, at=at)
    if answer == SwapAsk.Answer.YES:
        _hand_over(ask, by=by, at=at)
    else:
        _go_on(ask.swap, at=at)
    return answer


def _hand_over(ask: SwapAsk, *, by: str, at: datetime) -> None:
    swap, colleague = ask.swap, ask.employee
    duty, other = swap.duty, swap.other_duty
    if duty.holder_id != swap.from_employee_id or (other and other.holder_id != colleague.pk):
        raise HolderChanged
    if not end_swap(swap, State.DONE, to=colleague, by=by, at=at):
        raise AskClosed
    told = {"text": swap.reason, "swap": swap.pk}
    if by != colleague.name:
        told["confirmed_by"] = by
    if other is not None:
        exchange(duty, other, by=by, at=at, more=told)
    else:
        refuse_over(duty, at)
        refuse_unable(duty, colleague)
        change_holder(duty, colleague, reason={"kind": "substitute"} | told, by=by, at=at)
        jobs.wake("reminders.plan", duty.office_id)
    send_news(swap, letters.EXCHANGED if other else letters.FOUND, colleague=colleague, at=at)


def _go_on(swap: Swap, *, at: datetime) -> None:
    """Go on after a question that brought nothing."""
    if _is_stale(swap, at):
        end_swap(swap, State.LAPSED, to=None, by=BY, at=at)
    elif swap.kind == Swap.Kind.EXCHANGE:
        last = swap.asks.select_related("employee").latest("order")
        end_swap(swap, State.DECLINED, to=None, by=last.answered_by, at=at)
        send_news(swap, letters.NOT_EXCHANGED, colleague=last.employee, at=at)
    elif swap.asks.count() % queries.SUGGESTED == 0:
        _exhaust(swap, at=at)
    else:
        ask_in_turn(swap=swap, by=BY, at=at)


@transaction.atomic
def advance(*, swap: Swap, at: datetime) -> None:
    """Move an open wish on: end one that means nothing any more, pass an overdue question on. May run twice."""
    lock(swap.duty, swap.other_duty)
    if _is_stale(swap, at):
        end_swap(swap, State.LAPSED, to=None, by=BY, at=at)
        return
    overdue = queries.asks_of(swap.duty.office).filter(swap=swap, answer=SwapAsk.Answer.WAITING, answer_by__lte=at)
    for ask in overdue:
        # Who has not been reached is not silent: the question waits for its message to leave.
        unsent = wishes.question_is_waiting(ask)
        if unsent and _prolong(ask, asked_at=at):
            continue
        if close_ask(ask, SwapAsk.Answer.CLOSED if unsent else SwapAsk.Answer.SILENT, by=BY, at=at):
            _record("duty.unanswered", ask, by=BY, at=at)
            _go_on(ask.swap, at=at)


def _is_stale(swap: Swap, at: datetime) -> bool:
    """Tell whether the wish means nothing any more: the turn is over, or somebody else has it."""
    try:
        refuse_over(swap.duty, at)
    except DutyIsOver:
        return True
    return swap.duty.holder_id != swap.from_employee_id


def _prolong(ask: SwapAsk, *, asked_at: datetime) -> bool:
    left = queries.SUGGESTED - (ask.order - 1) % queries.SUGGESTED if ask.swap.kind == Swap.Kind.SUBSTITUTE else 1
    due = _answer_by(ask.swap, still_to_ask=left, at=asked_at)
    if due is None or due <= ask.answer_by:
        return False
    return bool(SwapAsk.objects.filter(pk=ask.pk, answer=SwapAsk.Answer.WAITING).update(answer_by=due))


@transaction.atomic
def question_left(*, message: Delivery, at: datetime) -> None:
    """Count the time for an answer from the moment the question left the office."""
    number = message.key.split("|")[1]
    ask = queries.asks_of(message.office).filter(pk=number, answer=SwapAsk.Answer.WAITING).first()
    if ask is not None and message.state in ARRIVED:
        _prolong(ask, asked_at=message.settled_at or at)
