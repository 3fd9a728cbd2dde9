"""Review by CA or Humas, where an office asks for it."""

from datetime import datetime

from django.db import transaction

from pegasus.cards import queries
from pegasus.cards.models import Card
from pegasus.kernel import audit, jobs
from pegasus.sop import actions as sop
from pegasus.sop.models import Task


class AlreadyReviewed(Exception):
    """Somebody else decided first, or the card was taken back."""


class NoteMissing(Exception):
    """A card goes back with a word about why."""


@transaction.atomic
def approve_card(*, card: Card, by: str, at: datetime) -> None:
    """Approve a sent card; this closes activity 4."""
    _decide(card, Card.State.APPROVED, note="", by=by, at=at)
    task = Task.objects.get(pk=card.task_id)
    if task.closed_at is None:
        sop.close_task(task=task, at=at, by=by)
    jobs.wake("reminders.plan", card.office_id)


@transaction.atomic
def return_card(*, card: Card, note: str, by: str, at: datetime) -> None:
    """Give a sent card back with a note; the task stays open."""
    if not note.strip():
        raise NoteMissing
    _decide(card, Card.State.RETURNED, note=note.strip(), by=by, at=at)
    task = Task.objects.get(pk=card.task_id)
    if task.closed_at is not None:
        sop.reopen_task(task=task, at=at, by=by, reason=note.strip())


def _decide(card: Card, state: str, *, note: str, by: str, at: datetime) -> None:
    changed = Card.objects.filter(pk=card.pk, state=Card.State.SUBMITTED).update(
        state=state, reviewed_at=at, reviewed_by=by, review_note=note, updated_at=at
    )
    if not changed:
        raise AlreadyReviewed
    audit.record(
        action=f"card.{state}",
        subject=queries.subject_of(card),
        actor=by,
        at=at,
        office_id=card.office_id,
        before={"state": Card.State.SUBMITTED.value},
        after={"state": state, "note": note},
    )
    card.refresh_from_db()
