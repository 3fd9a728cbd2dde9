from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Q

from pegasus.cards import queries as cards
from pegasus.cards.models import Card
from pegasus.home.domain.weeks import Week
from pegasus.people.models import Office
from pegasus.publishing.queries import SENT, posting_tasks, ready_states
from pegasus.roster import queries as roster
from pegasus.roster.models import Duty
from pegasus.sop.models import Task

SIZE = "portrait"
OLDEST = timedelta(days=13)  # the card of last week stays until this week's is up
MOST_CARDS = 10
DAYLIGHT = range(6, 18)


@dataclass(frozen=True)
class Turns:
    """The people of one week."""

    week: Week
    posts_on: date
    duties: list[Duty]


@dataclass(frozen=True)
class Board:
    """What hangs in the corridor: who serves now and next, and the card that is up. Names and teams, nothing else."""

    office: Office
    today: date
    is_night: bool
    this: Turns | None
    next: Turns | None
    card: Card | None
    is_this_weeks: bool


def board_of(office: Office, *, at: datetime) -> Board:
    """Put the office's screen together, in three queries; several cards take turns, a minute each."""
    local = at.astimezone(ZoneInfo(office.timezone))
    monday = Week.of(local.date()).monday
    coming = roster.duties_of(office).filter(starts_on__gte=monday, starts_on__lt=monday + timedelta(weeks=8))
    weeks = [
        Turns(Week(starts_on), group[0].posts_on, group)
        for starts_on, group in (
            (starts_on, list(found))
            for starts_on, found in groupby(coming.exclude(holder=None), key=lambda duty: duty.starts_on)
        )
    ]
    this = weeks.pop(0) if weeks and weeks[0].week.monday == monday else None
    shown = cards_up(office, local.date())
    card = shown[local.minute % len(shown)] if shown else None
    return Board(
        office=office,
        today=local.date(),
        is_night=local.hour not in DAYLIGHT,
        this=this,
        next=weeks[0] if weeks else None,
        card=card,
        is_this_weeks=card is not None and card.shown_on >= monday,
    )


def cards_up(office: Office, today: date) -> list[Card]:
    """Return the cards whose posting day has come, of the latest such day; those that wait for review stay inside."""
    went_out = posting_tasks(office).filter(outcome=Task.Outcome.DONE).values("subject")
    found = list(
        cards.cards_of(office)
        .filter(
            Q(state__in=ready_states(office)) | Q(state__in=SENT, task__subject__in=went_out),
            shown_on__lte=today,
            shown_on__gte=today - OLDEST,
            task__subject__startswith="duty:",
            pictures__size=SIZE,
        )
        .distinct()[:MOST_CARDS]
    )
    return sorted((card for card in found if card.shown_on == found[0].shown_on), key=lambda card: card.pk)
