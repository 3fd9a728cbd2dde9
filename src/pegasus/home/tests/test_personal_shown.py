"""What is sent is what was last in sight, with and without scripts."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pegasus.cards import actions, queries
from pegasus.cards.models import Card
from pegasus.cards.tests.builders import photo
from pegasus.home.tests.test_personal import Turn

pytestmark = pytest.mark.django_db
REFUSED = "sudah berubah sejak terakhir tampil"


@pytest.fixture
def turn(client: Client) -> Turn:
    return Turn(client)


def field(page: Any) -> str:  # noqa: ANN401 - a response of the test client
    """Return the name of the picture that a page shows."""
    found = re.search(r'name="gambar" value="([0-9a-f]{40})"', page.content.decode())
    assert found
    return found[1]


def name(turn: Turn, **given: object) -> str:
    return field(turn.post("", "pratinjau/", **given))


def is_sent(turn: Turn) -> bool:
    return Card.objects.filter(task=turn.task, state__in=queries.SENT).exists()


def test_a_template_that_was_tapped_and_never_seen_is_not_sent(turn: Turn) -> None:
    first, second = queries.templates_for(turn.office, turn.task.period)[:2]
    seen = name(turn, template=first.pk)

    refused = turn.post("kirim", template=second.pk, gambar=seen)

    assert refused.status_code == 409
    assert "Harus diperbaiki" not in refused.content.decode()  # nothing the person wrote is wrong
    assert not is_sent(turn)
    assert REFUSED in refused.content.decode()
    assert "Mulai saja." in refused.content.decode()
    assert f'name="template" value="{second.pk}"' in refused.content.decode()

    taken = turn.post("kirim", template=second.pk, gambar=field(refused))

    assert taken.status_code == 302
    assert is_sent(turn)
    assert turn.card.template == second


@pytest.mark.parametrize(
    "change",
    [
        {"words": "Yang lain."},
        {"origin": "lain", "source": "Peribahasa"},
        {"nama": "daftar"},
    ],
)
def test_another_picture_has_another_name(turn: Turn, change: dict[str, str]) -> None:
    turn.post("", "simpan/")
    Card.objects.update(name="Nama Lama")

    assert name(turn, **change) != name(turn)


def test_what_is_not_drawn_does_not_change_the_name(turn: Turn) -> None:
    assert name(turn, alt_text="Dibacakan", size="story", words=" Mulai saja. ") == name(turn)


def test_the_name_belongs_to_one_turn(turn: Turn, client: Client) -> None:
    other = Turn(client)
    other.office.name = turn.office.name
    other.office.save()
    other.holder.name = turn.holder.name

    assert other.post("kirim", gambar=name(turn)).status_code == 409
    assert not is_sent(other)


def test_without_a_name_nothing_is_sent(turn: Turn) -> None:
    assert turn.post("kirim", gambar="").status_code == 409
    assert not is_sent(turn)


def test_without_scripts_the_round_trip_shows_it_first(turn: Turn) -> None:
    page = turn.client.get(turn.address)

    first = turn.post("kirim", gambar=field(page))
    second = turn.post("kirim", gambar=field(first))

    assert (first.status_code, second.status_code) == (409, 302)
    assert is_sent(turn)


def test_a_photo_that_came_along_is_seen_before_it_goes(turn: Turn) -> None:
    seen = name(turn)

    first = turn.post("kirim", gambar=seen, photo=SimpleUploadedFile("a.jpg", photo()))
    second = turn.post("kirim", gambar=field(first))

    assert first.status_code == 409
    assert "/foto/" in first.content.decode()
    assert second.status_code == 302
    assert turn.card.photo


def test_a_photo_that_is_taken_off_is_off_in_the_preview(turn: Turn) -> None:
    turn.post("pratinjau", photo=SimpleUploadedFile("a.jpg", photo()))

    with_photo = turn.post("", "pratinjau/")
    without = turn.post("", "pratinjau/", hapus_foto="1")

    assert "/foto/" in with_photo.content.decode()
    assert "/foto/" not in without.content.decode()
    assert field(with_photo) != field(without)
    assert turn.post("kirim", hapus_foto="1", gambar=field(with_photo)).status_code == 409
    assert turn.post("kirim", hapus_foto="1", gambar=field(without)).status_code == 302
    assert not turn.card.photo


def test_a_finished_design_that_stands_otherwise_has_another_name(turn: Turn) -> None:
    turn.post("pratinjau", words="", upload=SimpleUploadedFile("a.jpg", photo()))
    before = field(turn.client.get(turn.address))

    actions.place_upload(card=turn.card, at=turn.card.updated_at, ground="#112233")

    assert field(turn.client.get(turn.address)) != before
    assert turn.post("kirim", alt_text="Gambar.", gambar=before).status_code == 409


def test_what_was_sent_is_what_was_seen(turn: Turn) -> None:
    turn.post("kirim")

    kept = BytesIO(turn.client.get(turn.address + "gambar/portrait.jpg").content).getvalue()
    again = field(turn.client.get(turn.address + "?ubah=1"))

    assert kept == actions.draw(turn.card, "portrait")
    assert again == name(turn)


def again(turn: Turn, deed: str, **given: Any) -> Any:  # noqa: ANN401 - a field or a file
    """Press a button on the page that changes a card which was sent."""
    fields = {"words": "Mulai saja.", "origin": "sendiri", "source": "", "alt_text": "", "aksi": deed} | given
    return turn.client.post(turn.address + "?ubah=1", fields)


def held(page: Any) -> str:  # noqa: ANN401 - a response of the test client
    """Return which photo the page keeps in hand until the card is sent again."""
    found = re.search(r'name="foto_baru" value="([0-9a-f]+)"', page.content.decode())
    assert found
    return found[1]


def test_a_new_photo_of_a_sent_card_is_seen_before_it_takes_the_old_ones_place(turn: Turn) -> None:
    turn.post("kirim")
    before = actions.draw(turn.card, "portrait")
    seen = field(turn.client.get(turn.address + "?ubah=1"))

    refused = again(turn, "kirim", gambar=seen, photo=SimpleUploadedFile("a.jpg", photo()))

    assert refused.status_code == 409
    assert REFUSED in refused.content.decode()
    assert not turn.card.photo
    assert actions.draw(turn.card, "portrait") == before

    new = held(refused)
    assert f"baru={new}" in refused.content.decode()
    drawn = re.search(r'(/t/[^"]+/foto/[^"]+)"', refused.content.decode())
    assert drawn
    assert turn.client.get(drawn[1].replace("&amp;", "&")).status_code == 200

    taken = again(turn, "kirim", gambar=field(refused), foto_baru=new)

    assert taken.status_code == 302
    assert turn.card.photo
    assert actions.draw(turn.card, "portrait") != before


def test_a_photo_in_hand_stays_in_sight_while_somebody_types_on(turn: Turn) -> None:
    turn.post("kirim")
    page = again(turn, "pratinjau", photo=SimpleUploadedFile("a.jpg", photo()))
    new = held(page)

    typed = turn.post("", "pratinjau/", words="Yang lain.", foto_baru=new)

    assert page.status_code == 200
    assert held(typed) == new
    assert again(turn, "kirim", words="Yang lain.", gambar=field(typed), foto_baru=new).status_code == 302
    assert turn.card.photo
    assert turn.card.words == "Yang lain."


def test_a_photo_in_hand_can_be_left_out_and_belongs_to_one_turn(turn: Turn, client: Client) -> None:
    turn.post("kirim")
    new = held(again(turn, "pratinjau", photo=SimpleUploadedFile("a.jpg", photo())))
    other = Turn(client)

    without = turn.post("", "pratinjau/", foto_baru=new, hapus_foto="1")
    foreign = other.post("", "pratinjau/", foto_baru=new)

    assert 'name="foto_baru"' not in without.content.decode()
    assert 'name="foto_baru"' not in foreign.content.decode()
    assert again(turn, "kirim", gambar=field(without), foto_baru=new, hapus_foto="1").status_code == 302
    assert not turn.card.photo


def test_a_photo_that_is_no_longer_in_hand_sends_nothing(turn: Turn) -> None:
    turn.post("kirim")
    page = again(turn, "pratinjau", photo=SimpleUploadedFile("a.jpg", photo()))
    cache.clear()

    assert again(turn, "kirim", gambar=field(page), foto_baru=held(page)).status_code == 409
    assert not turn.card.photo


def test_a_finished_design_for_a_sent_card_is_refused_in_words(turn: Turn) -> None:
    turn.post("kirim")
    seen = field(turn.client.get(turn.address + "?ubah=1"))

    refused = again(turn, "kirim", gambar=seen, upload=SimpleUploadedFile("a.jpg", photo()))

    assert refused.status_code == 422
    assert "gambar jadi hanya dapat dipakai sebelum kartu dikirim" in refused.content.decode()
    assert turn.card.versions.count() == 1
