"""Review by CA or Humas, where an office asks for it."""

from datetime import datetime

from django.db import transaction

from pegasus.cards import queries
from pegasus.cards.models import Card, CardVersion
from pegasus.kernel import audit, jobs
from pegasus.people.models import Employee
from pegasus.sop import actions as sop
from pegasus.sop.models import Task


class AlreadyReviewed(Exception):
    """Somebody else decided first, or the card was taken back."""


class NoteMissing(Exception):
    """A card goes back with a word about why: a comment or a note."""


class NewerVersion(Exception):
    """The writer has sent the card again since the reviewer's page was opened."""


class CommentsOpen(Exception):
    """Somebody has asked for changes on this very version."""


class OwnCard(Exception):
    """Nobody approves their own card while the office has somebody else who may."""


@transaction.atomic
def approve_card(
    *,
    card: Card,
    by: str,
    at: datetime,
    note: str = "",
    number: int | None = None,
    reviewer: Employee | None = None,
    despite_comments: bool = False,
) -> None:
    """Approve a sent card; this closes activity 4. `number` is the version that the reviewer saw."""
    version = newest(card, number)
    if reviewer is not None and queries.must_leave_to_others(card, reviewer, at=at):
        raise OwnCard
    if not despite_comments and version.comments.filter(done_at=None).exists():
        raise CommentsOpen
    _decide(card, version, Card.State.APPROVED, note=note.strip(), by=by, at=at)
    task = Task.objects.get(pk=card.task_id)
    if task.closed_at is None:
        sop.close_task(task=task, at=at, by=by)
    jobs.wake("reminders.plan", card.office_id)


@transaction.atomic
def return_card(*, card: Card, note: str, by: str, at: datetime, number: int | None = None) -> None:
    """Give a sent card back with its open comments, a note, or both; the task stays open."""
    version = newest(card, number)
    asked = version.comments.filter(done_at=None).count()
    if not note.strip() and not asked:
        raise NoteMissing
    _decide(card, version, Card.State.RETURNED, note=note.strip(), by=by, at=at)
    task = Task.objects.get(pk=card.task_id)
    if task.closed_at is not None:
        sop.reopen_task(task=task, at=at, by=by, reason=note.strip() or f"Dikembalikan dengan {asked} komentar.")
    jobs.wake("reminders.plan", card.office_id)
    jobs.wake("reminders.tell_returned", version.pk)


def newest(card: Card, number: int | None) -> CardVersion:
    """Return the version that waits, its row held; refuse who looked at an older one."""
    # The card's row is the lock: sending takes it too, so no version comes in between.
    Card.objects.select_for_update().get(pk=card.pk)
    version = CardVersion.objects.filter(card=card).order_by("-number").first()
    if version is None:
        raise AlreadyReviewed
    if number is not None and version.number != number:
        raise NewerVersion
    return version


def _decide(card: Card, version: CardVersion, state: str, *, note: str, by: str, at: datetime) -> None:
    changed = Card.objects.filter(pk=card.pk, state=Card.State.SUBMITTED).update(
        state=state, reviewed_at=at, reviewed_by=by, review_note=note, updated_at=at
    )
    if not changed:
        raise AlreadyReviewed
    CardVersion.objects.filter(pk=version.pk).update(verdict=state, decided_at=at, decided_by=by, note=note)
    audit.record(
        action=f"card.{state}",
        subject=queries.subject_of(card),
        actor=by,
        at=at,
        office_id=card.office_id,
        before={"state": Card.State.SUBMITTED.value},
        after={"state": state, "note": note, "version": version.number},
    )
    card.refresh_from_db()
