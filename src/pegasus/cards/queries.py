from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from pegasus.archive.models import Record
from pegasus.archive.queries import records_of
from pegasus.calendar.domain.periods import Period
from pegasus.cards import addresses, shelf
from pegasus.cards.domain import designs, likeness, wording
from pegasus.cards.domain.designs import Content, Design, Kept
from pegasus.cards.models import (
    BrandKit,
    Card,
    CardPicture,
    CardTemplate,
    TemplateChoice,
    TemplateDraft,
    TemplatePicture,
    Words,
)
from pegasus.people.models import Office
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import tasks_of

OUR_COLOURS = ("#16325c", "#0b4f9e", "#b83a14", "#ffb08c", "#f7f3ea", "#ffffff")
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


@dataclass(frozen=True)
class OwnTemplate:
    """An own template as it stands in the editor, and what was published of it, the newest first."""

    draft: TemplateDraft
    versions: tuple[CardTemplate, ...]

    @property
    def current(self) -> CardTemplate | None:
        """What employees use."""
        return next((row for row in self.versions if row.is_current), None)

    @property
    def older(self) -> list[CardTemplate]:
        """What was published before."""
        return [row for row in self.versions if not row.is_current]

    @property
    def has_changes(self) -> bool:
        """Whether the editor holds what employees do not have yet."""
        return self.current is not None and self.current.design != self.draft.design


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
    """Return the open card tasks for which nobody has begun a card, the nearest first."""
    return tasks_of(office).filter(activity__rhythm=Activity.Rhythm.CARD, closed_at=None, card__isnull=True)


def templates_task(office: Office, period: str) -> Task | None:
    """Return the task "choose the templates" of a period (SOP 1.2)."""
    return tasks_of(office).filter(subject=f"period:{period}", activity__rhythm=Activity.Rhythm.TEMPLATES).first()


def period_to_choose(office: Office) -> Period | None:
    """Return the period whose templates wait to be chosen."""
    task = tasks_of(office).filter(activity__rhythm=Activity.Rhythm.TEMPLATES, closed_at=None).first()
    return Period.parse(task.subject.partition(":")[2]) if task else None


def is_posted(card: Card) -> bool:
    """Tell whether the card has gone out anywhere: then it stays as it is."""
    posting = tasks_of(card.office).filter(subject=card.task.subject, activity__rhythm=Activity.Rhythm.POSTING)
    return posting.filter(outcome=Task.Outcome.DONE).exists()


def templates_of(office: Office) -> QuerySet[CardTemplate]:
    """The only door to templates: the shipped ones and the office's own, the current versions."""
    return CardTemplate.objects.filter(Q(office=None) | Q(office=office), is_current=True).order_by("office", "pk")


def all_templates_of(office: Office) -> QuerySet[CardTemplate]:
    """Return every version, for cards that were made with an older one."""
    return CardTemplate.objects.filter(Q(office=None) | Q(office=office)).order_by("pk")


def chosen_templates(office: Office, period: str) -> list[CardTemplate]:
    """Return what the CA chose for a period (SOP 1.2), for a quarter also what was chosen for its semester."""
    first = Period.parse(period)
    keys = {period, Period.of(first.starts_on, "semester").key}
    chosen = CardTemplate.objects.filter(choices__office=office, choices__period__in=keys)
    return list(chosen.distinct().order_by("pk"))


def templates_for(office: Office, period: str) -> list[CardTemplate]:
    """Return the templates an employee may use in a period: the chosen ones, else all."""
    return sorted(chosen_templates(office, period) or templates_of(office), key=shelf.order)


def choices_of(office: Office) -> dict[str, list[CardTemplate]]:
    """Return the chosen templates by period."""
    found: dict[str, list[CardTemplate]] = {}
    rows = TemplateChoice.objects.filter(office=office).select_related("template").order_by("-period", "template_id")
    for row in rows:
        found.setdefault(row.period, []).append(row.template)
    return found


def words_of(office: Office) -> QuerySet[Words]:
    """The only door to the bank of words: the shipped ones and the office's own."""
    return Words.objects.filter(Q(office=None) | Q(office=office)).order_by("theme", "pk")


def themes_of(office: Office) -> list[str]:
    """Return the themes of the bank."""
    return list(words_of(office).exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct())


def search_words(office: Office, asked: str) -> QuerySet[Words]:
    """Return the words in which every asked term occurs: in text, meaning, source or theme."""
    found = words_of(office)
    for term in asked.split()[:8]:
        found = found.filter(
            Q(text__icontains=term) | Q(meaning__icontains=term) | Q(source__icontains=term) | Q(theme__icontains=term)
        )
    return found


def search_cards(office: Office, asked: str) -> QuerySet[Card]:
    """Return the cards in which every asked term occurs: in words, name, team or source."""
    found = cards_of(office)
    for term in asked.split()[:8]:
        found = found.filter(
            Q(words__icontains=term) | Q(name__icontains=term) | Q(team__icontains=term) | Q(source__icontains=term)
        )
    return found


