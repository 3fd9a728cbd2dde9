"""A card that says the same is shown: its picture on the personal page, the card itself to who may see it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.builders import make_office, sign_in

from pegasus.cards import actions, addresses
from pegasus.cards.models import Card
from pegasus.cards.tests.builders import make_card
from pegasus.home.tests.test_personal import Turn
from pegasus.kernel import clock

pytestmark = pytest.mark.django_db
WORDS = "Berat sama dipikul, ringan sama dijinjing."
NEAR = "Ringan sama dijinjing, berat sama dipikul"


def sent(turn: Turn, words: str = WORDS) -> Card:
    day = clock.today("Asia/Jakarta") + timedelta(days=9)
    card = make_card(turn.office, words=words, seat=2, posts_on=day, holder=turn.holder)
    return actions.submit_card(card=card, by="Bayu", at=clock.now())


def test_the_personal_page_shows_the_other_cards_picture(client: Client) -> None:
    turn = Turn(client)
    other = sent(turn)

    page = turn.post("periksa", words=NEAR).content.decode()
    address = re.search(r'src="([^"]+/mirip/[^"]+)"', page)

    assert address
    shown = turn.client.get(address[1])
    assert shown["Content-Type"] == "image/jpeg"
    assert f"/kartu/{other.pk}/" not in page


def test_a_picture_is_shown_to_nobody_who_was_not_told_of_it(client: Client) -> None:
    turn, strange = Turn(client), make_card(make_office(), words=WORDS)
    actions.submit_card(card=strange, by="Bayu", at=clock.now())
    draft = make_card(turn.office, words="Rahasia", seat=3, holder=turn.holder)

    for proof in (str(strange.pk), f"{strange.pk}:x", addresses.alike(strange.pk), addresses.alike(draft.pk), "x"):
        assert turn.client.get(f"{turn.address}mirip/{proof}.jpg").status_code == 404
    assert turn.client.get(f"/t/salah/mirip/{addresses.alike(sent(turn).pk)}.jpg").status_code == 404


def test_who_may_see_the_office_s_cards_gets_a_link(client: Client) -> None:
    turn = Turn(client)
    other = sent(turn)
    turn.post("pratinjau", words=NEAR)
    sign_in(client, turn.office, "ca")

    page = client.get(f"/kartu/{turn.card.pk}/temuan/").content.decode()

    assert "Mirip kartu" in page or "sudah dipakai" in page
    assert f'href="/kartu/{other.pk}/"' in page
