"""Versions of a card, comments on them, and what waits for its review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from pegasus.cards.domain import reviewing
from pegasus.cards.domain.reviewing import Call, Patience
from pegasus.cards.models import Card, CardComment, CardVersion, VersionPicture
from pegasus.cards.queries.cards import cards_of
from pegasus.people.models import Employee, Office, Role
from pegasus.people.queries import holders_of
from pegasus.roster import queries as roster
from pegasus.roster.domain.asking import OfficeHours

REVIEWERS = (Role.CA.value, Role.HUMAS.value)


@dataclass(frozen=True)
class Review:
    """A sent card that nobody has decided on, with the moments of its review."""

    card: Card
    version: int
    times: reviewing.Waiting
    call: Call | None

    @property
    def is_late(self) -> bool:
        """Tell whether it has waited longer than the office wants."""
        return self.call is not None


def sent_versions(card: Card) -> QuerySet[CardVersion]:
    """Return every version of a card with its pictures and comments, the newest first; three queries."""
    comments = CardComment.objects.select_related("author").order_by("number")
    pictures = VersionPicture.objects.select_related("record")
    return (
        CardVersion.objects.filter(card=card)
        .select_related("template", "upload")
        .prefetch_related(Prefetch("comments", comments), Prefetch("pictures", pictures))
        .order_by("-number")
    )


def returned_version(card: Card) -> CardVersion | None:
    """Return the version with which a card came back, if it did and has not been sent again."""
    if card.pk is None or card.state != Card.State.RETURNED:
        return None
    return sent_versions(card).first()


def comments_in(office: Office) -> QuerySet[CardComment]:
    """The only door to comments: those on the cards of one office."""
    return CardComment.objects.filter(version__card__office=office).select_related("version__card").order_by("pk")


def waiting_for_review(office: Office) -> QuerySet[Card]:
    """Return the sent cards that nobody has approved yet, the next to be posted first."""
    if not office.reviews_cards:
        return Card.objects.none()
    last = CardVersion.objects.filter(card=OuterRef("pk")).order_by("-number")
    waiting = cards_of(office).filter(state=Card.State.SUBMITTED)
    return waiting.annotate(last_version=Subquery(last.values("pk")[:1])).order_by("shown_on", "pk")


def waits_for_review(card: Card, office: Office, *, at: datetime) -> bool:
    """Tell whether a card waits for its review: what was posted before the office reviewed never does."""
    if not office.reviews_cards or card.state != Card.State.SUBMITTED:
        return False
    return card.task.closed_at is None or card.shown_on >= at.astimezone(ZoneInfo(office.timezone)).date()


def waiting_versions(office: Office) -> set[int]:
    """Return the keys of the versions that wait for their review."""
    return {_version_of(card) for card in waiting_for_review(office)}


def reviews_of(office: Office, *, at: datetime) -> list[Review]:
    """Return what waits for its review and is still to be posted, with the call it has come to."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    cards = list(waiting_for_review(office).filter(shown_on__gte=today))
    if not cards:
        return []
    patience = patience_of(office)
    return [_review(card, patience, at) for card in cards]


def _review(card: Card, patience: Patience, at: datetime) -> Review:
    times = reviewing.waiting(patience, sent_at=card.submitted_at or card.updated_at, posts_on=card.shown_on)
    return Review(card, _version_of(card), times, times.call(at))


def _version_of(card: Card) -> int:
    return getattr(card, "last_version", None) or 0  # as `waiting_for_review` annotates it


def patience_of(office: Office) -> Patience:
    """Return how long an office lets a card wait."""
    clock = roster.clockwork(office)
    span = timedelta(hours=office.review_hours)
    return Patience(OfficeHours(clock.calendar, clock.zone), span, office.reminder_hour)


def reviewers_of(office: Office, *, at: datetime) -> list[Employee]:
    """Return who may review today: CA and Humas, each once, by name."""
    return people_with(office, REVIEWERS, at=at)


def people_with(office: Office, roles: Iterable[str], *, at: datetime) -> list[Employee]:
    """Return who holds one of the roles today, each once, by name."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    found = {one.pk: one for role in roles for one in holders_of(office, role, on=today)}
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def must_leave_to_others(card: Card, reviewer: Employee, *, at: datetime) -> bool:
    """Tell whether a card is the reviewer's own and somebody else could approve it."""
    if card.holder_id != reviewer.pk:
        return False
    return any(one.pk != reviewer.pk for one in reviewers_of(card.office, at=at))
