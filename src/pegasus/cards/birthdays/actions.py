"""The year's list and template, and the cards themselves (SOP-322, 1 to 3)."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from json import dumps

from django.db import transaction

from pegasus.archive.actions import keep
from pegasus.archive.models import Record
from pegasus.archive.queries import list_never_asked, list_that_waits
from pegasus.cards import actions as cards
from pegasus.cards.birthdays import documents, queries
from pegasus.cards.birthdays.celebrated import celebration_of
from pegasus.cards.models import Card
from pegasus.cards.queries import SENT, content_of, design_for
from pegasus.kernel import audit
from pegasus.people.models import Employee, Office
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence, Task

# Why a run leaves a card as it is: somebody made it meanwhile, or it is out.
SETTLED = (cards.AlreadySent, cards.AlreadyPosted, cards.TooLate)


class NobodyListed(Exception):
    """No date of birth is known: there is no list to stand by."""


@transaction.atomic
def confirm_list(*, office: Office, year: int, today: date, by: str, at: datetime) -> int:
    """Declare the year's list made; return how many birthdays it has.

    The list is kept only when its signature is asked for: it follows from the staff list, and a copy would outlive
    whoever asks to be forgotten.
    """
    listed = len(queries.listed(office, year, today))
    if not listed:
        raise NobodyListed
    task = queries.year_of(office, year).list_task
    if task is None or task.closed_at is not None:
        raise sop.AlreadyClosed
    sop.add_evidence(
        task=task, kind=Evidence.Kind.CONFIRMATION, by=by, at=at, text=f"Daftar ulang tahun {year}: {listed} pegawai."
    )
    sop.close_task(task=task, at=at, by=by)
    audit.record(
        action="birthdays.listed",
        subject=f"year:{year}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"people": listed},
    )
    return listed


def keep_list(*, office: Office, year: int, today: date, by: str, at: datetime) -> Record:
    """Keep the year's list as it stands, so that a signature can be asked for it; one that says the same is kept once.

    It holds people's days of birth: it is in the archive for those who may, and never on the public page.
    """
    subject = f"{documents.SUBJECT}{year}"
    waits = list_that_waits(office, subject)
    if waits is not None:
        return waits
    found = list_never_asked(office, subject)
    if found is not None and documents.restated(found) is not None:
        return found
    listing = documents.listing_of(office, year, today)
    if not listing.days:
        raise NobodyListed
    return keep(
        office=office,
        kind=documents.KIND,
        title=f"{documents.TITLE} {year}",
        data=documents.pdf(listing, at=at),
        filename=f"{listing.filename}.pdf",
        content_type="application/pdf",
        by=by,
        at=at,
        subject=subject,
        covers=(date(year, 1, 1), date(year, 12, 31)),
        security_class=Record.SecurityClass.LIMITED,
    )


def approve_all(*, waiting: list[Card], reviewer: Employee, by: str, at: datetime) -> tuple[int, int]:
    """Approve cards that wait; return how many, and how many must be looked at one by one.

    What somebody decided on meanwhile stays as they decided; the reviewer's own, and what has an open comment, waits.
    """
    approved = left = 0
    for card in waiting:
        try:
            cards.approve_card(card=card, reviewer=reviewer, by=by, at=at)
        except cards.AlreadyReviewed:
            continue
        except (cards.CommentsOpen, cards.OwnCard):
            left += 1
        else:
            approved += 1
    return approved, left


def picture_name(card: Card) -> str:
    """Return a name for what is drawn on a birthday card: the page sends along the name of the one in sight."""
    if card.template_id is None:
        return ""
    texts = content_of(card, photo=b"").texts()
    drawn = [card.task_id, design_for(card).key, texts]
    return sha256(dumps(drawn, sort_keys=True).encode()).hexdigest()[:40]


def make_from_row(
    *, task: Task, words: str, source: str, template_id: int, drawn: Mapping[str, bytes], by: str, at: datetime
) -> Card | None:
    """Let what a bulk run drew for a birthday become its card; None where there is one, or shall be none, already."""
    if task.closed_at is not None or celebration_of(task) is None:
        return None
    card = cards.card_for(task=task, at=at)
    if card.state in SENT:
        return None
    card.words, card.source, card.template_id = words, source, template_id
    try:
        return cards.submit_card(card=card, by=by, at=at, drawn=drawn)
    except SETTLED:
        return None
