from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypedDict
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q

from pegasus.archive.models import Record
from pegasus.delivery.channels import address_of, keepable
from pegasus.delivery.domain.states import SETTLED, Event, pause_after, sources_of, target_of
from pegasus.delivery.models import Attempt, Delivery
from pegasus.delivery.queries import hours_of
from pegasus.kernel import audit, jobs
from pegasus.people.models import Employee, Office

LEASE = timedelta(minutes=2)  # longer than any channel's time limit

LOST = "lost"


class NotNow(Exception):
    """The delivery stands where this cannot be done (any more)."""


class EvidenceNeeded(Exception):
    """Whoever says that an uncertain message was sent must say how they know."""


class ReasonNeeded(Exception):
    """Whoever sends again, or gives up, must say why."""


@dataclass(frozen=True)
class Outcome:
    """How a call ended: the event, and what the provider said."""

    event: Event
    provider_id: str = ""
    code: str = ""
    error: str = ""


class Deed(TypedDict):
    """Who does something, when."""

    by: str
    employee_id: int | None
    at: datetime


ATTEMPT_OUTCOME = {
    Event.ACCEPT: Attempt.Outcome.ACCEPTED,
    Event.NOT_SENT: Attempt.Outcome.RETRY,
    Event.GIVE_UP: Attempt.Outcome.REFUSED,
    Event.LOSE: Attempt.Outcome.UNKNOWN,
}


def plan_delivery(  # noqa: PLR0913 - a delivery is its facts
    *,
    office: Office,
    key: str,
    channel: str,
    kind: str,
    to: Employee | None,
    text: str,
    due_at: datetime,
    at: datetime,
    subject: str = "",
    picture: Record | None = None,
    expires_at: datetime | None = None,
    on_change: str = "",
    is_copy: bool = False,
    at_any_hour: bool = False,
) -> Delivery:
    """Plan a delivery once, within the office's hours; planning the same key again returns the row as it is.

    `at_any_hour` is for what a person sends by hand at this very moment.
    """
    if not at_any_hour:
        due_at = hours_of(office).next_good_moment(due_at)
    delivery, made = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "office": office,
            "channel": channel,
            "kind": kind,
            "to": to,
            "subject": subject,
            "text": keepable(text),
            "picture": picture,
            "due_at": due_at,
            "expires_at": expires_at,
            "on_change": on_change,
            "is_copy": is_copy,
            "at_any_hour": at_any_hour,
            "created_at": at,
        },
    )
    if made:
        jobs.wake("delivery.send", delivery.pk, at=due_at)
    return delivery


@transaction.atomic
def prepare(*, delivery: Delivery, at: datetime) -> bool:
    """Lay a due manual message before a person; False when it is not its time or turn."""
    return _move(delivery, Event.PREPARE, at=at, only=Q(due_at__lte=at))


@transaction.atomic
def postpone(*, delivery: Delivery, until: datetime, at: datetime) -> None:
    """Let what was woken outside the office's hours wait for the next good moment."""
    for state, column in ((Delivery.State.PLANNED, "due_at"), (Delivery.State.RETRY_WAIT, "retry_at")):
        due = Delivery.objects.filter(pk=delivery.pk, state=state, **{f"{column}__lte": at})
        if due.update(**{column: until}):
            jobs.wake("delivery.send", delivery.pk, at=until)


@transaction.atomic
def begin(*, delivery: Delivery, at: datetime) -> Attempt | None:
    """Claim a due delivery and write down that a call will be made; None when another has it.

    Both are committed before the call: without a written attempt nothing leaves the office.
    """
    due = Q(state=Delivery.State.PLANNED, due_at__lte=at) | Q(state=Delivery.State.RETRY_WAIT, retry_at__lte=at)
    if not _move(delivery, Event.CLAIM, at=at, only=due, leased_until=at + LEASE, tries=F("tries") + 1):
        return None
    content = "\0".join([address_of(delivery), delivery.subject, delivery.text, str(delivery.picture_id or "")])
    return Attempt.objects.create(
        delivery=delivery,
        uuid=uuid4(),
        channel=delivery.channel,
        request_hash=sha256(content.encode()).hexdigest(),
        started_at=at,
    )


@transaction.atomic
def end(*, attempt: Attempt, outcome: Outcome, at: datetime) -> None:
    """Write down how the call ended, and what becomes of the delivery."""
    # Written once; only the note "lost" gives way to what the provider said after all.
    Attempt.objects.filter(Q(ended_at=None) | Q(error_code=LOST), pk=attempt.pk).update(
        ended_at=at,
        outcome=ATTEMPT_OUTCOME[outcome.event],
        provider_id=outcome.provider_id,
        error_code=outcome.code,
        error=outcome.error,
    )
    delivery, event = attempt.delivery, outcome.event
    pause = pause_after(delivery.tries) if event == Event.NOT_SENT else None
    if event == Event.NOT_SENT and pause is None:
        event = Event.GIVE_UP
    retry_at = at + pause if pause else None
    # The number of tries is the fence: an old call's end must not touch a newer call.
    _move(delivery, event, at=at, only=Q(tries=delivery.tries), leased_until=None, retry_at=retry_at)
    if retry_at is not None:
        jobs.wake("delivery.send", delivery.pk, at=retry_at)