def waiting_for_review(office: Office) -> QuerySet[Card]:
    """Return the sent cards that nobody has approved yet."""
    return cards_of(office).filter(state=Card.State.SUBMITTED) if office.reviews_cards else Card.objects.none()


def similar_used(office: Office, words: str, *, but: Card | None) -> list[Used]:
    """Return the office's sent cards with the same or nearly the same words, the most alike and the latest first."""
    if not wording.key(words):
        return []
    sent = Card.objects.filter(office=office, state__in=SENT).exclude(words="")
    if but is not None and but.pk:
        sent = sent.exclude(pk=but.pk)
    wanted, found = likeness.Likeness(words), []
    for pk, said, name, shown_on in sent.values_list("pk", "words", "name", "shown_on").iterator():
        score = wanted.to(said)
        if score >= likeness.THRESHOLD:
            found.append(Used(name, shown_on, pk, said, score, likeness.kind_of(words, said, score)))
    found.sort(key=lambda used: (used.kind == likeness.SAME, used.score, used.shown_on, used.card), reverse=True)
    return found[:MOST_SIMILAR]


def design_of(template: CardTemplate) -> Design:
    """Return a template's design, checked, with its pictures."""
    return drawable(template.design, template.office_id)


def drawable(data: Mapping[str, Any], office: int | None) -> Design:
    """Return a design that was checked, with the pictures of its office; costs nothing more when it has none."""
    bare = designs.parse(data)
    named = designs.files_in(data)
    return replace(bare, pictures=_kept(named, office)) if named and office else bare


def _kept(named: Collection[int], office: int) -> dict[int, Kept]:
    found = {row.pk: kept_of(row) for row in TemplatePicture.objects.filter(office_id=office, pk__in=named)}
    if designs.OFFICE_LOGO in named:
        kit = BrandKit.objects.filter(office_id=office).exclude(logo=None).select_related("logo").first()
        if kit and kit.logo:
            found[designs.OFFICE_LOGO] = kept_of(kit.logo)
    return found


def kept_of(picture: TemplatePicture) -> Kept:
    """Return a picture as the renderer takes it."""
    name = picture.file.name or ""
    return Kept(picture.digest, picture.width, picture.height, addresses.picture(picture.pk), partial(_read, name))


def _read(name: str) -> bytes:
    with default_storage.open(name, "rb") as file:
        return bytes(file.read())


def drafts_of(office: Office) -> QuerySet[TemplateDraft]:
    """The only door to the office's own templates as they stand in the editor, by name."""
    return TemplateDraft.objects.filter(office=office).select_related("office").order_by("name", "pk")


def versions_of(draft: TemplateDraft) -> QuerySet[CardTemplate]:
    """Return what was published of a template, the newest first."""
    return CardTemplate.objects.filter(office=draft.office_id, key=draft.key).order_by("-version")


def own_templates(office: Office) -> list[OwnTemplate]:
    """Return the office's own templates with their versions, in two queries."""
    versions: dict[str, list[CardTemplate]] = {}
    for row in CardTemplate.objects.filter(office=office).order_by("-version"):
        versions.setdefault(row.key, []).append(row)
    return [OwnTemplate(draft, tuple(versions.get(draft.key, ()))) for draft in drafts_of(office)]


def template_pictures_of(office: Office) -> QuerySet[TemplatePicture]:
    """The only door to the pictures for an office's templates, the newest first."""
    return TemplatePicture.objects.filter(office=office).order_by("-pk")


def shown_picture(pk: int) -> TemplatePicture | None:
    """Return the picture that a signed address names."""
    return TemplatePicture.objects.filter(pk=pk).first()


def foreign_files(data: Mapping[str, Any], office: Office) -> set[int]:
    """Return the pictures that a design names and the office does not have."""
    named = designs.files_in(data) - {designs.OFFICE_LOGO}
    return (
        named - set(template_pictures_of(office).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    )


def brand_of(office: Office) -> BrandKit:
    """Return what the office's templates share; what was never set is as we bring it."""
    found = BrandKit.objects.filter(office=office).select_related("logo").first()
    return found or BrandKit(office=office, colours=list(OUR_COLOURS))


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
    """Return the bytes of a card's photo, or nothing."""
    if not card.photo:
        return b""
    with card.photo.open("rb") as file:
        return bytes(file.read())


def sizes_done(cards: Iterable[Card]) -> dict[int, list[str]]:
    """Return which sizes are there, by card, in one query."""
    found: dict[int, list[str]] = {}
    for card, size in CardPicture.objects.filter(card__in=[card.pk for card in cards]).values_list("card", "size"):
        found.setdefault(card, []).append(size)
    return found
