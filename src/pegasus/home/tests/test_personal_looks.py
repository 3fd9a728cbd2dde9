"""Colours, places and sizes on the personal page; no card is sent twice, no draft is lost."""

import gzip
import re
from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from pegasus.archive.models import Record
from pegasus.cards.models import BrandKit, Card, CardTemplate
from pegasus.cards.tests.builders import photo
from pegasus.home.tests.test_personal import Turn

pytestmark = pytest.mark.django_db
MOST_TRANSFERRED = 150_000
BLUE, RED, GREEN = "#16325c", "#b83a14", "#1f6b45"


def free_template(turn: Turn, **given: Any) -> CardTemplate:  # noqa: ANN401 - any field of the element
    boxes = {"portrait": [100, 300, 500, 300], "square": [100, 200, 500, 300], "story": [100, 500, 500, 300]}
    parts = [{"text": "{words}", "colour": BLUE}]
    words = {"kind": "text", "id": "kata", "change": ["words", "colour", "position"], "parts": parts, "boxes": boxes}
    line = {"kind": "rect", "fill": RED, "boxes": {"portrait": [0, 0, 1080, 80]}}
    design = {
        "name": "Bebas",
        "background": [{"kind": "fill", "colour": "#fbf7ee"}],
        "elements": [line, words | given],
    }
    return CardTemplate.objects.create(
        office=turn.office, key="bebas", name="Bebas", design=design | {"ordered": True}
    )


@pytest.fixture
def turn(client: Client) -> Turn:
    return Turn(client)


def test_only_colours_that_can_be_read_are_offered_and_each_has_a_name(turn: Turn) -> None:
    template = free_template(turn)
    BrandKit.objects.create(office=turn.office, colours=[GREEN, "#fff9c4", "#ffffff"])

    page = turn.post("pratinjau", template=template.pk).content.decode()

    fields = re.findall(r'name="warna-kata" value="([^"]*)"( checked)?', page)
    assert fields == [("", " checked"), (RED, ""), (GREEN, "")]
    assert all(f">{name}<" in page for name in ("biru tua", "merah", "hijau tua"))


def test_a_template_without_freedom_offers_none(turn: Turn) -> None:
    template = free_template(turn, change=["words"])

    page = turn.post("pratinjau", template=template.pk).content.decode()

    assert "warna-" not in page
    assert 'value="geser-' not in page


def test_a_chosen_colour_is_seen_at_once_kept_and_sent(turn: Turn) -> None:
    template = free_template(turn)
    chosen: dict[str, Any] = {"template": template.pk, "warna-kata": RED}

    plain = turn.post("", "pratinjau/", template=template.pk).content.decode()
    live = turn.post("", "pratinjau/", **chosen).content.decode()
    turn.post("", "simpan/", **chosen)
    kept = turn.client.get(turn.address).content.decode()
    turn.post("kirim", **chosen)

    assert live.count(RED) > plain.count(RED)
    assert f'value="{RED}" checked' in kept
    assert turn.card.adjustments == {"kata": {"colour": RED}}
    sent = Image.open(BytesIO(turn.client.get(turn.address + "gambar/story.jpg").content)).convert("RGB")
    assert has(sent.crop((100, 500, 600, 800)), RED)
    assert not has(sent.crop((100, 500, 600, 800)), BLUE)


def has(image: Image.Image, colour: str) -> bool:
    """Whether a picture holds a colour, as nearly as JPEG keeps it."""
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    data = image.tobytes()
    pixels = zip(data[::3], data[1::3], data[2::3], strict=True)
    return any(sum(abs(one - other) for one, other in zip(pixel, wanted, strict=True)) < 12 for pixel in pixels)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("warna-kata", "#00ff00"),
        ("warna-kata", "javascript:1"),
        ("warna-lain", RED),
        ("letak-kata", "x,1"),
        ("letak-", ""),
    ],
)
def test_what_is_not_offered_is_not_taken(turn: Turn, name: str, value: str) -> None:
    template = free_template(turn)

    answer = turn.post("", "simpan/", template=template.pk, **{name: value})

    assert answer.status_code == 200
    assert turn.card.adjustments == {}


def test_an_element_is_moved_with_and_without_scripts_and_put_back(turn: Turn) -> None:
    template = free_template(turn)

    turn.post("geser-kanan-kata", "pratinjau/", template=template.pk)
    assert turn.card.adjustments == {"kata": {"steps": [1, 0]}}
    page = turn.post("geser-bawah-kata", template=template.pk, **{"letak-kata": "1,0"}).content.decode()

    assert turn.card.adjustments == {"kata": {"steps": [1, 1]}}
    assert 'name="letak-kata" value="1,1"' in page
    assert "Kembalikan" in page
    turn.post("geser-asal-kata", template=template.pk, **{"letak-kata": "1,1"})
    assert turn.card.adjustments == {}


