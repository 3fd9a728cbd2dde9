"""What Pegasus brings along (designs, words) and what an office adds to it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from pegasus.cards.domain import designs
from pegasus.cards.models import CardTemplate, Words
from pegasus.kernel import audit
from pegasus.people.models import Office

SLICE = Path(__file__).parent.parent


@transaction.atomic
def load_shipped() -> None:
    """Bring the shipped templates and words into the database; repeating it changes nothing.

    A design that changed since becomes a new version: cards made with the old one keep it.
    """
    newest = {row.key: row for row in CardTemplate.objects.filter(office=None).order_by("version")}
    for path in sorted((SLICE / "designs").glob("*.json")):
        design = json.loads(path.read_text(encoding="utf-8"))
        designs.parse(design)
        _load_template(path.stem, design, newest.get(path.stem))
    known = set(Words.objects.filter(office=None).values_list("text", flat=True))
    bank = json.loads((SLICE / "bank.json").read_text(encoding="utf-8"))
    Words.objects.bulk_create(
        [Words(office=None, **entry) for entry in bank if entry["text"] not in known], ignore_conflicts=True
    )


def _load_template(key: str, design: dict[str, Any], newest: CardTemplate | None) -> None:
    if newest and newest.design == design:
        return
    CardTemplate.objects.filter(office=None, key=key).update(is_current=False)
    CardTemplate.objects.create(
        office=None, key=key, name=design["name"], design=design, version=newest.version + 1 if newest else 1
    )


@transaction.atomic
def add_words(*, office: Office, text: str, meaning: str, source: str, theme: str, by: str, at: datetime) -> Words:
    """Add words to the office's bank; the same words are there once."""
    words, made = Words.objects.update_or_create(
        office=office, text=text.strip(), defaults={"meaning": meaning, "source": source, "theme": theme}
    )
    audit.record(
        action="words.added" if made else "words.changed",
        subject=f"words:{words.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"text": words.text, "source": source},
    )
    return words


@transaction.atomic
def remove_words(*, words: Words, by: str, at: datetime) -> None:
    """Take the office's own words out of the bank; cards that used them keep them."""
    audit.record(
        action="words.removed",
        subject=f"words:{words.pk}",
        actor=by,
        at=at,
        office_id=words.office_id,
        before={"text": words.text, "source": words.source},
    )
    words.delete()
