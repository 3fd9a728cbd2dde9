"""Where a person's name was copied, in every slice, so that a leaver can be forgotten on demand.

What stays as it was, and why: files (pictures of cards, PDFs, signed documents) are evidence with a hash; the text of
finished reports; who signed a document. `docs/how-to/protect-personal-data.md` says so to the office.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Model, Q

from pegasus.archive.models import Record
from pegasus.cards.actions.drafting import change_photo, forget_design
from pegasus.cards.models import (
    BrandFont,
    BulkRow,
    BulkRun,
    Card,
    CardComment,
    CardTemplate,
    CardVersion,
    TemplateDraft,
    TemplatePicture,
)
from pegasus.delivery.models import Delivery
from pegasus.home.personal_photo import let_go
from pegasus.people import actions as people
from pegasus.people.domain.forgetting import Forgotten
from pegasus.people.models import Consent, Correction, Employee, Exemption, Office, Outsider, RoleProposal, Transfer
from pegasus.publishing.models import Publication
from pegasus.reports.models import FollowUp, Obstacle, Report
from pegasus.roster.models import DutyHolder, Roster, Swap, SwapAsk
from pegasus.signing.models import ReturnedFile, SignatureRequest
from pegasus.sop.domain.greetings import SUBJECT as GREETING
from pegasus.sop.models import Evidence, ProcedureDraft, ProcedureVersion, Task

# Table, the way to its office, the columns that may hold a name.
COPIES: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Record, "office", ("title", "created_by", "paper_filed_by")),
    (Task, "office", ("label", "note", "closed_by")),
    (Evidence, "task__office", ("text", "by")),
    (Delivery, "office", ("subject", "text", "note", "settled_by")),
    (SignatureRequest, "office", ("title", "created_by", "closed_by")),
    (ReturnedFile, "request__office", ("brought_by", "matched_by", "decided_by")),
    (Outsider, "office", ("invited_by",)),
    (RoleProposal, "employee__office", ("settled_by",)),
    (ProcedureVersion, "procedure__programme__office", ("put_in_force_by",)),
    (ProcedureDraft, "procedure__programme__office", ("saved_by",)),
    (Roster, "office", ("created_by", "published_by")),
    (DutyHolder, "duty__office", ("by",)),
    (Swap, "duty__office", ("reason", "settled_by")),
    (SwapAsk, "swap__duty__office", ("answered_by",)),
    (Card, "office", ("name", "alt_text", "submitted_by", "reviewed_by", "review_note")),
    (CardVersion, "card__office", ("name", "alt_text", "sent_by", "decided_by", "note")),
    (CardComment, "version__card__office", ("text", "made_by", "done_by")),
    (CardTemplate, "office", ("published_by",)),
    (TemplateDraft, "office", ("changed_by",)),
    (TemplatePicture, "office", ("added_by",)),
    (BrandFont, "office", ("added_by", "right_note")),
    (BulkRun, "office", ("created_by",)),
    (BulkRow, "run__office", ("name", "words")),
    (Publication, "office", ("caption", "note", "posted_by", "checked_by", "check_note")),
    (Report, "office", ("finalised_by",)),
    (Obstacle, "office", ("text", "solution", "noted_by")),
    (FollowUp, "office", ("text", "owner", "done_note")),
    (Consent, "employee__office", ("given_by", "withdrawn_by")),
    (Exemption, "employee__office", ("reason", "created_by")),
    (Correction, "employee__office", ("settled_by",)),
    (Transfer, "employee__office", ("asked_by", "settled_by")),
)


@transaction.atomic
def forget(*, employee: Employee, by: str, at: datetime) -> Forgotten:
    """Anonymise a leaver in their own row and wherever their name was copied; rows and counts stay."""
    greeted = Q(task__subject__startswith=f"{GREETING}{employee.pk}:")
    written = Q(holder=employee) & ~Q(task__subject__startswith=GREETING)
    own_cards = list(Card.objects.filter(greeted | written).select_related("office"))
    forgotten = people.anonymise(employee=employee, by=by, at=at)
    _empty_own(employee, own_cards, forgotten)
    for model, way, columns in COPIES:
        for row in _carrying(model, way, columns, employee.office, forgotten):
            for column in columns:
                setattr(row, column, forgotten.replace(getattr(row, column)))
            row.save(update_fields=columns)
    return forgotten


def _empty_own(employee: Employee, own_cards: list[Card], forgotten: Forgotten) -> None:
    # These rows name the person by key: a colleague with the same name is no obstacle.
    for card in own_cards:
        card.name = forgotten.label
        card.alt_text = card.alt_text.replace(forgotten.name, forgotten.label)
        card.words = card.words.replace(forgotten.name, forgotten.label)
        change_photo(card, None)
        let_go(card.task_id)
        forget_design(card)
        card.save(update_fields=["name", "alt_text", "words", "photo"])
        for version in card.versions.all():
            version.name, version.alt_text = card.name, version.alt_text.replace(forgotten.name, forgotten.label)
            version.words = version.words.replace(forgotten.name, forgotten.label)
            version.save(update_fields=["name", "alt_text", "words"])
    birthdays = Task.objects.filter(office=employee.office, subject__startswith=f"{GREETING}{employee.pk}:")
    birthdays.update(label=f"Ulang tahun {forgotten.label}")
    for post in Publication.objects.filter(task__in=birthdays):
        post.caption = post.caption.replace(forgotten.name, forgotten.label)
        post.save(update_fields=["caption"])
    Delivery.objects.filter(to=employee).update(subject="", text="", note="")
    Swap.objects.filter(from_employee=employee).update(reason="")


def _carrying(
    model: type[Model], way: str, columns: tuple[str, ...], office: Office, forgotten: Forgotten
) -> Iterator[Model]:
    if forgotten.is_shared:
        return iter(())
    holds_it = reduce(or_, (Q(**{f"{column}__contains": forgotten.name}) for column in columns))
    return model._default_manager.filter(holds_it, **{way: office}).order_by("pk").iterator()  # noqa: SLF001 - Django's public door
