"""Cards, their files, and what an office has said before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from pegasus.archive.models import Record
from pegasus.archive.queries import records_of
from pegasus.cards.domain import designs, likeness, wording
from pegasus.cards.domain.designs import Content
from pegasus.cards.domain.standing import Placing, Standing
from pegasus.cards.models import Card, CardPicture, FinishedDesign
from pegasus.cards.queries.words import meanings
from pegasus.kernel.text import clean_name
from pegasus.people.models import Office
from pegasus.sop.domain.greetings import SUBJECT as GREETING
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import tasks_of
from pegasus.typeset import stored

MOST_SIMILAR = 5
SENT = (Card.State.SUBMITTED, Card.State.APPROVED)


@dataclass(frozen=True)
class Used:
    """A sent card with the same words (`kind` is likeness.SAME) or with words near to them (likeness.NEAR)."""

    name: str
    shown_on: date
    card: int = 0
    words: str = ""
    score: float = 1.0
    kind: str = likeness.SAME


def cards_of(office: Office) -> QuerySet[Card]:
    """The only door to cards: those of one office, the latest first."""
    return Card.objects.filter(office=office).select_related("template", "holder").order_by("-shown_on", "-pk")


def card_of(task: Task) -> Card | None:
    """Return the card made for a task, if somebody began one."""
    return Card.objects.filter(task=task).select_related("template", "upload", "task", "office", "holder").first()


def picture_of(card: Card, size: str = "portrait") -> Record | None:
    """Return the finished file of a card in a size."""
    found = CardPicture.objects.filter(card=card, size=size).select_related("record").first()
    return found.record if found else None


def pictures_of(card: Card) -> dict[str, Record]:
    """Return the finished files by size."""
    found = {item.size: item.record for item in CardPicture.objects.filter(card=card).select_related("record")}
    return {size: found[size] for size in designs.SIZES if size in found}


def is_greeting(card: Card) -> bool:
    """Tell whether the card greets somebody on their birthday."""
    return card.task.subject.startswith(GREETING)


def history_of(card: Card) -> QuerySet[Record]:
    """Return every file this card ever had, the newest first."""
    return records_of(card.office).filter(kind="card", subject=subject_of(card))


def subject_of(card: Card) -> str:
    """The neutral key under which the archive keeps a card's files."""
    return f"card:{card.pk}"


def duty_task_of(office: Office, subject: str) -> Task | None:
    """Return the task "prepare the card" of a subject such as `duty:42` (SOP 1.4)."""
    return tasks_of(office).filter(subject=subject, activity__rhythm=Activity.Rhythm.CARD).first()


def not_begun(office: Office) -> QuerySet[Task]:
    """Return the turns for which nobody has begun a card, the nearest first; birthdays have their own page."""
    return tasks_of(office).filter(
        subject__startswith="duty:", activity__rhythm=Activity.Rhythm.CARD, closed_at=None, card__isnull=True
    )


def is_posted(card: Card) -> bool:
    """Tell whether the card has gone out anywhere: then it stays as it is."""
    posting = tasks_of(card.office).filter(subject=card.task.subject, activity__rhythm=Activity.Rhythm.POSTING)
    return posting.filter(outcome=Task.Outcome.DONE).exists()


def search_cards(office: Office, asked: str) -> QuerySet[Card]:
    """Return the cards in which every asked term occurs: in words, name, team or source."""
    found = cards_of(office)
    for term in asked.split()[:8]:
        found = found.filter(
            Q(words__icontains=term)
            | Q(name__icontains=clean_name(term))
            | Q(team__icontains=term)
            | Q(source__icontains=term)
        )
    return found


def similar_used(office: Office, words: str, *, but: Card | None) -> list[Used]:
    """Return the office's sent cards with the same words, near ones, or others that say the same; the likest first."""
    if not wording.key(words):
        return []
    sent = Card.objects.filter(office=office, state__in=SENT).exclude(words="", upload=None)
    if but is not None and but.pk:
        sent = sent.exclude(pk=but.pk)
    wanted, found = likeness.Likeness(words, meanings()), []
    told = sent.values_list("pk", "words", "alt_text", "name", "shown_on")
    for pk, own, alt_text, name, shown_on in told.iterator():
        said = own.strip() or alt_text  # a finished design may be known by its alternative text alone
        score = wanted.to(said)
        if score >= likeness.THRESHOLD:
            found.append(Used(name, shown_on, pk, said, score, likeness.kind_of(words, said, score)))
    found.sort(key=lambda used: (used.kind == likeness.SAME, used.score, used.shown_on, used.card), reverse=True)
    return found[:MOST_SIMILAR]


def content_of(card: Card, *, photo: bytes | None = None) -> Content:
    """Return what a card says, with its photo read from the store."""
    if photo is None:
        photo = photo_of(card)
    return Content(
        words=card.words,
        source=card.source,
        name=card.name,
        team=card.team,
        day=card.shown_on,
        office=card.office.name,
        hashtags=card.office.hashtags,
        photo=photo,
    )


def photo_of(card: Card) -> bytes:
    """Return the bytes of a card's photo; nothing where there is none, or none that can still be drawn."""
    return stored.picture(card.photo)


def sizes_done(cards: Iterable[Card]) -> dict[int, list[str]]:
    """Return which sizes are there, by card, in one query."""
    found: dict[int, list[str]] = {}
    for card, size in CardPicture.objects.filter(card__in=[card.pk for card in cards]).values_list("card", "size"):
        found.setdefault(card, []).append(size)
    return found


def finished_of(card: Card) -> FinishedDesign | None:
    """Return how a card's finished picture stands, if something was noted about it."""
    return FinishedDesign.objects.filter(card=card).first() if card.pk else None


def standing_of(row: FinishedDesign) -> Standing:
    """Return how a finished picture stands in our sizes."""
    return Standing(row.ground, {size: Placing(one["fit"], one["focus"]) for size, one in row.placings.items()})


def finished_standing(card: Card) -> Standing:
    """Return how a card's finished picture stands; whole where nothing was noted."""
    row = finished_of(card)
    return standing_of(row) if row else Standing()
