"""The reviewer's page: pins on the picture, what is decided, two versions side by side."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.cards import actions, queries
from pegasus.cards.domain.places import Place
from pegasus.cards.models import Card, CardComment
from pegasus.cards.tests.builders import framed, make_card
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.sop.models import Task
from pegasus.typeset import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office(reviews_cards=True)


@pytest.fixture
def sent(office: Office) -> Card:
    card = make_card(office, words="Kerja keras hari ini.", source="Peribahasa", posts_on=clock.today(office.timezone))
    return actions.submit_card(card=card, by="Bayu Pratama", at=clock.now() - timedelta(minutes=5))


def say(client: Client, card: Card, **given: str) -> tuple[int, str]:
    """Send the comment form; return the answer's status and page."""
    typed = {"text": "Terlalu kecil", "ukuran": "portrait", "versi": "1"} | given
    answer = client.post(f"/kartu/{card.pk}/komentar/", typed)
    return answer.status_code, answer.content.decode()


def once_more(card: Card, words: str) -> None:
    card.refresh_from_db()
    actions.save_draft(card=card, at=NOW, words=words)
    actions.submit_card(card=card, by="Bayu Pratama", at=clock.now())


def test_a_tap_becomes_a_numbered_pin_at_that_place(client: Client, office: Office, sent: Card) -> None:
    humas = sign_in(client, office, "humas")

    say(client, sent, letak="titik", x="0.25", y="0.8")
    page = client.get(f"/kartu/{sent.pk}/").content.decode()

    made = CardComment.objects.get()
    assert (made.x, made.y, made.size, made.author) == (0.25, 0.8, "portrait", humas)
    assert 'transform="translate(270 1080)"' in page
    assert "Potret 4:5, kiri bawah" in page
    assert 'href="#komentar-1-1"' in page
    assert 'id="komentar-1-1"' in page


