"""A finished design on the personal page: brought as PNG, JPEG or PDF, placed in the sizes, checked, sent."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pegasus.cards import queries
from pegasus.cards.domain.standing import Placing
from pegasus.cards.models import Card
from pegasus.cards.tests.builders import photo
from pegasus.cards.tests.test_uploads import lettered, png, striped
from pegasus.home.tests.test_personal import Turn
from pegasus.typeset.tests.test_hostile_files import pdf

pytestmark = pytest.mark.django_db


class Bringing(Turn):
    """A turn with a finished design."""

    def bring(self, data: bytes, name: str = "canva.png", **given: str) -> Any:  # noqa: ANN401 - a response
        return self.post(
            "pratinjau", upload=SimpleUploadedFile(name, data), **{"words": "", "origin": "lain", **given}
        )

    def tap(self, deed: str, **given: str) -> str:
        answer = self.post(deed, **{"words": "Mulai saja.", "origin": "lain", "alt_text": "Mulai saja.", **given})
        return str(answer.content.decode())

    def placings(self) -> dict[str, Placing]:
        return dict(queries.finished_standing(self.card).placings)


@pytest.fixture
def turn(client: Client) -> Bringing:
    return Bringing(client)


def test_a_page_of_a_pdf_is_chosen_and_sent(turn: Bringing) -> None:
    turn.bring(pdf(count=4), "kartu.pdf")
    page = turn.client.get(turn.address).content.decode()

    after = turn.tap("halaman", halaman="3")
    refused = turn.tap("halaman", halaman="9")
    turn.tap("kirim")

    assert "halaman 1 dari 4" in page
    assert "halaman 3 dari 4" in after
    assert "Halaman itu tidak ada" in refused
    assert turn.card.state == Card.State.SUBMITTED
    with Image.open(BytesIO(turn.client.get(turn.address + "gambar/story.jpg").content)) as story:
        assert story.size == (1080, 1920)


def test_another_shape_is_placed_and_nothing_is_cut_before(turn: Bringing) -> None:
    turn.bring(png(striped()))
    whole = turn.client.get(turn.address + "desain/square.jpg")
    page = turn.tap("periksa")

    turn.tap("atur", **{"bingkai-square": "fill", "fokus-square": "0", "latar": "#16325c"})
    filled = turn.client.get(turn.address + "desain/square.jpg?kecil")

    assert "bukan 4:5, 1:1, atau 9:16" in page
    assert "bukan 4:5, 1:1, atau 9:16" not in turn.tap("periksa")
    assert turn.placings() == {"square": Placing("fill", 0)}
    with Image.open(BytesIO(whole.content)) as one, Image.open(BytesIO(filled.content)) as other:
        assert (one.size, other.size) == ((1080, 1080), (360, 360))
        left = other.getpixel((2, 180))
    assert isinstance(left, tuple)
    assert left[0] > 230


def test_a_choice_comes_along_with_whichever_button_is_pressed(turn: Bringing) -> None:
    turn.bring(png(striped()))

    turn.tap("kirim", **{"bingkai-story": "fill", "bingkai-square": "whole", "lanjut": "upload_soft upload_shape"})

    assert turn.placings() == {"story": Placing("fill", 50)}


@pytest.mark.parametrize(
    "typed",
    [
        {"bingkai-square": "potong"},
        {"bingkai-square": "room"},
        {"bingkai-poster": "fill"},
        {"latar": "url(//x.test)"},
        {"latar": "#123456"},
    ],
)
def test_what_is_not_offered_is_not_taken(turn: Bringing, typed: dict[str, str]) -> None:
    turn.bring(png(striped()))

    turn.tap("atur", **typed)

    assert (turn.placings(), queries.finished_standing(turn.card).ground) == ({}, "edge")


def test_one_tap_shows_what_was_cut_off(turn: Bringing) -> None:
    turn.bring(png(lettered([(300, 20), (300, 600)], (1080, 1920))))
    cut = turn.tap("atur", **{"bingkai-square": "fill"})

    mended = turn.tap("utuh-square", **{"bingkai-square": "fill"})

    assert "Pada ukuran persegi ada yang terpotong di sisi atas" in cut
    assert 'value="utuh-square"' in cut
    assert "ada yang terpotong" not in mended


def test_one_tap_gives_room_where_a_grid_would_cut(turn: Bringing) -> None:
    turn.bring(png(lettered([(300, 40)])))
    cut = turn.tap("periksa")

    mended = turn.tap("ruang")

    assert "Di kisi profil Instagram (1:1) sisi atas terpotong" in cut
    assert 'value="ruang"' in cut
    assert "Di kisi profil" not in mended


def test_one_tap_leaves_another_shape_whole(turn: Bringing) -> None:
    turn.bring(png(striped()))
    shown = turn.tap("periksa")

    mended = turn.tap("utuh")

    assert 'value="utuh"' in shown
    assert "bukan 4:5" not in mended


def test_what_a_flat_picture_hides_is_said(turn: Bringing) -> None:
    turn.bring(photo("red", (1080, 1350)))

    assert "kontras dan ukuran huruf" in turn.tap("periksa")
    assert "kontras dan ukuran huruf" in turn.post("", "periksa/", alt_text="Merah").content.decode()


def test_going_back_to_the_template_forgets_the_design_and_keeps_the_words(turn: Bringing) -> None:
    turn.bring(pdf(count=2), "kartu.pdf", words="Mulai saja.")

    turn.tap("templat")

    assert turn.card.upload is None
    assert queries.finished_of(turn.card) is None
    assert turn.card.words == "Mulai saja."


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"GIF89a" + bytes(40), "GIF tidak dapat dipakai"),
        (b"\0\0\0\x18ftypheic" + bytes(60), "HEIC"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Ekspor sebagai PDF atau PNG"),
        (b"%PDF-1.7\n%%EOF", "tidak dapat digambar"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_words_stay(turn: Bringing, data: bytes, told: str) -> None:
    answer = turn.bring(data, "kartu.png", words="Tetap ada")

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert (turn.card.words, turn.card.upload_id) == ("Tetap ada", None)