@transaction.atomic
def lose(*, delivery: Delivery, at: datetime) -> bool:
    """Mark a delivery unknown whose sender has vanished: it may have left, so it is never sent again by itself."""
    if not _move(delivery, Event.LOSE, at=at, only=Q(leased_until__lt=at), leased_until=None):
        return False
    Attempt.objects.filter(delivery=delivery, outcome=Attempt.Outcome.STARTED).update(
        outcome=Attempt.Outcome.UNKNOWN, ended_at=at, error_code=LOST
    )
    return True


@transaction.atomic
def expire(*, delivery: Delivery, at: datetime) -> bool:
    """Cancel what is too late to be of use."""
    return _move(delivery, Event.EXPIRE, at=at, only=Q(expires_at__lte=at), note="Waktunya sudah lewat")


@transaction.atomic
def mark_opened(*, delivery: Delivery, by: str, at: datetime, employee_id: int | None = None) -> None:
    """Note that a person opened the message in its app; that is no proof of sending."""
    _deed(delivery, Event.OPEN, by=by, at=at, employee_id=employee_id, opened_at=at)


@transaction.atomic
def put_back(*, delivery: Delivery, by: str, at: datetime, employee_id: int | None = None) -> None:
    """Lay an opened message back: the person did not send it."""
    _deed(delivery, Event.PUT_BACK, by=by, at=at, employee_id=employee_id, opened_at=None)


@transaction.atomic
def confirm(*, delivery: Delivery, by: str, at: datetime, note: str = "", employee_id: int | None = None) -> None:
    """Take a named person's word that the message was sent; where it is uncertain, with how they know."""
    if delivery.state in {Delivery.State.UNKNOWN, Delivery.State.FAILED} and not note.strip():
        raise EvidenceNeeded
    _deed(delivery, Event.CONFIRM, by=by, at=at, employee_id=employee_id, note=note.strip())


@transaction.atomic
def cancel(*, delivery: Delivery, by: str, at: datetime, note: str = "", employee_id: int | None = None) -> None:
    """Take a message back that is wanted no more."""
    _deed(delivery, Event.CANCEL, by=by, at=at, employee_id=employee_id, note=note.strip())


@transaction.atomic
def send_again(*, delivery: Delivery, by: str, at: datetime, reason: str, employee_id: int | None = None) -> None:
    """Send once more what is uncertain or failed, because a person decided so."""
    if not reason.strip():
        raise ReasonNeeded
    cleared = {
        "settled_at": None,
        "settled_by": "",
        "opened_at": None,
        "retry_at": None,
        "expires_at": None,
        "at_any_hour": True,
    }
    # The next try begins a round of its own.
    _deed(delivery, Event.SEND_AGAIN, by=by, at=at, employee_id=employee_id, note=reason.strip(), due_at=at, **cleared)
    jobs.wake("delivery.send", delivery.pk)


def _deed(delivery: Delivery, event: Event, *, by: str, at: datetime, employee_id: int | None, **changes: Any) -> None:  # noqa: ANN401 - columns
    """Move by a person's hand: it is in the audit trail, and what cannot be done is said."""
    before = delivery.state
    if not _move(delivery, event, at=at, by=by, **changes):
        raise NotNow
    audit.record(
        action=f"delivery.{event}",
        subject=f"delivery:{delivery.pk}",
        actor=by,
        at=at,
        office_id=delivery.office_id,
        employee_id=employee_id,
        before={"state": before},
        after={"state": delivery.state, "note": delivery.note},
    )


def _move(
    delivery: Delivery,
    event: Event,
    *,
    at: datetime,
    by: str = "",
    only: Q | None = None,
    **changes: Any,  # noqa: ANN401 - columns
) -> bool:
    """Let an event happen if the row still stands where it may; tell whether it did."""
    target = target_of(event)
    if target in SETTLED:
        changes |= {"settled_at": at, "settled_by": by}
    # A conditional UPDATE is the lock: SQLite has no SKIP LOCKED.
    rows = Delivery.objects.filter(only or Q(), pk=delivery.pk, state__in=sources_of(event))
    if not rows.update(state=target, **changes):
        return False
    delivery.refresh_from_db(fields=["state", *changes])
    if target in SETTLED and delivery.on_change:
        jobs.wake(delivery.on_change, delivery.pk)
    return True
