from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from pegasus.archive import actions as archive
from pegasus.archive.files import FileDamaged, content_of
from pegasus.archive.models import Record
from pegasus.cards.models import Card
from pegasus.kernel import audit, dates
from pegasus.people.models import Office
from pegasus.publishing import likeness, queries
from pegasus.publishing.domain import captions, permalinks
from pegasus.publishing.models import Publication
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence
from pegasus.typeset import pictures

State = Publication.State
UNPOSTED = (State.WAITING, State.OPENED, State.DOUBTFUL)
# Records are Indonesian whoever looks at the screen.
PLACES = {Publication.Place.GROUP.value: "grup WhatsApp", Publication.Place.INSTAGRAM.value: "Instagram"}
IN_DOUBT = "Belum tentu memuat kartu ini."
LONGEST_CAPTION = captions.INSTAGRAM_CHARACTERS


class AlreadyPosted(Exception):
    """The post was proven (or confirmed) before."""


class NotYetTime(Exception):
    """The posting day has not come."""


class NothingToProve(Exception):
    """Neither a screenshot nor an address was given."""


class WordNeeded(Exception):
    """A named person's word is proof only when it says something."""


class NothingInDoubt(Exception):
    """The proof is not in doubt, or somebody has decided on it."""


class UsedBefore(Exception):
    """It is the proof of another post already; `card` is whose, `place` is where."""

    def __init__(self, publication: Publication) -> None:
        super().__init__(f"publication {publication.pk}")
        self.card = publication.card
        self.place = publication.place


class AddressUsed(UsedBefore):
    """The address of a post proves one card."""


class ScreenshotUsed(UsedBefore):
    """The very same picture proves one post."""


class CaptionTooLong(Exception):
    """The caption has more characters than Instagram takes."""


class TooManyHashtags(Exception):
    """The caption has more hashtags than Instagram takes."""


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
    """Take a named person's word, in the note, that the card is posted; this closes the task (SOP 1.5)."""
    if not note.strip():
        raise WordNeeded
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
    """Take the proof that the card is posted: a screenshot, an address, or both; it takes the place of earlier proof.

    It closes the task (SOP 1.5), unless the screenshot does not seem to show the card: then somebody must look.
    Raise AddressUsed or ScreenshotUsed where it is the proof of something else already.
    """
    _check_day(publication, at)
    if not screenshot and not permalink:
        raise NothingToProve
    address = permalinks.read_permalink(permalink) if permalink else ""
    shot = pictures.accept(screenshot) if screenshot else None
    publication.refresh_from_db()
    _check_unused(publication, address, shot)
    looks_right = _looks_right(publication.card, shot.data) if shot else None
    try:
        with transaction.atomic():
            # One proof at a time in an office: the same picture may have come for another post meanwhile.
            Office.objects.select_for_update().get(pk=publication.office_id)
            publication.refresh_from_db()
            _check_unused(publication, address, shot)
            record = _keep(publication, shot, by, at) if shot else None
            _write_proof(publication, record, address, by, at, looks_right=looks_right)
            after = {"place": publication.place, "permalink": address, "record": record.pk if record else None}
            if publication.state == State.DOUBTFUL:
                _note("publication.doubted", publication, by, at, after, employee_id)
            else:
                _settle(publication, "publication.proven", by, at, after, employee_id)
    except IntegrityError:
        _check_unused(publication, address, shot)  # somebody was faster with the same address
        raise
    return publication


@transaction.atomic
def accept_proof(
    *, publication: Publication, by: str, at: datetime, note: str, employee_id: int | None = None
) -> None:
    """Take a doubtful screenshot for good by a named person's word, which stands beside it from then on."""
    if not note.strip():
        raise WordNeeded
    # The very screenshot that was looked at: another may have taken its place meanwhile.
    doubted = Publication.objects.filter(
        pk=publication.pk, looks_right=False, checked_at=None, screenshot_id=publication.screenshot_id
    )
    if not doubted.update(checked_at=at, checked_by=by, check_note=note):
        raise NothingInDoubt
    publication.refresh_from_db()
    if publication.state == State.DOUBTFUL:
        caption = publication.caption or queries.caption(publication.card, publication.place)
        Publication.objects.filter(pk=publication.pk).update(
            state=State.CONFIRMED, posted_at=at, posted_by=by, note=note, caption=caption
        )
    word = f"Tangkapan layar diterima setelah diperiksa: {note}"
    sop.add_evidence(task=publication.task, kind=Evidence.Kind.CONFIRMATION, by=by, at=at, text=word)
    _settle(publication, "publication.accepted", by, at, {"place": publication.place, "note": note}, employee_id)


