"""Cards that were sent before there were versions get their first one."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.builders import NOW, make_office

from pegasus.cards import actions, queries
from pegasus.cards.models import CardVersion
from pegasus.cards.tests.builders import make_card

pytestmark = pytest.mark.django_db


def _migrate() -> None:
    import_module("pegasus.cards.migrations.0008_first_versions").keep_what_was_sent(apps, None)


def test_what_was_sent_becomes_the_first_version_once_and_a_draft_does_not() -> None:
    office = make_office(reviews_cards=True)
    sent, returned = (make_card(office, seat=seat, words=f"Kata {seat}") for seat in (1, 2))
    make_card(office, seat=3)
    for card in (sent, returned):
        actions.submit_card(card=card, by="Bayu", at=NOW)
    actions.return_card(card=returned, note="Ganti", by="Hana", at=NOW)
    CardVersion.objects.all().delete()

    for _twice in range(2):
        _migrate()

    first, second = CardVersion.objects.order_by("card_id")
    assert [(one.card_id, one.number, one.words, one.sent_by, one.sent_at) for one in (first, second)] == [
        (sent.pk, 1, "Kata 1", "Bayu", NOW),
        (returned.pk, 1, "Kata 2", "Bayu", NOW),
    ]
    assert (first.verdict, second.verdict, second.decided_by, second.note) == ("", "returned", "Hana", "Ganti")
    assert {one.size: one.record for one in first.pictures.all()} == queries.pictures_of(sent)
