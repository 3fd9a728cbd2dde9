from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pegasus.archive import actions as archive
from pegasus.archive.files import FileDamaged, content_of
from pegasus.archive.models import Record
from pegasus.cards.models import Card
from pegasus.kernel import audit
from pegasus.publishing import likeness, queries
from pegasus.publishing.domain import dates, permalinks
from pegasus.publishing.models import Publication
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence
from pegasus.typeset import pictures

State = Publication.State
UNPOSTED = (State.WAITING, State.OPENED)
# Records are Indonesian whoever looks at the screen.
PLACES = {Publication.Place.GROUP.value: "grup WhatsApp", Publication.Place.INSTAGRAM.value: "Instagram"}
LONGEST_CAPTION = 2200


class AlreadyPosted(Exception):
    """The post was proven (or confirmed) before."""


class NotYetTime(Exception):
    """The posting day has not come."""


class NothingToProve(Exception):
    """Neither a screenshot nor an address was given."""


class CaptionTooLong(Exception):
    """The caption has more characters than Instagram takes."""


@transaction.atomic
def publications_for(*, card: Card, at: datetime) -> list[Publication]:  # noqa: ARG001 - every write says when
    """Make a card's rows for the group and Instagram, on its posting tasks; repeating it changes nothing."""
    return [
        Publication.objects.get_or_create(card=card, place=task.part, defaults={"office": card.office, "task": task})[
            0
        ]
        for task in queries.tasks_for(card)
    ]


def open_publication(*, publication: Publication, at: datetime) -> None:
    """Note that somebody took the card to post it: no proof of anything, and only from the posting day."""
    _check_day(publication, at)
    Publication.objects.filter(pk=publication.pk, state=State.WAITING).update(state=State.OPENED, opened_at=at)
    publication.refresh_from_db()


@transaction.atomic
def confirm(
    *, publication: Publication, by: str, at: datetime, note: str = "", employee_id: int | None = None
) -> Publication:
    """Take a named person's word that the card is posted; this closes the task (SOP 1.5)."""
    _check_day(publication, at)
    caption = publication.caption or queries.caption(publication.card, publication.place)
    changed = Publication.objects.filter(pk=publication.pk, state__in=UNPOSTED).update(
        state=State.CONFIRMED, posted_at=at, posted_by=by, note=note, caption=caption
    )
    if not changed:
        raise AlreadyPosted
    sop.add_evidence(task=publication.task, kind=Evidence.Kind.CONFIRMATION, by=by, at=at, text=note)
    _settle(publication, "publication.confirmed", by, at, {"place": publication.place, "note": note}, employee_id)
    return publication


def prove(
    *,
    publication: Publication,
    by: str,
    at: datetime,
    screenshot: bytes | None = None,
    permalink: str = "",
    employee_id: int | None = None,
) -> Publication:
    """Take the proof that the card is posted: a screenshot, an address, or both; this closes the task (SOP 1.5)."""
    _check_day(publication, at)
    if publication.state == State.PROVEN:
        raise AlreadyPosted
    if not screenshot and not permalink:
        raise NothingToProve
    address = permalinks.read(permalink) if permalink else ""
    shot = pictures.accept(screenshot) if screenshot else None
    looks_right = _looks_right(publication.card, shot.data) if shot else None
    with transaction.atomic():
        record = _keep(publication, shot, by, at) if shot else None
        _write_proof(publication, record, address, by, at, looks_right=looks_right)
        after = {"place": publication.place, "permalink": address, "record": record.pk if record else None}
        _settle(publication, "publication.proven", by, at, after, employee_id)
    return publication


@transaction.atomic
def write_caption(*, publication: Publication, text: str, by: str, at: datetime) -> None:
    """Keep an own wording of the caption until the card is posted."""
    if len(text) > LONGEST_CAPTION:
        raise CaptionTooLong
    changed = Publication.objects.filter(pk=publication.pk, state__in=UNPOSTED).update(caption=text)
    if not changed:
        raise AlreadyPosted
    audit.record(
        action="publication.caption",
        subject=f"publication:{publication.pk}",
        actor=by,
        at=at,
        office_id=publication.office_id,
        after={"characters": len(text)},
    )


def _check_day(publication: Publication, at: datetime) -> None:
    if at < publication.task.opens_at:
        raise NotYetTime(publication.task.opens_at.isoformat())


def _looks_right(card: Card, shot: bytes) -> bool | None:
    found = queries.picture(card)
    if found is None:
        return None
    try:
        return likeness.may_show(shot, content_of(found.record))
    except FileDamaged:
        return None  # a card that is gone cannot be compared


def _keep(publication: Publication, shot: pictures.Picture, by: str, at: datetime) -> Record:
    card = publication.card
    suffix = "png" if shot.content_type == "image/png" else "jpg"
    return archive.keep(
        office=publication.office,
        kind="screenshot",
        title=f"Tangkapan layar {PLACES[publication.place]}: {card.name}, {dates.long_date(card.shown_on)}",
        data=shot.data,
        filename=f"tangkapan-layar-{publication.place}-{card.shown_on:%Y-%m-%d}.{suffix}",
        content_type=shot.content_type,
        subject=publication.task.subject,
        covers=(card.shown_on, card.shown_on),
        by=by,
        at=at,
    )


def _write_proof(
    publication: Publication,
    record: Record | None,
    address: str,
    by: str,
    at: datetime,
    *,
    looks_right: bool | None,
) -> None:
    caption = publication.caption or queries.caption(publication.card, publication.place)
    rows = Publication.objects.filter(pk=publication.pk).exclude(state=State.PROVEN)
    proof = {"state": State.PROVEN, "permalink": address, "screenshot": record, "looks_right": looks_right}
    first = rows.filter(posted_at=None).update(**proof, posted_at=at, posted_by=by, caption=caption)
    # A word given before keeps its moment and its name: the proof only comes on top.
    if not first and not rows.update(**proof):
        raise AlreadyPosted
    task = publication.task
    if record:
        sop.add_evidence(task=task, kind=Evidence.Kind.SCREENSHOT, by=by, at=at, record=record)
    if address:
        sop.add_evidence(task=task, kind=Evidence.Kind.LINK, by=by, at=at, url=address)


def _settle(
    publication: Publication, action: str, by: str, at: datetime, after: Mapping[str, object], employee_id: int | None
) -> None:
    """Close the task when it is open, and write the deed down."""
    try:
        sop.close_task(task=publication.task, at=at, by=by, employee_id=employee_id)
    except sop.AlreadyClosed:
        pass  # closed by the word that came before this proof
    audit.record(
        action=action,
        subject=f"publication:{publication.pk}",
        actor=by,
        at=at,
        office_id=publication.office_id,
        employee_id=employee_id,
        after=after,
    )
    publication.refresh_from_db()