@transaction.atomic
def write_caption(*, publication: Publication, text: str, by: str, at: datetime) -> None:
    """Keep an own wording of the caption until the card is posted."""
    if publication.place == Publication.Place.INSTAGRAM:
        if captions.units(text) > captions.INSTAGRAM_CHARACTERS:
            raise CaptionTooLong
        if captions.count_hashtags(text) > captions.INSTAGRAM_HASHTAGS:
            raise TooManyHashtags
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


def _check_unused(publication: Publication, address: str, shot: pictures.Picture | None) -> None:
    """Raise where the proof is another post's, or this one's already: a second tap changes nothing."""
    digest = sha256(shot.data).hexdigest() if shot else ""
    others = queries.publications_of(publication.office).exclude(pk=publication.pk)
    if address and (used := others.filter(permalink=address).first()):
        raise AddressUsed(used)
    if digest and (used := others.filter(screenshot__sha256=digest).first()):
        raise ScreenshotUsed(used)
    same_address = address in {"", publication.permalink}
    same_picture = not digest or (publication.screenshot is not None and publication.screenshot.sha256 == digest)
    if publication.state in {State.PROVEN, State.DOUBTFUL} and same_address and same_picture:
        raise AlreadyPosted


def _looks_right(card: Card, shot: bytes) -> bool:
    found = queries.picture(card)
    try:
        return found is not None and likeness.may_show(shot, content_of(found.record))
    except FileDamaged:
        return False  # a card that is gone cannot be compared: somebody must look


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
    rows = Publication.objects.filter(pk=publication.pk)
    proof = {
        "permalink": address or publication.permalink,
        "screenshot": record or publication.screenshot,
        "looks_right": looks_right if record else publication.looks_right,
    }
    if record:
        proof |= {"checked_at": None, "checked_by": "", "check_note": ""}
    in_doubt = proof["looks_right"] is False and (record is not None or publication.is_in_doubt)
    # A word given before keeps its moment and its name: the proof only comes on top.
    if in_doubt:
        rows.filter(state__in=UNPOSTED).update(state=State.DOUBTFUL)
        rows.update(**proof)
    else:
        rows.filter(posted_at=None).update(posted_at=at, posted_by=by, caption=caption)
        rows.update(**proof, state=State.PROVEN)
    publication.refresh_from_db()
    task = publication.task
    if record:
        sop.replace_evidence(task=task, kind=Evidence.Kind.SCREENSHOT, at=at)
        sop.add_evidence(
            task=task, kind=Evidence.Kind.SCREENSHOT, by=by, at=at, record=record, text=IN_DOUBT if in_doubt else ""
        )
    if address:
        sop.replace_evidence(task=task, kind=Evidence.Kind.LINK, at=at)
        sop.add_evidence(task=task, kind=Evidence.Kind.LINK, by=by, at=at, url=address)


def _settle(
    publication: Publication, action: str, by: str, at: datetime, after: Mapping[str, object], employee_id: int | None
) -> None:
    """Close the task when it is open, and write the deed down."""
    try:
        sop.close_task(task=publication.task, at=at, by=by, employee_id=employee_id)
    except sop.AlreadyClosed:
        pass  # closed by the word that came before this proof
    _note(action, publication, by, at, after, employee_id)
    publication.refresh_from_db()


def _note(
    action: str, publication: Publication, by: str, at: datetime, after: Mapping[str, object], employee_id: int | None
) -> None:
    audit.record(
        action=action,
        subject=f"publication:{publication.pk}",
        actor=by,
        at=at,
        office_id=publication.office_id,
        employee_id=employee_id,
        after=after,
    )
