"""What may become of a delivery (reference: channels G). One table holds all of it."""

from collections.abc import Mapping
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


S, E = State, Event
# The whole of it: what may happen to a delivery where it stands, and where that leads. Nothing else is possible.
TABLE: Mapping[State, Mapping[Event, State]] = {
    S.PLANNED: {
        E.PREPARE: S.PREPARED,
        E.CLAIM: S.CLAIMED,
        E.EXPIRE: S.CANCELLED,
        E.OPEN: S.OPENED,
        E.CONFIRM: S.CONFIRMED,
        E.CANCEL: S.CANCELLED,
    },
    S.PREPARED: {E.EXPIRE: S.CANCELLED, E.OPEN: S.OPENED, E.CONFIRM: S.CONFIRMED, E.CANCEL: S.CANCELLED},
    S.OPENED: {
        E.EXPIRE: S.CANCELLED,
        E.OPEN: S.OPENED,
        E.PUT_BACK: S.PREPARED,
        E.CONFIRM: S.CONFIRMED,
        E.CANCEL: S.CANCELLED,
    },
    S.CONFIRMED: {},
    S.CLAIMED: {E.ACCEPT: S.ACCEPTED, E.NOT_SENT: S.RETRY_WAIT, E.GIVE_UP: S.FAILED, E.LOSE: S.UNKNOWN},
    S.RETRY_WAIT: {E.CLAIM: S.CLAIMED, E.EXPIRE: S.CANCELLED, E.CANCEL: S.CANCELLED},
    S.ACCEPTED: {E.RECEIPT_SENT: S.SENT, E.RECEIPT_DELIVERED: S.DELIVERED, E.RECEIPT_READ: S.READ},
    S.SENT: {E.RECEIPT_DELIVERED: S.DELIVERED, E.RECEIPT_READ: S.READ},
    S.DELIVERED: {E.RECEIPT_READ: S.READ},
    S.READ: {},
    S.UNKNOWN: {
        E.ACCEPT: S.ACCEPTED,  # a late answer still counts: the provider says that it took the message
        E.RECEIPT_SENT: S.SENT,
        E.RECEIPT_DELIVERED: S.DELIVERED,
        E.RECEIPT_READ: S.READ,
        E.CONFIRM: S.CONFIRMED,
        E.CANCEL: S.CANCELLED,
        E.SEND_AGAIN: S.PLANNED,
    },
    S.FAILED: {E.CONFIRM: S.CONFIRMED, E.SEND_AGAIN: S.PLANNED},
    S.CANCELLED: {},
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
    return TABLE[state].get(event)


def sources_of(event: Event) -> frozenset[State]:
    """Return the states in which an event may happen."""
    return frozenset(state for state, events in TABLE.items() if event in events)


def target_of(event: Event) -> State:
    """Return where an event leads: to one state, from wherever it happens."""
    (target,) = {events[event] for events in TABLE.values() if event in events}
    return target


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after the n-th try that surely did not leave; None: that was the last one."""
    in_round = (tries - 1) % TRIES
    return PAUSES[in_round] if in_round < len(PAUSES) else None