def test_without_scripts_a_part_of_the_picture_is_chosen_or_the_whole_card(
    client: Client, office: Office, sent: Card
) -> None:
    sign_in(client, office, "ca")

    say(client, sent, letak="atas-kanan", ukuran="story")
    say(client, sent, letak="", text="Bagus")

    first, second = CardComment.objects.order_by("number")
    assert (first.size, round(first.x or 0, 3), round(first.y or 0, 3)) == ("story", 0.833, 0.167)
    assert (second.size, second.x) == ("", None)
    assert "translate" not in client.get(f"/kartu/{sent.pk}/").content.decode()
    assert "translate(900 320)" in client.get(f"/kartu/{sent.pk}/?ukuran=story").content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": " "}, "Tulis komentarnya."),
        ({"text": "x" * 501}, "Paling banyak 500 karakter"),
        ({"letak": "titik", "x": "1.5", "y": "0"}, "di luar gambar"),
        ({"letak": "titik", "x": "nan", "y": "0"}, "di luar gambar"),
        ({"letak": "titik"}, "di luar gambar"),
    ],
)
def test_a_comment_that_cannot_be_taken_keeps_what_was_typed(
    client: Client, office: Office, sent: Card, given: dict[str, str], told: str
) -> None:
    sign_in(client, office, "ca")

    answer = client.post(f"/kartu/{sent.pk}/komentar/", {"text": "Mohon diperbesar", "ukuran": "portrait"} | given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert given.get("text", "Mohon diperbesar").strip() in page
    assert not CardComment.objects.exists()


def test_who_commented_on_an_older_version_is_told_and_loses_no_word(
    client: Client, office: Office, sent: Card
) -> None:
    sign_in(client, office, "humas")
    actions.submit_card(card=sent, by="Bayu Pratama", at=clock.now())

    status, page = say(client, sent, text="Geser ke kiri", letak="tengah-tengah")
    decided = client.post(f"/kartu/{sent.pk}/kembalikan/", {"note": "Ganti hurufnya", "versi": 1})

    assert (status, decided.status_code) == (409, 409)
    assert "penulis mengirim versi baru" in page
    assert "Geser ke kiri</textarea>" in page.replace("\n", "")
    assert "Ganti hurufnya</textarea>" in decided.content.decode().replace("\n", "")
    assert 'name="versi" value="2"' in page
    assert Card.objects.get().state == Card.State.SUBMITTED


def test_a_card_goes_back_with_comments_alone_and_is_approved_over_them_only_knowingly(
    client: Client, office: Office, sent: Card
) -> None:
    sign_in(client, office, "humas")
    say(client, sent)

    hasty = client.post(f"/kartu/{sent.pk}/setujui/", {"versi": 1})
    client.post(f"/kartu/{sent.pk}/kembalikan/", {"note": "", "versi": 1})

    assert hasty.status_code == 409
    assert "Masih ada komentar terbuka" in hasty.content.decode()
    assert Card.objects.get().state == Card.State.RETURNED
    once_more(sent, "Kerja cerdas hari ini.")
    say(client, sent, versi="2")
    client.post(f"/kartu/{sent.pk}/setujui/", {"versi": 2, "meski": "1", "note": "Lain kali lebih besar."})
    assert Card.objects.get().state == Card.State.APPROVED
    assert "Lain kali lebih besar." in client.get(f"/kartu/{sent.pk}/").content.decode()


def test_ones_own_card_is_left_to_others(client: Client, office: Office) -> None:
    me = sign_in(client, office, "humas")
    make_employee(office, roles=("ca",))
    card = make_card(office, holder=me)
    actions.submit_card(card=card, by=me.name, at=NOW)

    page = client.get(f"/kartu/{card.pk}/").content.decode()
    refused = client.post(f"/kartu/{card.pk}/setujui/", {"versi": 1})

    assert "yang menyetujui rekan lain" in page
    assert f"/kartu/{card.pk}/setujui/" not in page
    assert refused.status_code == 409
    assert Card.objects.get().state == Card.State.SUBMITTED


def test_only_ones_own_comment_is_taken_back(client: Client, office: Office, sent: Card) -> None:
    other = actions.comment_on(card=sent, number=1, text="Lain", place=None, by="Hana", author=None, at=NOW)
    sign_in(client, office, "ca")
    say(client, sent)
    mine = CardComment.objects.get(number=2)

    refused = client.post(reverse("cards:comment-remove", args=[sent.pk, other.pk]))
    client.post(reverse("cards:comment-remove", args=[sent.pk, mine.pk]))

    assert refused.status_code == 404
    assert list(CardComment.objects.all()) == [other]


def test_employees_read_and_strangers_do_not(client: Client, office: Office, sent: Card) -> None:
    made = actions.comment_on(card=sent, number=1, text="Kecil", place=None, by="Hana", author=None, at=NOW)
    addresses = [
        reverse("cards:comment", args=[sent.pk]),
        reverse("cards:comment-remove", args=[sent.pk, made.pk]),
        reverse("cards:comment-settle", args=[sent.pk, made.pk]),
    ]

    sign_in(client, office)
    page = client.get(f"/kartu/{sent.pk}/").content.decode()
    employee = [client.post(address, {"text": "x"}).status_code for address in addresses]
    sign_in(client, make_office(), "ca")
    foreign = [client.post(address, {"text": "x"}).status_code for address in addresses]
    hidden = [client.get(f"/kartu/{sent.pk}/versi/{rest}").status_code for rest in ("", "1/portrait.jpg")]

    assert "Kecil" in page
    assert "Tambahkan komentar" not in page
    assert (employee, foreign, hidden) == ([403] * 3, [404] * 3, [404] * 2)
    assert CardComment.objects.get().done_at is None


def test_two_versions_stand_side_by_side_with_what_changed(client: Client, office: Office, sent: Card) -> None:
    asked = actions.comment_on(
        card=sent, number=1, text="Pilih kata lain", place=Place("portrait", 0.5, 0.5), by="Hana", author=None, at=NOW
    )
    actions.return_card(card=sent, note="", by="Hana", at=NOW)
    actions.settle_comment(comment=asked, is_done=True, by="Bayu Pratama", at=NOW)
    once_more(sent, "Kerja cerdas hari ini.")
    sign_in(client, office, "humas")

    page = client.get(f"/kartu/{sent.pk}/versi/").content.decode()
    shots = [client.get(f"/kartu/{sent.pk}/versi/{number}/portrait.jpg").content for number in (1, 2)]

    assert re.search(r"Kerja <del>keras </del>hari ini\.", page)
    assert re.search(r"Kerja <ins>cerdas </ins>hari ini\.", page)
    assert "Sumber, Nama, Templat" in page
    assert "Ditandai selesai oleh Bayu Pratama" in page
    assert "Setujui kartu" in page
    assert [Image.open(BytesIO(shot)).size for shot in shots] == [(1080, 1350)] * 2
    assert shots[0] != shots[1]
    assert client.get(f"/kartu/{sent.pk}/versi/3/portrait.jpg").status_code == 404


def test_with_one_version_there_is_nothing_to_compare(client: Client, office: Office, sent: Card) -> None:
    sign_in(client, office, "humas")

    assert client.get(f"/kartu/{sent.pk}/versi/")["Location"] == f"/kartu/{sent.pk}/"


def test_a_finished_design_is_reviewed_the_same_way(client: Client, office: Office) -> None:
    card = make_card(office, words="", alt_text="Gambar dengan kata Mulai saja")
    actions.use_upload(card=card, picture=pictures.accept(framed((1080, 1350))), by="Bayu", at=NOW)
    actions.submit_card(card=card, by="Bayu", at=NOW)
    sign_in(client, office, "humas")

    say(client, card, letak="bawah-tengah")

    assert "tengah bawah" in client.get(f"/kartu/{card.pk}/").content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_costs_the_same_however_much_was_said(
    client: Client, office: Office, sent: Card, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _round in range(rows):
        number = queries.sent_versions(sent)[0].number
        for text in "abc"[:rows]:
            actions.comment_on(card=sent, number=number, text=text, place=None, by="Hana", author=None, at=NOW)
        actions.return_card(card=sent, note="", by="Hana", at=NOW)
        once_more(sent, "Lain.")
    sign_in(client, office, "humas")

    with django_assert_max_num_queries(16):
        client.get(f"/kartu/{sent.pk}/")
    with django_assert_max_num_queries(15):
        client.get(f"/kartu/{sent.pk}/versi/")


def test_the_list_says_since_when_a_card_waits(client: Client, office: Office, sent: Card) -> None:
    sign_in(client, office, "humas")

    page = client.get("/kartu/").content.decode()

    assert "Menunggu ditinjau sejak" in page
    assert sent.name in page


@pytest.fixture
def long_ago(office: Office) -> Card:
    """A card of an office that did not review yet, posted a week ago."""
    office.reviews_cards = False
    office.save()
    day = clock.today(office.timezone) - timedelta(days=7)
    card = make_card(office, words="Rajin pangkal pandai.", source="Peribahasa", posts_on=day)
    sent = actions.submit_card(card=card, by="Bayu Pratama", at=clock.now() - timedelta(days=8))
    office.reviews_cards = True
    office.save()
    return sent


@pytest.mark.parametrize("path", ["/kartu/", "/kartu/{pk}/"])
def test_a_card_posted_before_the_office_reviewed_waits_for_nobody(
    client: Client, office: Office, long_ago: Card, path: str
) -> None:
    sign_in(client, office, "humas")

    page = client.get(path.format(pk=long_ago.pk)).content.decode()

    assert "Dikirim" in page
    assert "Menunggu ditinjau" not in page
    assert "Setujui kartu" not in page


def test_a_card_sent_before_the_office_reviewed_but_not_yet_posted_waits(
    client: Client, office: Office, sent: Card
) -> None:
    Task.objects.filter(pk=sent.task_id).update(closed_at=clock.now(), outcome=Task.Outcome.DONE)
    sign_in(client, office, "humas")

    page = client.get(f"/kartu/{sent.pk}/").content.decode()

    assert "Menunggu ditinjau" in page
    assert "Setujui kartu" in page
