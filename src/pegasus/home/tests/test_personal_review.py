"""What the writer of a card that came back sees and ticks on the page behind the personal link."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from tests.builders import make_office, sign_in

from pegasus.cards import actions
from pegasus.cards.domain.places import Place
from pegasus.cards.models import Card, CardComment
from pegasus.cards.tests.builders import make_card
from pegasus.kernel import clock
from pegasus.people import actions as people
from pegasus.people.queries import token_of
from pegasus.roster.models import LINK_PURPOSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def card() -> Card:
    now = clock.now()
    office = make_office(reviews_cards=True)
    card = make_card(office, words="Kerja keras.", posts_on=clock.today(office.timezone))
    actions.submit_card(card=card, by="Bayu Pratama", at=now)
    for place, text in ((Place("square", 0.5, 0.25), "Terlalu kecil"), (None, "Sebutkan sumbernya")):
        actions.comment_on(card=card, number=1, text=text, place=place, by="Hana", author=None, at=now)
    actions.return_card(card=card, note="Tinggal sedikit.", by="Hana", at=now)
    return card


@pytest.fixture
def page(card: Card) -> str:
    assert card.holder is not None
    link = people.open_link(
        employee=card.holder,
        purpose=LINK_PURPOSE,
        subject=card.task.subject,
        expires_at=clock.now().replace(year=2100),
        at=clock.now(),
    )
    return f"/t/{token_of(link)}/"


def test_what_was_asked_stands_on_the_picture_and_beside_it(client: Client, page: str) -> None:
    shown = client.get(page).content.decode()
    picture = client.get(f"{page}tinjauan/square.jpg")

    assert "Hana meminta perubahan" in shown
    assert "Tinggal sedikit." in shown
    assert 'transform="translate(540 270)"' in shown
    assert "Persegi 1:1, tengah atas" in shown
    assert "Sebutkan sumbernya" in shown
    assert Image.open(BytesIO(picture.content)).size == (1080, 1080)


def test_a_comment_is_ticked_and_what_was_typed_is_kept(client: Client, page: str, card: Card) -> None:
    client.post(f"{page}tinjauan/", {"selesai": "1", "words": "Kerja cerdas.", "origin": "sendiri"})

    first, second = CardComment.objects.order_by("number")
    assert (first.done_by, second.done_at) == ("Bayu Pratama", None)
    assert Card.objects.get(pk=card.pk).words == "Kerja cerdas."
    assert "Sudah diperbaiki" in client.get(page).content.decode()
    client.post(f"{page}tinjauan/", {"buka": "1"})
    assert CardComment.objects.get(number=1).done_at is None


def test_with_htmx_only_that_part_comes_back(client: Client, page: str) -> None:
    part = client.post(f"{page}tinjauan/", {"selesai": "2"}, headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith("<section")
    assert "<html" not in part
    assert "Sudah diperbaiki" in part


@pytest.mark.parametrize("posted", [{}, {"selesai": "9"}, {"selesai": "x"}, {"selesai": "²"}])
def test_a_comment_that_is_not_there_is_not_ticked(client: Client, page: str, posted: dict[str, str]) -> None:
    assert client.post(f"{page}tinjauan/", posted).status_code == 404
    assert not CardComment.objects.exclude(done_at=None).exists()


def test_once_sent_again_nothing_is_asked_any_more(client: Client, page: str, card: Card) -> None:
    client.post(page, {"aksi": "kirim", "words": "Kerja cerdas.", "origin": "sendiri", "lanjut": "x"})
    actions.submit_card(card=Card.objects.get(pk=card.pk), by="Bayu Pratama", at=clock.now())

    assert "meminta perubahan" not in client.get(page).content.decode()
    assert client.post(f"{page}tinjauan/", {"selesai": "1"}).status_code == 404
    assert client.get(f"{page}tinjauan/square.jpg").status_code == 404


def test_the_first_page_says_since_when_a_card_waits(client: Client, card: Card) -> None:
    actions.submit_card(card=card, by="Bayu Pratama", at=clock.now())
    sign_in(client, card.office, "humas")
    humas = client.get("/").content.decode()
    sign_in(client, card.office, "ca")
    keeper = client.get("/").content.decode()

    assert "Menunggu ditinjau sejak" in humas
    assert f"Kartu {card.name}: menunggu ditinjau sejak" in keeper
    assert f'href="/kartu/{card.pk}/"' in keeper


@pytest.mark.parametrize("number", ["9" * 5000, str(10**23), "x", ""])
def test_a_number_that_no_comment_has_ticks_nothing(client: Client, page: str, number: str) -> None:
    assert client.post(f"{page}tinjauan/", {"selesai": number}).status_code == 404
    assert not CardComment.objects.exclude(done_at=None).exists()


def test_a_saying_that_is_not_there_changes_nothing(client: Client, page: str, card: Card) -> None:
    client.post(page, {"aksi": f"kata-{'9' * 5000}", "words": "Kerja cerdas.", "origin": "sendiri"})

    assert Card.objects.get(pk=card.pk).words == "Kerja cerdas."
