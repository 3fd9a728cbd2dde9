"""What is done to one delivery leaves another in the same state, and its attempts, alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.builders import NOW

from pegasus.delivery import actions
from pegasus.delivery.domain.states import Event
from pegasus.delivery.models import Attempt, Delivery
from pegasus.delivery.tests.builders import make_delivery
from pegasus.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
State = Delivery.State
LATER = NOW + actions.LEASE + timedelta(seconds=1)
Do = Callable[[Delivery], object]
DEEDS: dict[str, tuple[str, Do, str]] = {
    "confirm": (State.OPENED, lambda one: actions.confirm(delivery=one, by="Rina", at=NOW), State.CONFIRMED),
    "open": (State.PREPARED, lambda one: actions.mark_opened(delivery=one, by="Rina", at=NOW), State.OPENED),
    "put_back": (State.OPENED, lambda one: actions.put_back(delivery=one, by="Rina", at=NOW), State.PREPARED),
    "cancel": (State.OPENED, lambda one: actions.cancel(delivery=one, by="Rina", at=NOW, note="x"), State.CANCELLED),
    "send_again": (
        State.FAILED,
        lambda one: actions.send_again(delivery=one, by="Rina", at=NOW, reason="x"),
        State.PLANNED,
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_persons_deed_moves_one_and_leaves_exactly_one_audit_row(deed: str) -> None:
    start, do, target = DEEDS[deed]
    one, other = make_delivery(state=start), make_delivery(state=start)

    do(one)

    other.refresh_from_db()
    row = AuditEntry.objects.get(action=f"delivery.{deed}")
    assert (one.state, other.state) == (target, start)
    assert (row.subject, row.actor) == (f"delivery:{one.pk}", "Rina")


def test_losing_one_sender_leaves_the_other_attempt_running() -> None:
    one, other = make_delivery(), make_delivery()
    for delivery in (one, other):
        actions.begin(delivery=delivery, at=NOW)

    actions.lose(delivery=one, at=LATER)

    other.refresh_from_db()
    assert (one.state, other.state) == (State.UNKNOWN, State.CLAIMED)
    assert one.attempts.get().outcome == Attempt.Outcome.UNKNOWN
    assert other.attempts.get().outcome == Attempt.Outcome.STARTED


def test_ending_and_expiring_one_leaves_the_other() -> None:
    one, other = make_delivery(expires_at=LATER), make_delivery(expires_at=LATER)
    actions.expire(delivery=one, at=LATER)
    third, fourth = make_delivery(), make_delivery()
    attempts = [actions.begin(delivery=delivery, at=NOW) for delivery in (third, fourth)]
    assert attempts[0] is not None

    actions.end(attempt=attempts[0], outcome=actions.Outcome(Event.GIVE_UP, code="550", error="no such user"), at=NOW)

    for delivery in (other, fourth):
        delivery.refresh_from_db()
    ended = third.attempts.get()
    assert (one.state, other.state, fourth.state) == (State.CANCELLED, State.PLANNED, State.CLAIMED)
    assert (ended.error_code, ended.error) == ("550", "no such user")
    assert fourth.attempts.get().ended_at is None


def test_a_manual_delivery_woken_a_second_early_stays_planned() -> None:
    delivery = make_delivery(channel="whatsapp_manual", due_at=NOW + timedelta(seconds=1))

    assert actions.prepare(delivery=delivery, at=NOW) is False
    assert actions.prepare(delivery=delivery, at=NOW + timedelta(seconds=1)) is True
