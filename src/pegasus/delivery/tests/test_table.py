"""Every state with every event, through the actions: what may happen happens, and nothing else does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.builders import NOW, make_employee, make_office

from pegasus.delivery import actions
from pegasus.delivery.actions import NotNow, Outcome
from pegasus.delivery.domain.states import SETTLED, Event, State, after
from pegasus.delivery.models import Attempt, Delivery
from pegasus.delivery.tests.builders import make_delivery

# What the office was promised, written down a second time: a slip in the domain's table must not pass unseen.
PROMISED = """
            prepare  claim   accept   not_sent   give_up lose    sent delivered read expire    open   put_back confirm   cancel    again
planned     prepared claimed .        .          .       .       .    .         .    cancelled opened .        confirmed cancelled .
prepared    .        .       .        .          .       .       .    .         .    cancelled opened .        confirmed cancelled .
opened      .        .       .        .          .       .       .    .         .    cancelled opened prepared confirmed cancelled .
confirmed   .        .       .        .          .       .       .    .         .    .         .      .        .         .         .
claimed     .        .       accepted retry_wait failed  unknown .    .         .    .         .      .        .         .         .
retry_wait  .        claimed .        .          .       .       .    .         .    cancelled .      .        .         cancelled .
accepted    .        .       .        .          .       .       sent delivered read .         .      .        .         .         .
sent        .        .       .        .          .       .       .    delivered read .         .      .        .         .         .
delivered   .        .       .        .          .       .       .    .         read .         .      .        .         .         .
read        .        .       .        .          .       .       .    .         .    .         .      .        .         .         .
unknown     .        .       accepted .          .       .       sent delivered read .         .      .        confirmed cancelled planned
failed      .        .       .        .          .       .       .    .         .    .         .      .        confirmed .         planned
cancelled   .        .       .        .          .       .       .    .         .    .         .      .        .         .         .
"""  # noqa: E501 - a table is read across
COLUMNS = {"sent": "receipt_sent", "delivered": "receipt_delivered", "read": "receipt_read", "again": "send_again"}


def promised() -> dict[tuple[State, Event], State | None]:
    """Return the table by pair; None where the event does not belong."""
    head, *rows = (line.split() for line in PROMISED.strip().splitlines())
    events = [Event(COLUMNS.get(word, word)) for word in head]
    return {
        (State(row[0]), event): None if cell == "." else State(cell)
        for row in rows
        for event, cell in zip(events, row[1:], strict=True)
    }


Deed = Callable[[Delivery], object]


def ending(event: Event) -> Deed:
    """A call that ends so."""

    def end(delivery: Delivery) -> None:
        attempt = Attempt.objects.create(
            delivery=delivery, uuid=uuid4(), channel="email", request_hash="-", started_at=NOW
        )
        actions.end(attempt=attempt, outcome=Outcome(event), at=NOW)

    return end


# No channel reports receipts yet: these three events have no action, and stand in the domain alone.
RECEIPTS = {Event.RECEIPT_SENT, Event.RECEIPT_DELIVERED, Event.RECEIPT_READ}
DEEDS: list[tuple[Event, Deed]] = [
    (Event.PREPARE, lambda one: actions.prepare(delivery=one, at=NOW)),
    (Event.CLAIM, lambda one: actions.begin(delivery=one, at=NOW)),
    (Event.ACCEPT, ending(Event.ACCEPT)),
    (Event.NOT_SENT, ending(Event.NOT_SENT)),
    (Event.GIVE_UP, ending(Event.GIVE_UP)),
    (Event.LOSE, ending(Event.LOSE)),
    (Event.LOSE, lambda one: actions.lose(delivery=one, at=NOW)),
    (Event.EXPIRE, lambda one: actions.expire(delivery=one, at=NOW)),
    (Event.OPEN, lambda one: actions.mark_opened(delivery=one, by="Ana", at=NOW)),
    (Event.PUT_BACK, lambda one: actions.put_back(delivery=one, by="Ana", at=NOW)),
    (Event.CONFIRM, lambda one: actions.confirm(delivery=one, by="Ana", at=NOW, note="Sari menjawab")),
    (Event.CANCEL, lambda one: actions.cancel(delivery=one, by="Ana", at=NOW)),
    (Event.SEND_AGAIN, lambda one: actions.send_again(delivery=one, by="Ana", at=NOW, reason="Belum sampai")),
]
BY_HAND = {Event.OPEN, Event.PUT_BACK, Event.CONFIRM, Event.CANCEL, Event.SEND_AGAIN}


def test_the_table_has_every_pair_and_every_event_is_walked() -> None:
    assert set(promised()) == {(state, event) for state in State for event in Event}
    assert {event for event, _ in DEEDS} == set(Event) - RECEIPTS


def test_the_domain_says_what_was_promised() -> None:
    assert {(state, event): after(state, event) for state in State for event in Event} == promised()


@pytest.mark.django_db
@pytest.mark.parametrize(("event", "deed"), DEEDS, ids=[f"{event}-{n}" for n, (event, _) in enumerate(DEEDS)])
def test_every_state_goes_where_it_was_promised_or_stays(event: Event, deed: Deed) -> None:
    office, expected = make_office(), promised()
    person = make_employee(office, email="sari@example.go.id")
    earlier = NOW - timedelta(minutes=1)
    for state in State:
        facts: dict[str, Any] = {"retry_at": earlier, "leased_until": earlier, "expires_at": earlier, "tries": 1}
        delivery = make_delivery(office, to=person, state=state, due_at=earlier, **facts)
        refused = False
        try:
            deed(delivery)
        except NotNow:
            refused = True
        delivery.refresh_from_db()
        follows = expected[state, event]

        assert (state, event, delivery.state) == (state, event, follows or state)
        assert refused is (follows is None and event in BY_HAND)
        assert (delivery.settled_at == NOW) is (follows in SETTLED)
