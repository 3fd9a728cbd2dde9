"""SOP 1.4, second half: a card is rendered in its sizes, kept for good, and sent."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.archive import actions as archive
from pegasus.archive.models import Record
from pegasus.cards import queries, render, uploads
from pegasus.cards.actions.drafting import AlreadySent, allowed, change_photo
from pegasus.cards.actions.finished import let_go_of_source
from pegasus.cards.actions.versions import keep_version
from pegasus.cards.domain import greetings, wording
from pegasus.cards.domain.designs import SIZE_WORDS, SIZES
from pegasus.cards.models import Card, CardPicture, CardVersion
from pegasus.kernel import audit, dates, jobs
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence, Task
from pegasus.typeset.pictures import Picture
from pegasus.typeset.render import TypesetFailed


class NothingToSend(Exception):
    """There are neither words nor a finished picture."""


class AlreadyPosted(Exception):
    """The card has gone out and stays as it is."""


class TooLate(Exception):
    """The posting day has passed and the card was sent before."""


class CardNotKept(Exception):
    """The card could not be drawn or written; the draft is as it was."""


def submit_card(
    *,
    card: Card,
    by: str,
    at: datetime,
    photo: Picture | None = None,
    without_photo: bool = False,
    drawn: Mapping[str, bytes] | None = None,
) -> Card:
    """Draw a card in its three sizes, keep them as Records and close activity 4 (or wait for approval).

    `card` may carry changes that are not saved yet, and come with another photo or without one: all of it is
    written together with the pictures, or not at all. Who has `drawn` it already in its sizes hands that over.
    """
    _refuse(card, at)
    if not card.alt_text.strip() or _was_composed(card):
        card.alt_text = _alt_text(card, card)
    card.adjustments = allowed(card, card.template, card.adjustments)
    shown = photo.data if photo else b"" if without_photo else None
    try:
        pictures = drawn or {size: draw(card, size, photo=shown) for size in SIZES}
        with transaction.atomic():
            _refuse_second_tap(card)
            if photo or without_photo:
                change_photo(card, photo)
            _send(card, pictures, by=by, at=at)
    except (OSError, TypesetFailed) as error:
        raise CardNotKept(str(error)) from error
    return card


def _alt_text(card: Card, said: Card | CardVersion) -> str:
    """Return what tells of the card as it is, or as it was when a version of it was sent."""
    if queries.is_greeting(card):
        return greetings.alt_text(words=said.words, name=said.name)
    return wording.alt_text(words=said.words, source=said.source, name=said.name, team=said.team)


def _was_composed(card: Card) -> bool:
    """Tell whether nobody wrote the text: the one composed at the last sending follows the words."""
    last = card.versions.order_by("-number").first()
    return last is not None and card.alt_text == _alt_text(card, last)


def _refuse_second_tap(card: Card) -> None:
    """Let one of two that were sent at the same time win: the other would keep every file twice."""
    stands = Card.objects.select_for_update().filter(pk=card.pk).values_list("submitted_at", flat=True).first()
    if stands != card.submitted_at:
        raise AlreadySent


def draw(card: Card, size: str, *, photo: bytes | None = None) -> bytes:
    """Return a card's finished file in a size, with its own photo or the given one."""
    if card.upload_id and card.upload:
        return uploads.jpeg(uploads.content_of(card.upload), size, queries.finished_standing(card))
    if card.template is None:
        raise NothingToSend
    return render.jpeg(queries.design_for(card), queries.content_of(card, photo=photo), size)


def _refuse(card: Card, at: datetime) -> None:
    if not card.upload_id and (not card.words.strip() or card.template_id is None):
        raise NothingToSend
    if queries.is_posted(card):
        raise AlreadyPosted
    today = at.astimezone(ZoneInfo(card.office.timezone)).date()
    if card.state in queries.SENT and today > card.shown_on:
        raise TooLate


def _send(card: Card, drawn: Mapping[str, bytes], *, by: str, at: datetime) -> None:
    before = queries.pictures_of(card)
    kept: list[Record] = []
    try:
        for size, data in drawn.items():
            kept.append(_keep(card, size, data, before.get(size), by=by, at=at))
            CardPicture.objects.update_or_create(card=card, size=size, defaults={"record": kept[-1]})
    except OSError:
        for record in kept:  # the rows go with the transaction, the files by hand
            record.file.delete(save=False)
        raise
    was = card.state
    card.state = Card.State.SUBMITTED
    card.submitted_at, card.submitted_by, card.updated_at = at, by, at
    card.reviewed_at, card.reviewed_by, card.review_note = None, "", ""
    card.save()
    version = keep_version(card, dict(zip(drawn, kept, strict=True)), by=by, at=at)
    let_go_of_source(card)
    audit.record(
        action="card.submitted",
        subject=queries.subject_of(card),
        actor=by,
        at=at,
        office_id=card.office_id,
        before={"state": was},
        after={
            "records": [record.pk for record in kept],
            "template": card.template_id,
            "version": version.number,
        },
    )
    task = Task.objects.get(pk=card.task_id)
    sop.add_evidence(task=task, kind=Evidence.Kind.FILE, by=by, at=at, record=kept[0])
    if card.office.reviews_cards:
        if task.closed_at is not None:
            sop.reopen_task(task=task, at=at, by=by, reason="Kartu dikirim ulang dan menunggu persetujuan.")
    elif task.closed_at is None:
        sop.close_task(task=task, at=at, by=by)
    jobs.wake("reminders.plan", card.office_id)


def _keep(card: Card, size: str, data: bytes, before: Record | None, *, by: str, at: datetime) -> Record:
    what, prefix = ("ulang tahun", "ulang-tahun") if queries.is_greeting(card) else ("Pegasus", "pegasus")
    return archive.keep(
        office=card.office,
        kind="card",
        title=f"Kartu {what} {card.name}, {dates.long_date(card.shown_on)} ({SIZE_WORDS[size]})",
        data=data,
        filename=f"{prefix}-{card.shown_on:%Y-%m-%d}-{size}.jpg",
        content_type="image/jpeg",
        subject=queries.subject_of(card),
        replaces=before,
        covers=(card.shown_on, card.shown_on),
        by=by,
        at=at,
    )
