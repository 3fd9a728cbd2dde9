"""SOP 1.4, first half: an employee prepares a card."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from pegasus.cards import queries, shelf
from pegasus.cards.actions.bank import load_shipped
from pegasus.cards.birthdays.celebrated import Celebration, celebration_of, template_for, words_for
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import Adjustments
from pegasus.cards.models import Card, CardTemplate, FinishedDesign
from pegasus.roster.queries import all_duties_of
from pegasus.sop.models import Task
from pegasus.typeset.pictures import Picture

OPEN = (Card.State.DRAFT, Card.State.RETURNED)


class AlreadySent(Exception):
    """The card was sent; it is changed by sending it again."""


@transaction.atomic
def card_for(*, task: Task, at: datetime) -> Card:
    """Return the task's card, made when needed; one that changed hands before it was sent begins anew."""
    card = queries.card_of(task)
    if card is None:
        card, _made = Card.objects.get_or_create(task=task, defaults=beginning(task) | {"updated_at": at})
    elif is_for_somebody_else(card, task):
        _delete_photo(card)
        forget_design(card)
        empty: dict[str, Any] = {
            "words": "",
            "source": "",
            "alt_text": "",
            "photo": "",
            "upload": None,
            "adjustments": {},
        }
        fresh = empty | beginning(task)
        # What a reviewer asked of the one before is no business of the new one.
        fresh |= {"state": Card.State.DRAFT, "reviewed_at": None, "reviewed_by": "", "review_note": ""}
        write(card, fresh, at)
    return card


def blank_card(task: Task) -> Card:
    """Return a card as it would begin, without writing it: for pages that only look."""
    return Card(task=task, **beginning(task))


def is_for_somebody_else(card: Card, task: Task) -> bool:
    """Tell whether a draft was begun by who held the task before."""
    return card.state in OPEN and card.holder_id != task.owner_id


def beginning(task: Task) -> dict[str, Any]:
    """Return what a task says about its card; the shipped templates are loaded when there are none."""
    celebration = celebration_of(task)
    if celebration is not None:
        return _greeting(task, celebration)
    owner = task.owner
    templates = queries.templates_for(task.office, task.period)
    if not templates:
        load_shipped()
        templates = queries.templates_for(task.office, task.period)
    return {
        "office": task.office,
        "holder": owner,
        "name": owner.name if owner else task.office.name,
        "team": owner.team if owner else "",
        "shown_on": _shown_on(task),
        "template": _first_template(task, templates),
    }


def _greeting(task: Task, celebration: Celebration) -> dict[str, Any]:
    load_shipped()
    person, template = celebration.person, template_for(task.office, celebration.on.year)
    return {
        "office": task.office,
        "holder": task.owner,
        "name": person.name,
        "team": person.team,
        "shown_on": celebration.on,
        "template": template,
        "words": words_for(person.name, person.pk + celebration.on.year, template),
    }


def _first_template(task: Task, templates: list[CardTemplate]) -> CardTemplate:
    """Turn by turn, so that neighbouring cards differ; nobody begins with a card for a feast."""
    everyday = [template for template in templates if not shelf.place_of(template).occasion] or templates
    return everyday[task.pk % len(everyday)]


def save_draft(  # noqa: PLR0913 - each is one field of the card
    *,
    card: Card,
    at: datetime,
    words: str | None = None,
    source: str | None = None,
    alt_text: str | None = None,
    name: str | None = None,
    template: CardTemplate | None = None,
    adjustments: Adjustments | None = None,
    photo: Picture | None = None,
    without_photo: bool = False,
) -> Card:
    """Keep what was typed so far; what is not given stays as it is."""
    given = {"words": words, "source": source, "alt_text": alt_text, "name": name, "template": template}
    changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if card.state not in OPEN:
        raise AlreadySent
    if adjustments is not None:
        changes["adjustments"] = allowed(card, template or card.template, adjustments)
    if photo is not None or without_photo:
        change_photo(card, photo)
        changes["photo"] = card.photo
    write(card, changes, at)
    return card


def allowed(card: Card, template: CardTemplate | None, adjustments: Adjustments) -> Adjustments:
    """Return what of the adjustments a template leaves to the employee; what it does not falls away."""
    if template is None or not adjustments:
        return {}
    design = queries.design_of(template)
    return designs.kept(design, adjustments, colours=queries.palette_for(card.office, design))


def write(card: Card, changes: dict[str, object], at: datetime) -> None:
    """Write some fields of a card."""
    for name, value in changes.items():
        setattr(card, name, value)
    card.updated_at = at
    card.save(update_fields=[*changes, "updated_at"])


def change_photo(card: Card, photo: Picture | None) -> None:
    """Put another photo (or none) onto the card, without saving the row; the old file goes once that is written."""
    _delete_photo(card)
    if photo is None:
        card.photo = ""
        return
    suffix = "png" if photo.content_type == "image/png" else "jpg"
    card.photo = default_storage.save(f"card-photos/{card.office.code}/{card.pk}.{suffix}", ContentFile(photo.data))


def _delete_photo(card: Card) -> None:
    if card.photo and card.photo.name:
        name = card.photo.name
        transaction.on_commit(lambda: default_storage.delete(name))


def forget_design(card: Card) -> None:
    """Forget how a finished picture stood, and the PDF it came from."""
    for row in FinishedDesign.objects.filter(card=card):
        forget_source(row)
        row.delete()


def forget_source(row: FinishedDesign) -> None:
    """Delete the PDF a finished picture came from, without saving the row; the file goes once that is written."""
    if row.source and row.source.name:
        name = row.source.name
        transaction.on_commit(lambda: default_storage.delete(name))
    row.source = ""


def _shown_on(task: Task) -> date:
    kind, _, number = task.subject.partition(":")
    if kind == "duty":
        duty = all_duties_of(task.office).filter(pk=number).first()
        if duty:
            return duty.posts_on
    return task.due_at.astimezone(ZoneInfo(task.office.timezone)).date()
