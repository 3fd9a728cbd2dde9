"""The bank of words: what Pegasus brings along, and what an office adds to it."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction

from pegasus.cards.domain.sayings import Saying
from pegasus.cards.models import Words
from pegasus.kernel import audit
from pegasus.people.models import Office

BANK = Path(__file__).parent.parent / "bank.json"


class WordsTaken(Exception):
    """The office's bank has these words already, in another row."""


@transaction.atomic(savepoint=False)
def load_words() -> None:
    """Bring the shipped words into the database as they are now; repeating it changes nothing.

    A shipped row is recognised by its words without capitals and marks, so a corrected comma makes no second row.
    """
    rows = {row.saying.key: row for row in Words.objects.filter(office=None)}
    fresh = []
    for entry in json.loads(BANK.read_text(encoding="utf-8")):
        saying = Saying(**entry)
        row = rows.pop(saying.key, None)
        if row is None:
            fresh.append(Words(office=None, **asdict(saying)))
        elif row.saying != saying:
            Words.objects.filter(pk=row.pk).update(**asdict(saying))
    if rows:  # no longer shipped; cards that used them keep their words
        Words.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    Words.objects.bulk_create(fresh, ignore_conflicts=True)


@transaction.atomic
def add_words(*, office: Office, saying: Saying, by: str, at: datetime) -> Words:
    """Add words to the office's bank; the same words are there once."""
    text = saying.text.strip()
    words, made = Words.objects.update_or_create(office=office, text=text, defaults=asdict(saying) | {"text": text})
    audit.record(
        action="words.added" if made else "words.changed",
        subject=f"words:{words.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"text": words.text, "source": words.source},
    )
    return words


@transaction.atomic
def change_words(*, words: Words, saying: Saying, by: str, at: datetime) -> None:
    """Correct the office's own words; cards that used them keep what they say."""
    text = saying.text.strip()
    if Words.objects.filter(office=words.office_id, text=text).exclude(pk=words.pk).exists():
        raise WordsTaken
    before = words.saying
    Words.objects.filter(pk=words.pk).update(**asdict(saying) | {"text": text})
    audit.record(
        action="words.changed",
        subject=f"words:{words.pk}",
        actor=by,
        at=at,
        office_id=words.office_id,
        before=asdict(before),
        after=asdict(saying),
    )


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
