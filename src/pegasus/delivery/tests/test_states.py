from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pegasus.delivery.domain.states import (
    ARRIVED,
    BY_A_PERSON,
    SETTLED,
    TRIES,
    Event,
    State,
    after,
    pause_after,
    sources_of,
    target_of,
)
from pegasus.delivery.models import Delivery

histories = st.lists(st.sampled_from(list(Event)), max_size=30)
SENDING = {State.PLANNED, State.CLAIMED, State.RETRY_WAIT}
RECEIPTS = {Event.ACCEPT, Event.RECEIPT_SENT, Event.RECEIPT_DELIVERED, Event.RECEIPT_READ}


def walk(state: State, events: list[Event]) -> list[tuple[State, Event, State]]:
    """The steps that really happen; an event that does not belong is passed over."""
    steps = []
    for event in events:
        reached = after(state, event)
        if reached is not None:
            steps.append((state, event, reached))
            state = reached
    return steps


def test_the_states_are_those_of_the_table() -> None:
    assert {state.value for state in State} == set(Delivery.State.values)


@given(histories)
def test_no_path_leads_from_unknown_back_to_sending_without_a_person(events: list[Event]) -> None:
    for state, event, _ in walk(State.UNKNOWN, events):
        if event in BY_A_PERSON:
            break
        assert after(state, event) not in SENDING


@given(histories)
def test_arrived_is_said_only_after_a_receipt_or_a_persons_word(events: list[Event]) -> None:
    for before, event, reached in walk(State.PLANNED, events):
        if reached in ARRIVED and before not in ARRIVED:
            assert event in RECEIPTS | {Event.CONFIRM}


@given(histories)
def test_opening_alone_is_never_sent(events: list[Event]) -> None:
    steps = walk(State.PLANNED, [event for event in events if event is Event.OPEN])

    assert {reached for _, _, reached in steps} <= {State.OPENED}


@given(histories)
def test_what_has_arrived_never_leaves_again(events: list[Event]) -> None:
    arrived = False
    for _, _, reached in walk(State.PLANNED, events):
        arrived = arrived or reached in ARRIVED
        assert not (arrived and reached not in ARRIVED)


@given(histories)
def test_a_call_is_made_only_by_claiming(events: list[Event]) -> None:
    assert all(event is Event.CLAIM for _, event, reached in walk(State.PLANNED, events) if reached is State.CLAIMED)


def test_every_state_can_be_reached_and_every_open_state_can_be_left() -> None:
    reached = {target_of(event) for event in Event}
    left = set().union(*(sources_of(event) for event in Event))

    assert reached == set(State)
    assert set(State) - SETTLED <= left


def test_what_surely_did_not_leave_is_tried_again_after_1_5_and_30_minutes_and_then_given_up() -> None:
    pauses = [pause_after(tries) for tries in range(1, TRIES + 1)]

    assert pauses == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), None]
    assert pause_after(TRIES + 1) == timedelta(minutes=1)
