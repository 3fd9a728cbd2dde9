"""Sayings offered on real dates: the day of the week that is kept, the value in its turn, nothing that scolds."""

from datetime import date, timedelta

import pytest
from tests.builders import make_office

from pegasus.cards import actions, suggestions
from pegasus.cards.domain import tone, wording
from pegasus.cards.queries import words_of
from pegasus.people.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    actions.load_shipped()
    return make_office()


@pytest.mark.parametrize(
    ("day", "occasion", "theme"),
    [
        (date(2026, 11, 9), "Hari Pahlawan", "Kepahlawanan"),
        (date(2026, 6, 1), "Hari Lahir Pancasila", "Kebangsaan"),
        (date(2026, 8, 17), "Hari Kemerdekaan", "Kebangsaan"),
        (date(2026, 9, 21), "Hari Statistik Nasional", "Akuntabel"),
        (date(2026, 4, 20), "Hari Kartini", "Kebangsaan"),
        (date(2026, 12, 21), "Hari Ibu", "Harmonis"),
    ],
)
def test_the_week_of_a_national_day_is_offered_its_themes(
    office: Office, day: date, occasion: str, theme: str
) -> None:
    offer = suggestions.for_week(office, day)

    assert offer.occasions == (occasion,)
    assert offer.themes[0] == theme
    assert offer.sayings[0].theme == theme


def test_kartini_is_named_in_her_week_first_and_in_no_other(office: Office) -> None:
    hers = suggestions.for_week(office, date(2026, 4, 20)).sayings
    others = suggestions.for_week(office, date(2026, 6, 1)).sayings

    assert "Kartini" in hers[0].text
    assert all("Kartini" not in row.text for row in others)


def test_every_week_has_enough_to_choose_from_and_nothing_that_scolds(office: Office) -> None:
    monday = date(2026, 1, 5)
    for week in range(52):
        offer = suggestions.for_week(office, monday + timedelta(weeks=week))

        assert len(offer.sayings) == suggestions.OFFERED
        assert len({row.pk for row in offer.sayings}) == suggestions.OFFERED
        assert {row.theme for row in offer.sayings} <= set(offer.themes)
        assert all(tone.suits(row.text, offer.occasions) for row in offer.sayings)


def test_what_scolds_is_in_the_bank_all_the_same(office: Office) -> None:
    bank = {wording.key(row.text) for row in words_of(office)}

    assert bank >= tone.REPROACHES
    assert not tone.suits("tong kosong NYARING bunyinya", ())
