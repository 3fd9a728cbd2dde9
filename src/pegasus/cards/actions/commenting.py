"""What a reviewer asks for, at a place on the picture; what has been seen to."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from pegasus.cards import queries
from pegasus.cards.actions.reviewing import AlreadyReviewed, newest
from pegasus.cards.domain.places import Place
from pegasus.cards.models import Card, CardComment, CardVersion
from pegasus.kernel import audit
from pegasus.people.models import Employee


class NothingSaid(Exception):
    """A comment needs words."""


@transaction.atomic
def comment_on(
    *, card: Card, number: int | None, text: str, place: Place | None, by: str, author: Employee | None, at: datetime
) -> CardComment:
    """Pin a comment to the version that waits for its review, or say it of the whole card."""
    if not text.strip():
        raise NothingSaid
    version = newest(card, number)
    if Card.objects.get(pk=card.pk).state != Card.State.SUBMITTED:
        raise AlreadyReviewed
    last: int | None = version.comments.aggregate(last=Max("number"))["last"]
    comment = CardComment.objects.create(
        version=version,
        number=(last or 0) + 1,
        size=place.size if place else "",
        x=place.x if place else None,
        y=place.y if place else None,
        text=text.strip(),
        made_at=at,
        made_by=by,
        author=author,
    )
    _note("card.commented", comment, card, by=by, at=at)
    return comment


@transaction.atomic
def take_back_comment(*, comment: CardComment, by: str, at: datetime) -> None:
    """Remove a comment that its card has not gone back with."""
    version = CardVersion.objects.select_for_update().select_related("card").get(pk=comment.version_id)
    if version.verdict:
        raise AlreadyReviewed
    _note("card.comment_taken_back", comment, version.card, by=by, at=at)
    comment.delete()


@transaction.atomic
def settle_comment(*, comment: CardComment, is_done: bool, by: str, at: datetime) -> None:
    """Tick a comment as seen to, or open it again; saying it twice changes nothing."""
    rows = CardComment.objects.filter(pk=comment.pk, done_at__isnull=is_done)
    if rows.update(done_at=at if is_done else None, done_by=by if is_done else ""):
        comment.refresh_from_db()
        done = "card.comment_done" if is_done else "card.comment_opened"
        _note(done, comment, comment.version.card, by=by, at=at)


def _note(action: str, comment: CardComment, card: Card, *, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=queries.subject_of(card),
        actor=by,
        at=at,
        office_id=card.office_id,
        after={"version": comment.version_id, "comment": comment.number, "text": comment.text},
    )