def test_another_template_keeps_no_place_and_no_colour_it_does_not_have(turn: Turn) -> None:
    template = free_template(turn)
    other = CardTemplate.objects.get(key="kawung")
    chosen: dict[str, Any] = {"template": template.pk, "warna-kata": RED, "letak-kata": "2,1"}

    turn.post("", "simpan/", **chosen)
    live = turn.post(f"templat-{other.pk}", "pratinjau/", **chosen).content.decode()

    assert turn.card.template == other
    assert turn.card.adjustments == {}
    assert 'id="penyesuaian" hx-swap-oob="true"' in live
    assert 'name="warna-words"' in live


def test_a_colour_that_a_photo_swallows_is_found_and_mended_by_one_tap(turn: Turn) -> None:
    place = {"kind": "photo", "shape": "rect", "change": ["photo"], "boxes": {}}
    template = free_template(turn)
    place["boxes"] = {size: [0, 100, 1080, 900] for size in ("portrait", "square", "story")}
    template.design["elements"].insert(0, place)
    template.save()
    turn.post(
        "pratinjau", template=template.pk, photo=SimpleUploadedFile("foto.jpg", photo(RED, (1200, 1000)), "image/jpeg")
    )
    chosen: dict[str, Any] = {"template": template.pk, "warna-kata": RED}

    found = turn.post("", "periksa/", **chosen).content.decode()
    turn.post("warna-asal", **chosen)

    assert "sulit dibaca" in found
    assert 'value="warna-asal"' in found
    assert turn.card.adjustments == {}


def test_all_three_sizes_stand_in_the_page_as_little_pictures(turn: Turn) -> None:
    page = turn.client.get(turn.address).content.decode()
    fresh = turn.post("", "ukuran/", words="Maju terus").content.decode()

    shown, typed = (re.findall(r'src="data:image/webp;base64,([^"]+)"', html) for html in (page, fresh))
    assert [Image.open(BytesIO(b64decode(one))).size for one in shown] == [(180, 225), (180, 180), (180, 320)]
    assert len(typed) == 3
    assert typed != shown
    assert sum(len(one) for one in shown) < 40_000


def test_the_three_sizes_cost_few_queries(turn: Turn, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(9):
        turn.post("", "ukuran/", words="Maju terus")


def test_an_answer_that_got_lost_does_not_make_a_second_card(turn: Turn) -> None:
    turn.post("kirim", terkirim="")
    files = Record.objects.count()

    again = turn.post("kirim", terkirim="")

    assert again["Location"] == turn.address
    assert Card.objects.count() == 1
    assert Record.objects.count() == files
    assert "baru saja dikirim" in turn.client.get(turn.address).content.decode()


def test_a_card_that_is_opened_again_may_be_sent_again(turn: Turn) -> None:
    turn.post("kirim", terkirim="")
    page = turn.client.get(f"{turn.address}?ubah=1").content.decode()
    stamp = re.search(r'name="terkirim" value="(\d+)"', page)
    assert stamp

    turn.post("kirim", words="Kata yang lain.", terkirim=stamp[1])

    assert turn.card.words == "Kata yang lain."


def test_the_browser_learns_which_writing_of_the_draft_it_goes_on_from(turn: Turn) -> None:
    first = turn.client.get(turn.address).content.decode()
    kept = turn.post("", "simpan/")

    again = turn.client.get(turn.address).content.decode()

    assert 'data-stand=""' in first
    assert f'data-stand="{kept["Pegasus-Stand"]}"' in again


def test_the_first_visit_transfers_little(turn: Turn) -> None:
    """HTML, styles, scripts and fonts, packed; pictures aside, though those that stand in the page itself count."""
    page = turn.client.get(turn.address, headers={"accept-encoding": "gzip"})
    named = re.findall(r'(?:src|href)="/static/([^"?]+\.(?:js|css|woff2))"', gzip.decompress(page.content).decode())

    weights = {name: weight(name) for name in {*named, "home/draft.js"}}

    assert len(weights) >= 10
    assert sum(weights.values()) + len(page.content) < MOST_TRANSFERRED, (len(page.content), weights)


def test_what_comes_while_one_types_is_packed_too(turn: Turn) -> None:
    for path in ("pratinjau/", "ukuran/", "bank/"):
        ask = turn.client.get if path == "bank/" else turn.client.post
        answer = ask(turn.address + path, {"words": "Maju terus"}, headers={"accept-encoding": "gzip"})

        assert answer["Content-Encoding"] == "gzip"


def weight(name: str) -> int:
    path = finders.find(name)
    assert isinstance(path, str), name
    with open(path, "rb") as file:  # noqa: PTH123 - a path as Django gives it
        data = file.read()
    return len(data) if name.endswith("woff2") else len(gzip.compress(data, 9))
