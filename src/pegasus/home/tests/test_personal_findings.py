"""What is found on a card before it goes, and the taps that mend it, on the personal page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pegasus.cards.models import Card, CardTemplate, Words
from pegasus.cards.tests.builders import photo
from pegasus.cards.tests.test_linting import plain
from pegasus.home.tests.test_personal import Turn

pytestmark = pytest.mark.django_db
MOST_BYTES = 150 * 1024


@pytest.fixture
def turn(client: Client) -> Turn:
    return Turn(client)


def foggy(turn: Turn) -> CardTemplate:
    """A template of the office on which nothing can be read."""
    return CardTemplate.objects.create(
        office=turn.office, key="kabut", name="Kabut", design=plain("#777777", "#787878")
    )


def test_findings_come_while_somebody_types_and_nothing_is_written(turn: Turn) -> None:
    answer = turn.post("", "periksa/", words="a" * 40, template=str(foggy(turn).pk))

    page = answer.content.decode()
    assert page.index("terlalu panjang untuk satu baris") < page.index("sulit dibaca di atas latarnya")
    assert "<html" not in page
    assert Card.objects.count() == 0


def test_a_card_in_order_says_nothing(turn: Turn) -> None:
    answer = turn.post("", "periksa/", words="Mulai saja, sisanya menyusul.")

    assert "finding" not in answer.content.decode()


def test_an_empty_card_is_not_scolded_before_it_is_sent(turn: Turn) -> None:
    assert "finding" not in turn.post("", "periksa/", words=" ").content.decode()
    assert "Kata motivasi masih kosong" in turn.post("kirim", words=" ").content.decode()


def test_looking_costs_few_queries(turn: Turn, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    Words.objects.bulk_create([Words(office=turn.office, text=f"Kata {n}", source="Tim") for n in range(300)])

    with django_assert_max_num_queries(9):
        turn.post("", "periksa/")


def test_one_tap_takes_a_template_on_which_the_words_can_be_read(turn: Turn) -> None:
    first = turn.post("kirim", words="Mulai saja.", template=str(foggy(turn).pk))
    page = first.content.decode()
    deed = page.split("Pakai templat")[0].rsplit('value="', 1)[1].split('"')[0]

    turn.post(deed, words="Mulai saja.")
    sent = turn.post("kirim", words="Mulai saja.", template=deed.removeprefix("templat-"))

    assert "Kartu belum dikirim" in page
    assert sent.status_code == 302
    assert turn.card.template is not None
    assert turn.card.template.key != "kabut"


PORTRAIT = {"portrait": [90, 20, 900, 400], "square": [90, 300, 900, 400], "story": [90, 300, 900, 400]}
NARROW = {size: [90, 300, 300, 90] for size in PORTRAIT}
LONG = "Kerja besar tidak lahir dari satu tangan saja; ia tumbuh dari banyak tangan."


@pytest.mark.parametrize(
    ("look", "words", "told"),
    [
        pytest.param({"boxes": NARROW}, LONG, "hurufnya menjadi terlalu kecil", id="too small"),
        pytest.param({"boxes": NARROW, "smallest": 14}, LONG, "gambar kecil obrolan", id="dust in a chat"),
        pytest.param({"boxes": PORTRAIT}, "Mulai saja.", "kata motivasi terpotong", id="cut by a grid"),
    ],
)
def test_one_tap_on_another_template_mends_what_was_drawn(
    turn: Turn, look: dict[str, Any], words: str, told: str
) -> None:
    bad = CardTemplate.objects.create(office=turn.office, key="sempit", name="Sempit", design=plain(**look))
    shown = turn.post("periksa", words=words, template=str(bad.pk)).content.decode()
    deed = shown.split("Pakai templat")[0].rsplit('value="', 1)[1].split('"')[0]

    mended = turn.post(deed, words=words, template=str(bad.pk)).content.decode()

    assert told in shown
    assert deed.startswith("templat-")
    assert told not in mended
    assert turn.card.template_id == int(deed.removeprefix("templat-"))


def test_words_that_are_someone_else_s_ask_for_their_source_and_take_it(turn: Turn) -> None:
    words = "Habis gelap terbitlah terang. (Kartini)"
    shown = turn.post("periksa", words=words).content.decode()

    mended = turn.post(
        "periksa", words=words, origin="lain", source="Door Duisternis tot Licht, 1911"
    ).content.decode()

    assert 'href="#id_source"' in shown
    assert "sumbernya belum disebut" not in mended


def test_one_tap_takes_out_letters_that_cannot_be_drawn(turn: Turn) -> None:
    shown = turn.post("kirim", words="Mulai\U0001f701 saja.").content.decode()

    turn.post("huruf", words="Mulai\U0001f701 saja.")

    assert 'value="huruf"' in shown
    assert turn.card.words == "Mulai saja."


def test_one_tap_takes_the_name_of_the_staff_list(turn: Turn) -> None:
    turn.post("pratinjau")
    turn.holder.name = "Bayu Pratama Putra"
    turn.holder.save()
    shown = turn.post("periksa").content.decode()

    turn.post("nama")
    after = turn.post("periksa").content.decode()

    assert "Nama di kartu “Bayu Pratama”, di daftar pegawai “Bayu Pratama Putra”" in shown
    assert turn.card.name == "Bayu Pratama Putra"
    assert "Nama di kartu" not in after


def test_a_blurred_photo_is_noticed_and_can_be_taken_off(turn: Turn) -> None:
    small = SimpleUploadedFile("foto.jpg", photo("#556677", (90, 120)))
    turn.post("pratinjau", photo=small)
    shown = turn.post("periksa").content.decode()

    turn.post("tanpa-foto")

    assert "90 × 120 piksel dan akan tampak buram" in shown
    assert not turn.card.photo


def test_what_was_read_once_no_longer_holds_the_card(turn: Turn) -> None:
    words = "Habis gelap terbitlah terang. (Kartini)"
    first = turn.post("kirim", words=words)

    second = turn.post("kirim", words=words, lanjut="no_source")

    assert "Tetap kirim" in first.content.decode()
    assert 'name="lanjut" value="no_source"' in first.content.decode()
    assert second.status_code == 302


def test_something_new_is_shown_although_other_things_were_read(turn: Turn) -> None:
    answer = turn.post("kirim", words="Habis gelap terbitlah terang. (Kartini)", lanjut="used crop")

    assert answer.status_code == 422


def test_a_finished_design_asks_for_its_words_and_takes_those_that_were_typed(turn: Turn) -> None:
    turn.post(
        "pratinjau", words="Mulai saja.", upload=SimpleUploadedFile("canva.png", photo("red", (700, 500), "PNG"))
    )
    shown = turn.post("kirim", words="Mulai saja.").content.decode()

    turn.post("alt", words="Mulai saja.")

    assert "Teks alternatif belum ada" in shown
    assert "700 × 500" in shown
    assert "Mulai saja." in turn.card.alt_text


def test_the_page_is_light_enough_for_a_slow_line(turn: Turn) -> None:
    page = turn.client.get(turn.address)

    assert len(page.content) < MOST_BYTES


@pytest.mark.parametrize("path", ["periksa/"])
def test_a_foreign_token_is_told_nothing(turn: Turn, path: str) -> None:
    assert turn.client.post(f"/t/salah/{path}", {"words": "x"}).status_code == 404
