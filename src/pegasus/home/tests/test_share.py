from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office

from pegasus.cards.models import Card, CardPicture
from pegasus.people.actions import open_link, revoke_links
from pegasus.people.models import Employee, Office
from pegasus.people.queries import token_of
from pegasus.publishing.models import Publication
from pegasus.publishing.tests.builders import make_card, make_sop, picture
from pegasus.sop.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(tmp_path: Path, settings: object) -> None:
    set_clock(settings, tmp_path, NOW.isoformat())


def set_clock(settings: object, folder: Path, moment: str) -> None:
    (folder / "clock").write_text(moment)
    settings.PEGASUS_TEST_CLOCK = str(folder / "clock")  # type: ignore[attr-defined] # pytest-django's fixture


@pytest.fixture
def card() -> Card:
    return make_card(make_sop(make_office()))


def address(card: Card, employee: Employee | None = None) -> str:
    owner = employee or card.task.owner
    assert owner is not None
    link = open_link(
        employee=owner, purpose="duty", subject=card.task.subject, expires_at=NOW + timedelta(days=30), at=NOW
    )
    return reverse("home:share", args=[token_of(link)])


def group_of(card: Card) -> Publication:
    return Publication.objects.get(card=card, place="group")


def test_the_page_shows_the_card_and_offers_to_share_it(client: Client, card: Card) -> None:
    page = client.get(address(card)).content.decode()

    assert 'src="kartu.jpg"' in page
    assert "Bagikan ke grup WhatsApp" in page
    assert "*Pegasus · Minggu ke-48, 23–29 November 2026*" in page


def test_looking_changes_nothing(client: Client, card: Card) -> None:
    for where in (address(card), address(card) + "kartu.jpg"):
        client.get(where)
        client.head(where)

    assert Publication.objects.count() == 0
    assert Task.objects.filter(part="group", closed_at=None).count() == 1


def test_the_picture_is_the_finished_card(client: Client, card: Card) -> None:
    answer = client.get(address(card) + "kartu.jpg")

    record = CardPicture.objects.get(card=card, size="portrait").record
    with record.file.open("rb") as file:
        assert answer.content == file.read()
    assert answer["Content-Type"] == "image/jpeg"


def test_tapping_share_is_noted_as_opened_and_as_nothing_more(client: Client, card: Card) -> None:
    answer = client.post(address(card), {"deed": "opened"})

    assert answer.status_code == 204
    assert group_of(card).state == Publication.State.OPENED
    assert group_of(card).task.closed_at is None


def test_a_word_is_taken_by_name_and_thanked(client: Client, card: Card) -> None:
    page = client.post(address(card), {"deed": "confirm"}, follow=True).content.decode()

    assert (group_of(card).state, group_of(card).posted_by) == (Publication.State.CONFIRMED, card.name)
    assert f"Terima kasih, {card.name}" in page
    assert f"Dikonfirmasi oleh {card.name}" in page


def test_a_screenshot_closes_the_task_and_the_teams_cards_are_shown(client: Client, card: Card) -> None:
    shot = SimpleUploadedFile("layar.jpg", picture(words=card.words), "image/jpeg")

    page = client.post(address(card), {"deed": "prove", "screenshot": shot}, follow=True).content.decode()

    assert group_of(card).state == Publication.State.PROVEN
    assert "Tangkapan layar tersimpan" in page
    assert f"tim/{card.pk}.jpg" in page


def test_a_file_that_is_no_picture_is_refused_in_words(client: Client, card: Card) -> None:
    answer = client.post(
        address(card), {"deed": "prove", "screenshot": SimpleUploadedFile("a.jpg", b"teks", "image/jpeg")}
    )

    assert answer.status_code == 422
    assert "bukan gambar yang dapat dibaca" in answer.content.decode()
    assert group_of(card).state == Publication.State.WAITING


def test_no_file_is_refused_in_words(client: Client, card: Card) -> None:
    answer = client.post(address(card), {"deed": "prove"})

    assert answer.status_code == 422
    assert "Pilih dulu gambar tangkapan layarnya." in answer.content.decode()


def test_saying_it_twice_says_so(client: Client, card: Card) -> None:
    client.post(address(card), {"deed": "confirm"})

    page = client.post(address(card), {"deed": "confirm"}, follow=True).content.decode()

    assert "sudah tercatat sebelumnya" in page
    assert group_of(card).task.evidence.count() == 1


def test_before_the_day_the_page_names_the_day(client: Client, card: Card, tmp_path: Path, settings: object) -> None:
    where = address(card)
    set_clock(settings, tmp_path, (NOW - timedelta(days=3)).isoformat())

    page = client.get(where).content.decode()
    refused = client.post(where, {"deed": "confirm"}, follow=True).content.decode()

    assert "Waktunya Senin, 23 November 2026" in page
    assert "Bagikan ke grup WhatsApp" not in page
    assert "Belum hari tayang" in refused
    assert group_of(card).state == Publication.State.WAITING


def test_without_a_card_the_page_leads_back_to_making_it(client: Client, card: Card) -> None:
    Card.objects.filter(pk=card.pk).update(state=Card.State.DRAFT)

    answer = client.get(address(card))

    assert "Kartu belum siap" in answer.content.decode()
    assert client.post(address(card), {"deed": "confirm"}).status_code == 409
    assert client.get(address(card) + "kartu.jpg").status_code == 404


def test_where_cards_are_reviewed_an_unapproved_one_cannot_go_out(client: Client, card: Card) -> None:
    Office.objects.update(reviews_cards=True)
    Card.objects.filter(pk=card.pk).update(state=Card.State.SUBMITTED)

    waiting = client.get(address(card))
    refused = client.post(address(card), {"deed": "confirm"})
    Card.objects.filter(pk=card.pk).update(state=Card.State.APPROVED)
    approved = client.get(address(card))

    assert "Kartu menunggu persetujuan" in waiting.content.decode()
    assert refused.status_code == 409
    assert Task.objects.filter(part="group", closed_at=None).count() == 1
    assert "Bagikan ke grup WhatsApp" in approved.content.decode()


def test_a_card_that_went_out_before_the_office_reviewed_stays_in_sight(client: Client, card: Card) -> None:
    Card.objects.filter(pk=card.pk).update(state=Card.State.SUBMITTED)
    client.post(address(card), {"deed": "confirm"})
    Office.objects.update(reviews_cards=True)

    page = client.get(address(card))

    assert Task.objects.filter(part="group", closed_at=None).count() == 0
    assert "Kartu menunggu persetujuan" not in page.content.decode()
    assert client.get(address(card) + "kartu.jpg").status_code == 200


def test_a_foreign_a_revoked_and_a_colleagues_link_lead_nowhere(client: Client, card: Card) -> None:
    mine = address(card)
    colleague = address(card, make_employee(card.office))
    revoke_links(purpose="duty", subject=card.task.subject, at=NOW)

    for where, status in ((mine, 410), (colleague, 410), (reverse("home:share", args=["1-abc"]), 404)):
        answer = client.get(where)
        assert answer.status_code == status
        assert "sudah tidak berlaku" in answer.content.decode()


def test_only_the_own_teams_pictures_are_sent(client: Client, card: Card) -> None:
    version = card.task.activity.version
    other = make_card(version, make_employee(card.office, team="Distribusi"), seat=2)

    assert client.get(f"{address(card)}tim/{card.pk}.jpg").status_code == 200
    assert client.get(f"{address(card)}tim/{other.pk}.jpg").status_code == 404
