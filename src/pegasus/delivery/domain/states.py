"""What may become of a delivery (reference: channels G). Each event leads from its sources to one state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a delivery stands."""

    PLANNED = "planned"
    PREPARED = "prepared"
    OPENED = "opened"
    CONFIRMED = "confirmed"
    CLAIMED = "claimed"
    RETRY_WAIT = "retry_wait"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What can happen to it."""

    PREPARE = "prepare"  # a manual message falls due
    CLAIM = "claim"  # a worker takes it, to send it at once
    ACCEPT = "accept"  # the provider took it
    NOT_SENT = "not_sent"  # it surely did not leave
    GIVE_UP = "give_up"  # trying again cannot help, or was tried enough
    LOSE = "lose"  # nobody knows whether it left
    RECEIPT_SENT = "receipt_sent"
    RECEIPT_DELIVERED = "receipt_delivered"
    RECEIPT_READ = "receipt_read"
    EXPIRE = "expire"  # sending now would do more harm than good
    OPEN = "open"  # a person opened it in WhatsApp
    PUT_BACK = "put_back"  # a person opened it and did not send it
    CONFIRM = "confirm"  # a person says that it was sent
    CANCEL = "cancel"  # a person, or the slice that planned it, wants it no more
    SEND_AGAIN = "send_again"  # a person decides to send it again


@dataclass(frozen=True)
class Transition:
    """From any of the sources to the target."""

    sources: frozenset[State]
    target: State


def _to(target: State, *sources: State) -> Transition:
    return Transition(frozenset(sources), target)


S = State
TRANSITIONS: Mapping[Event, Transition] = {
    Event.PREPARE: _to(S.PREPARED, S.PLANNED),
    Event.CLAIM: _to(S.CLAIMED, S.PLANNED, S.RETRY_WAIT),
    # A late answer still counts: the provider says that it took the message.
    Event.ACCEPT: _to(S.ACCEPTED, S.CLAIMED, S.UNKNOWN),
    Event.NOT_SENT: _to(S.RETRY_WAIT, S.CLAIMED),
    Event.GIVE_UP: _to(S.FAILED, S.CLAIMED),
    Event.LOSE: _to(S.UNKNOWN, S.CLAIMED),
    Event.RECEIPT_SENT: _to(S.SENT, S.ACCEPTED, S.UNKNOWN),
    Event.RECEIPT_DELIVERED: _to(S.DELIVERED, S.ACCEPTED, S.SENT, S.UNKNOWN),
    Event.RECEIPT_READ: _to(S.READ, S.ACCEPTED, S.SENT, S.DELIVERED, S.UNKNOWN),
    Event.EXPIRE: _to(S.CANCELLED, S.PLANNED, S.PREPARED, S.OPENED, S.RETRY_WAIT),
    Event.OPEN: _to(S.OPENED, S.PLANNED, S.PREPARED, S.OPENED),
    Event.PUT_BACK: _to(S.PREPARED, S.OPENED),
    Event.CONFIRM: _to(S.CONFIRMED, S.PLANNED, S.PREPARED, S.OPENED, S.UNKNOWN, S.FAILED),
    Event.CANCEL: _to(S.CANCELLED, S.PLANNED, S.PREPARED, S.OPENED, S.RETRY_WAIT, S.UNKNOWN),
    Event.SEND_AGAIN: _to(S.PLANNED, S.UNKNOWN, S.FAILED),
}
BY_A_PERSON = frozenset({Event.OPEN, Event.PUT_BACK, Event.CONFIRM, Event.CANCEL, Event.SEND_AGAIN})
# Surely still in the office. What was opened may have left without a word; it is withdrawn all the same.
UNSENT = frozenset({S.PLANNED, S.PREPARED, S.RETRY_WAIT})
WITHDRAWABLE = UNSENT | {S.OPENED}
# The states in which somebody has said that it arrived: the provider's receipt, or a person by name.
ARRIVED = frozenset({S.ACCEPTED, S.SENT, S.DELIVERED, S.READ, S.CONFIRMED})
SETTLED = ARRIVED | {S.FAILED, S.CANCELLED}

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
TRIES = len(PAUSES) + 1  # in a round; a person's "send again" begins the next round


def after(state: State, event: Event) -> State | None:
    """Return the state that follows, or None when the event does not belong here."""
    transition = TRANSITIONS[event]
    return transition.target if state in transition.sources else None


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after the n-th try that surely did not leave; None: that was the last one."""
    in_round = (tries - 1) % TRIES
    return PAUSES[in_round] if in_round < len(PAUSES) else None
