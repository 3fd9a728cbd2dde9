"""A list of words comes into the office's bank."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from pegasus.cards.domain.word_list import WordPlan, plan
from pegasus.cards.models import Words
from pegasus.cards.queries import words_of
from pegasus.kernel import audit
from pegasus.people.actions import remember_mapping
from pegasus.people.models import Office
from pegasus.people.sheets import Sheet
from pegasus.typeset import glyphs


@transaction.atomic
def import_words(
    *,
    office: Office,
    sheet: Sheet,
    mapping: Mapping[str, int] | None = None,
    by: str,
    at: datetime,
    dry_run: bool = False,
) -> WordPlan:
    """Take the good rows of a list into the bank, and say of every other row why not.

    `mapping` is the choice of columns, remembered for the next list of the same source; without it they are guessed.
    """
    # Two imports at once wait for each other here; on SQLite the transaction itself is the lock.
    Office.objects.select_for_update().get(pk=office.pk)
    rows = list(words_of(office))
    own = {row.saying.key: row for row in rows if row.office_id}
    decided = plan(
        sheet.people,
        sheet.mapping if mapping is None else mapping,
        own={key: row.saying for key, row in own.items()},
        shipped=frozenset(row.saying.key for row in rows if not row.office_id),
        missing=glyphs.missing,
    )
    if not dry_run and mapping is not None:
        remember_mapping(office=office, sheet=sheet, mapping=mapping, at=at)
    if not dry_run and not decided.changes_nothing:
        _write(office, decided, own)
        audit.record(
            action="words.imported",
            subject=f"office:{office.pk}",
            actor=by,
            at=at,
            office_id=office.pk,
            after={"added": len(decided.new), "changed": len(decided.changed), "refused": len(decided.refused)},
        )
    return decided


def _write(office: Office, decided: WordPlan, own: Mapping[str, Words]) -> None:
    Words.objects.bulk_create(Words(office=office, **asdict(saying)) for saying in decided.new)
    for saying in decided.changed:
        Words.objects.filter(pk=own[saying.key].pk).update(**asdict(saying))
