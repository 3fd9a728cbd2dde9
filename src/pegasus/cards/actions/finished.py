"""SOP 1.4: a finished design made elsewhere takes the place of template and words."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from pegasus.archive import actions as archive
from pegasus.archive.models import Record
from pegasus.cards import queries
from pegasus.cards.actions.drafting import OPEN, AlreadySent, forget_design, forget_source, write
from pegasus.cards.domain.standing import Placing, Standing
from pegasus.cards.models import Card, FinishedDesign
from pegasus.kernel import dates
from pegasus.typeset import pages as gate
from pegasus.typeset.pictures import Picture


class NoOtherPage(Exception):
    """The design did not come as a PDF of several pages, or its PDF is gone."""


@transaction.atomic
def use_upload(
    *, card: Card, picture: Picture, by: str, at: datetime, source: bytes = b"", pages: int = 1
) -> FinishedDesign:
    """Take a picture made elsewhere instead of a template; it stands whole until somebody chooses otherwise."""
    if card.state not in OPEN:
        raise AlreadySent
    forget_design(card)
    write(card, {"upload": _keep(card, picture, by=by, at=at)}, at)
    kept = (
        default_storage.save(f"card-uploads/{card.office.code}/{card.pk}.pdf", ContentFile(source)) if source else ""
    )
    return FinishedDesign.objects.create(card=card, source=kept, pages=pages)


@transaction.atomic
def take_page(*, card: Card, page: int, by: str, at: datetime) -> None:
    """Take another page of the PDF, or raise PictureRefused; how it stands begins anew."""
    row = _row(card)
    if not row.source or not 1 <= page <= row.pages:
        raise NoOtherPage
    with row.source.open("rb") as file:
        picture = gate.accept(bytes(file.read()), page=page)
    write(card, {"upload": _keep(card, picture, by=by, at=at)}, at)
    row.page, row.placings = page, {}
    row.save(update_fields=["page", "placings"])


@transaction.atomic
def place_upload(
    *, card: Card, at: datetime, ground: str | None = None, placings: Mapping[str, Placing] | None = None
) -> Standing:
    """Choose how a finished design stands in some sizes, and what lies around it; the rest stays."""
    row = _row(card)
    how = queries.standing_of(row)
    merged = {**how.placings, **(placings or {})}
    row.placings = {size: {"fit": one.fit, "focus": one.focus} for size, one in merged.items()}
    row.ground = ground if ground is not None else row.ground
    row.save(update_fields=["placings", "ground"])
    write(card, {}, at)
    return queries.standing_of(row)


@transaction.atomic
def drop_upload(*, card: Card, at: datetime) -> Card:
    """Go back to template and words."""
    if card.state not in OPEN:
        raise AlreadySent
    forget_design(card)
    write(card, {"upload": None}, at)
    return card


def let_go_of_source(card: Card) -> None:
    """Delete the PDF of a card that is sent: the page that was taken is kept, the others are nobody's business."""
    row = FinishedDesign.objects.filter(card=card).exclude(source="").first()
    if row:
        forget_source(row)
        row.save(update_fields=["source"])


def _row(card: Card) -> FinishedDesign:
    if card.state not in OPEN:
        raise AlreadySent
    return FinishedDesign.objects.select_for_update().get_or_create(card=card)[0]


def _keep(card: Card, picture: Picture, *, by: str, at: datetime) -> Record:
    suffix = "png" if picture.content_type == "image/png" else "jpg"
    return archive.keep(
        office=card.office,
        kind="card_upload",
        title=f"Desain jadi dari {card.name}, {dates.long_date(card.shown_on)}",
        data=picture.data,
        filename=f"desain-{card.shown_on:%Y-%m-%d}.{suffix}",
        content_type=picture.content_type,
        subject=queries.subject_of(card),
        covers=(card.shown_on, card.shown_on),
        by=by,
        at=at,
    )
