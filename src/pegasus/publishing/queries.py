from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from pegasus.cards.models import Card, CardPicture
from pegasus.kernel import dates
from pegasus.kernel.text import clean_name
from pegasus.people.models import Office
from pegasus.publishing.domain import captions
from pegasus.publishing.models import Publication
from pegasus.sop.domain.greetings import SUBJECT as GREETING
from pegasus.sop.models import Activity, Evidence, Task
from pegasus.sop.queries import tasks_of

PLACES = (Publication.Place.GROUP.value, Publication.Place.INSTAGRAM.value)
SENT = (Card.State.SUBMITTED, Card.State.APPROVED)
COMING_DAYS = 14


@dataclass
class Outlet:
    """One place where a card goes: its task and, once somebody began, its publication."""

    task: Task
    publication: Publication | None = None
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def place(self) -> str:
        """`group` or `instagram`."""
        return self.task.part

    @property
    def state(self) -> str:
        """The state of the publication; what nobody began is waiting."""
        return self.publication.state if self.publication else Publication.State.WAITING.value

    @property
    def is_posted(self) -> bool:
        """Tell whether there is a proof or a named person's word."""
        return self.task.closed_at is not None

    @property
    def word(self) -> Evidence | None:
        """The newest word of a person, if any."""
        words = [item for item in self.evidence if item.kind == Evidence.Kind.CONFIRMATION]
        return words[-1] if words else None


@dataclass
class Posting:
    """A card and its ways out, side by side."""

    subject: str
    opens_at: datetime
    due_at: datetime
    card: Card | None = None
    sizes: tuple[str, ...] = ()
    group: Outlet | None = None
    instagram: Outlet | None = None

    @property
    def outlets(self) -> list[Outlet]:
        """The group first, then Instagram."""
        return [outlet for outlet in (self.group, self.instagram) if outlet]

    @property
    def is_ready(self) -> bool:
        """Tell whether there is a finished card; what went out before the office reviewed needs no approval."""
        if self.card is None or not self.sizes:
            return False
        went_out = any(outlet.is_posted for outlet in self.outlets)
        return self.card.state in (SENT if went_out else ready_states(self.card.office))

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to post."""
        return all(outlet.is_posted for outlet in self.outlets)

    @property
    def name(self) -> str:
        """Whose card it is."""
        if self.card:
            return self.card.name
        owner = self.group.task.owner if self.group else None
        return owner.name if owner else ""

    @property
    def caption(self) -> dict[str, str]:
        """The words for each place, as somebody wrote them or as they follow from the card."""
        if self.card is None:
            return {}
        return {
            outlet.place: (outlet.publication.caption if outlet.publication else "")
            or caption(self.card, outlet.place)
            for outlet in self.outlets
        }


def ready_states(office: Office) -> tuple[Card.State, ...]:
    """Return the states in which a card may go out: where cards are reviewed, only the approved."""
    return (Card.State.APPROVED,) if office.reviews_cards else SENT


def publications_of(office: Office) -> QuerySet[Publication]:
    """The only door to publications: those of one office, the newest card first."""
    return (
        Publication.objects.filter(office=office)
        .select_related("card", "task__owner", "screenshot")
        .order_by("-card__shown_on", "card_id", "place")
    )


def proofs_in_doubt(office: Office) -> list[Publication]:
    """Return the publications whose screenshot does not seem to show the card and waits for the CA's decision."""
    return list(publications_of(office).filter(looks_right=False, checked_at=None))


def posting_tasks(office: Office) -> QuerySet[Task]:
    """Return the office's tasks of posting a card (SOP 1.5), group and Instagram, but for those called off."""
    wanted = Q(closed_at=None) | Q(outcome=Task.Outcome.DONE)
    return tasks_of(office).filter(wanted, activity__rhythm=Activity.Rhythm.POSTING, part__in=PLACES)


def tasks_for(card: Card) -> QuerySet[Task]:
    """Return the posting tasks of a card: those of the same subject."""
    return posting_tasks(card.office).filter(
        subject=card.task.subject,
        activity__version__procedure=card.task.activity.version.procedure_id,
    )


def subjects_waiting(office: Office, *, until: datetime) -> list[str]:
    """Return the subjects with something left to post that may be posted before `until`, the oldest first."""
    return list(
        posting_tasks(office)
        .filter(closed_at=None, opens_at__lt=until)
        .order_by()
        .values("subject")
        .annotate(first=Min("opens_at"))
        .order_by("first", "subject")
        .values_list("subject", flat=True)
    )


def subjects_done(office: Office, *, search: str = "") -> QuerySet[Task, str]:
    """Return the subjects of which everything is posted, the newest first; a search looks at name and words."""
    tasks = posting_tasks(office)
    if search:
        found = Card.objects.filter(office=office).filter(
            Q(name__icontains=clean_name(search)) | Q(words__icontains=search) | Q(team__icontains=search)
        )
        tasks = tasks.filter(subject__in=found.values("task__subject"))
    return (
        tasks.order_by()
        .values("subject")
        .annotate(last=Max("opens_at"), open=Count("pk", filter=Q(closed_at=None)))
        .filter(open=0)
        .order_by("-last", "-subject")
        .values_list("subject", flat=True)
    )


def postings(office: Office, subjects: Iterable[str]) -> list[Posting]:
    """Return the postings of some subjects in the order given; five queries however many there are."""
    wanted = list(subjects)
    found: dict[str, Posting] = {}
    outlets: dict[int, Outlet] = {}
    for task in posting_tasks(office).filter(subject__in=wanted):
        posting = found.setdefault(task.subject, Posting(task.subject, task.opens_at, task.due_at))
        outlets[task.pk] = Outlet(task)
        setattr(posting, task.part, outlets[task.pk])
    for publication in publications_of(office).filter(task__subject__in=wanted):
        if publication.task_id in outlets:
            outlets[publication.task_id].publication = publication
    valid = Evidence.objects.filter(task__in=outlets, replaced_at=None)
    for item in valid.select_related("record").order_by("at", "pk"):
        outlets[item.task_id].evidence.append(item)
    _add_cards(office, found)
    return [found[subject] for subject in wanted if subject in found]


def _add_cards(office: Office, found: dict[str, Posting]) -> None:
    cards = Card.objects.filter(office=office, task__subject__in=found).select_related(
        "office", "task__activity__version__procedure__programme"
    )
    by_pk = {card.pk: card for card in cards.order_by("pk")}
    for card in by_pk.values():
        found[card.task.subject].card = card
    for picture in CardPicture.objects.filter(card__in=by_pk).order_by("size"):
        posting = found[by_pk[picture.card_id].task.subject]
        posting.sizes = (*posting.sizes, picture.size)


def posting_of(office: Office, subject: str) -> Posting | None:
    """Return one posting, or None when this office owes none under that subject."""
    return next(iter(postings(office, [subject])), None)


def caption(card: Card, place: str) -> str:
    """Return the words that follow from a card, for one place."""
    programme = card.task.activity.version.procedure.programme
    weekly = card.task.subject.startswith("duty:")
    greets = card.task.subject.startswith(GREETING)
    facts = captions.Facts(
        title=programme.name,
        when=dates.week_of(card.shown_on) if weekly else dates.long_date(card.shown_on),
        words=card.words,
        source=card.source,
        # Who is greeted did not write the card.
        name="" if greets else card.name,
        team="" if greets else card.team,
        greeting=_greeting(card, weekly=weekly, greets=greets),
        hashtags=card.office.hashtags,
    )
    return captions.whatsapp(facts) if place == Publication.Place.GROUP else captions.instagram(facts)


def _greeting(card: Card, *, weekly: bool, greets: bool) -> str:
    if greets:
        return f"Salam hangat untuk {card.name} dari keluarga besar {card.office.name}."
    return f"Selamat bertugas, keluarga besar {card.office.name}!" if weekly else ""


def cards_of(office: Office) -> QuerySet[Card]:
    """The door to the cards that go out: those of one office."""
    return Card.objects.filter(office=office).order_by("-shown_on", "-pk")


def picture(card: Card, size: str = "portrait") -> CardPicture | None:
    """Return the finished picture of a card in a size, else in any size."""
    pictures = {item.size: item for item in CardPicture.objects.filter(card=card).select_related("record")}
    return pictures.get(size) or next(iter(pictures.values()), None)


def team_cards(card: Card, *, most: int = 12) -> list[Card]:
    """Return the finished cards of the team, turns or birthdays as this one, shown up to it, the newest first."""
    kind = card.task.subject.partition(":")[0]
    return list(
        Card.objects.filter(
            office=card.office, team=card.team, state__in=SENT, shown_on__lte=card.shown_on, pictures__size="square"
        )
        .filter(task__subject__startswith=f"{kind}:")
        .order_by("-shown_on", "-pk")
        .distinct()[:most]
    )
