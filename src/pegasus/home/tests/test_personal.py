import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from tests.builders import make_employee, make_office

from pegasus.archive.models import Record
from pegasus.cards import actions
from pegasus.cards.models import Card, CardTemplate, Words
from pegasus.cards.tests.builders import make_card_task, make_posting_task, photo
from pegasus.home.tests.builders import shown_picture
from pegasus.kernel import clock
from pegasus.kernel.models import AuditEntry
from pegasus.people.actions import open_link, revoke_links
from pegasus.people.models import PersonalLink
from pegasus.people.queries import token_of
from pegasus.roster.models import LINK_PURPOSE, Swap
from pegasus.sop import actions as sop
from pegasus.sop.models import Task

pytestmark = pytest.mark.django_db


class Turn:
    """A task, the link to it, and what a phone does with it."""

    def __init__(self, client: Client, **office: Any) -> None:  # noqa: ANN401 - any field of the office
        now = clock.now()
        today = clock.today("Asia/Jakarta")
        self.office = make_office(**office)
        self.holder = make_employee(self.office, name="Bayu Pratama")
        self.task = make_card_task(self.office, self.holder, posts_on=today + timedelta(days=3), at=now)
        self.link = open_link(
            employee=self.holder,
            purpose=LINK_PURPOSE,
            subject=self.task.subject,
            expires_at=now + timedelta(days=9),
            at=now,
        )
        actions.load_shipped()
        self.client = client
        self.address = f"/t/{token_of(self.link)}/"

    def post(self, deed: str, path: str = "", **given: Any) -> Any:  # noqa: ANN401 - a response of the test client
        fields = {"words": "Mulai saja.", "origin": "sendiri", "source": "", "alt_text": ""} | given
        if deed == "kirim" and "gambar" not in given:
            fields["gambar"] = shown_picture(self.client, self.address, fields)
        return self.client.post(self.address + path, fields | {"aksi": deed})

    @property
    def card(self) -> Card:
        return Card.objects.get(task=self.task)


@pytest.fixture
def turn(client: Client) -> Turn:
    return Turn(client)


def test_looking_changes_nothing_and_counts_as_nothing(turn: Turn) -> None:
    before = (Task.objects.count(), PersonalLink.objects.count(), AuditEntry.objects.count())

    page = turn.client.get(turn.address)

    assert "Halo, Bayu Pratama" in page.content.decode()
    assert "<svg" in page.content.decode()
    assert Card.objects.count() == 0
    assert (Task.objects.count(), PersonalLink.objects.count(), AuditEntry.objects.count()) == before


def test_the_page_costs_few_queries_whatever_the_bank_holds(
    turn: Turn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Words.objects.bulk_create([Words(office=turn.office, text=f"Kata {n}", source="Tim") for n in range(300)])

    with django_assert_max_num_queries(17):
        turn.client.get(turn.address)


def test_typing_shows_a_card_and_writes_nothing(turn: Turn) -> None:
    first = turn.post("", "pratinjau/", words="Satu").content
    second = turn.post("", "pratinjau/", words="Dua").content

    assert b"<svg" in first
    assert first != second
    assert Card.objects.count() == 0


def test_all_templates_are_in_reach_and_their_pictures_are_small(turn: Turn) -> None:
    page = turn.client.get(turn.address).content.decode()
    first = re.findall(r'src="([^"]+/templat/\d+\.jpg)"', page)

    shown = turn.client.get(first[0])

    assert len(first) == 12
    assert page.count('loading="lazy"') >= 12
    assert len(shown.content) < 60_000
    assert turn.client.get(f"{turn.address}templat/999999.jpg").status_code == 404


def test_a_preview_costs_few_queries(turn: Turn, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(8):
        turn.post("", "pratinjau/", words="Satu")


def test_a_long_paste_is_kept_whole_and_its_length_is_told(turn: Turn) -> None:
    pasted = "Sedikit demi sedikit " * 700

    answer = turn.post("kirim", words=pasted).content.decode()

    assert f"Kata motivasi {len(pasted.strip())} karakter" in answer
    assert Card.objects.get().words.strip() == pasted.strip()


def test_a_draft_is_kept_while_somebody_types(turn: Turn) -> None:
    answer = turn.post("", "simpan/", words="Setengah ja", origin="lain", source="Peribahasa")

    assert "Draf tersimpan" in answer.content.decode()
    assert (turn.card.words, turn.card.source, turn.card.state) == ("Setengah ja", "Peribahasa", Card.State.DRAFT)
    assert "Setengah ja" in turn.client.get(turn.address).content.decode()


def test_a_card_is_sent_and_can_be_shared(turn: Turn) -> None:
    answer = turn.post("kirim", words="Sedikit demi sedikit.", origin="lain", source="Peribahasa")

    assert answer["Location"] == turn.address
    page = turn.client.get(turn.address).content.decode()
    assert "Kartu sudah masuk" in page
    assert f"{turn.address}bagikan/" in page
    assert turn.card.submitted_by == "Bayu Pratama"
    assert turn.card.alt_text.endswith("“Sedikit demi sedikit.” — Peribahasa.")
    shown = turn.client.get(turn.address + "gambar/portrait.jpg")
    assert Image.open(BytesIO(shown.content)).size == (1080, 1350)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("   ", "Kata motivasi masih kosong."),
        ("a b " * 60, "Kata motivasi 239 karakter; paling banyak 220."),
        ("x" * 60, "terlalu panjang untuk satu baris"),
        ("Semangat 你", "Huruf ini tidak dapat digambar: 你"),
    ],
)
def test_what_cannot_be_a_card_is_told_and_everything_typed_stays(turn: Turn, words: str, sentence: str) -> None:
    answer = turn.post("kirim", words=words, origin="lain", source="Buku <lama>", alt_text="Teks saya")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert words.strip() in page
    assert "Buku &lt;lama&gt;" in page
    assert "Teks saya" in page
    assert Record.objects.count() == 0


def test_words_that_were_used_may_still_go(client: Client, turn: Turn) -> None:
    turn.post("kirim", words="Mulai saja.")
    other = Turn(client)
    task = make_card_task(turn.office, other.holder, posts_on=turn.card.shown_on, seat=2, at=clock.now())
    other.holder.office = turn.office
    other.holder.save()
    link = open_link(
        employee=other.holder,
        purpose=LINK_PURPOSE,
        subject=task.subject,
        expires_at=clock.now() + timedelta(days=9),
        at=clock.now(),
    )
    other.address = f"/t/{token_of(link)}/"

    first = other.post("kirim", words="mulai SAJA!")
    second = other.post("kirim", words="mulai SAJA!", lanjut="used")

    assert "Kata ini sudah dipakai Bayu Pratama" in first.content.decode()
    assert "Tetap kirim" in first.content.decode()
    assert second.status_code == 302
    assert Card.objects.get(task=task).state == Card.State.SUBMITTED


def test_a_named_author_without_a_source_is_noticed(turn: Turn) -> None:
    answer = turn.post("kirim", words="Habis gelap terbitlah terang – Kartini")

    assert "sumbernya belum disebut" in answer.content.decode()


def test_a_saying_of_the_bank_is_filled_in_without_javascript(turn: Turn) -> None:
    saying = Words.objects.get(text__startswith="Berat sama dipikul")

    page = turn.post(f"kata-{saying.pk}", words="Lama").content.decode()

    assert saying.text in page
    assert (turn.card.words, turn.card.source) == (saying.text, "Peribahasa")


def test_another_offices_words_are_not_in_reach(turn: Turn) -> None:
    foreign = Words.objects.create(office=make_office(), text="Rahasia kantor lain", source="x")

    turn.post(f"kata-{foreign.pk}", words="Milik saya")

    assert turn.card.words == "Milik saya"
    assert "Rahasia" not in turn.client.get(turn.address + "bank/?cari=rahasia").content.decode()


def test_the_bank_is_searched_by_theme(turn: Turn) -> None:
    found = turn.client.get(turn.address + "bank/?cari=kolaboratif").content.decode()

    assert "Berat sama dipikul" in found
    assert "Malu bertanya" not in found


def test_templates_and_sizes_change_without_javascript(turn: Turn) -> None:
    before = turn.post("pratinjau").content.decode()
    other = next(row.pk for row in CardTemplate.objects.all() if row.pk != turn.card.template_id)

    page = turn.post(f"templat-{other}", words="Tetap ada", size="square").content.decode()

    assert before != page
    assert "Tetap ada" in page
    assert 'name="size" value="square"' in page
    assert turn.card.template_id == other


def test_a_photo_goes_through_the_gate_and_can_be_removed(turn: Turn) -> None:
    turn.post("pratinjau", photo=SimpleUploadedFile("a.jpg", photo()))
    with_photo = turn.card.photo.name
    cut = turn.client.get(f"{turn.address}foto/{turn.card.template_id}/portrait.jpg")

    turn.post("pratinjau", hapus_foto="1")

    assert with_photo
    assert cut["Content-Type"] == "image/jpeg"
    assert turn.card.photo.name == ""


def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(turn: Turn) -> None:
    answer = turn.post("kirim", words="Tetap ada", photo=SimpleUploadedFile("a.jpg", b"<svg onload=x>"))

    assert answer.status_code == 422
    assert "bukan gambar yang dapat dibaca" in answer.content.decode()
    assert turn.card.words == "Tetap ada"
    assert turn.card.state == Card.State.DRAFT


def test_a_finished_design_replaces_template_and_words(turn: Turn) -> None:
    turn.post("pratinjau", words="", upload=SimpleUploadedFile("canva.png", photo("red", (1080, 1350), "PNG")))

    silent = turn.post("kirim", words="")
    answer = turn.post("kirim", words="", alt_text="Mulai saja, tulisan putih di atas merah.")

    assert "Teks alternatif belum ada" in silent.content.decode()
    assert answer.status_code == 302
    shown = turn.client.get(turn.address + "gambar/portrait.jpg")
    colour = Image.open(BytesIO(shown.content)).getpixel((5, 5))
    assert isinstance(colour, tuple)
    assert colour[0] > 240
    assert colour[1] < 20


def test_a_sent_card_is_changed_by_sending_it_again(turn: Turn) -> None:
    turn.post("kirim", words="Pertama")

    page = turn.client.get(turn.address + "?ubah=1").content.decode()
    turn.post("kirim", words="Kedua")

    assert "Kirim ulang kartu" in page
    assert turn.card.words == "Kedua"
    assert Record.objects.filter(kind="card").count() == 6


def test_a_posted_card_stays_as_it_is(turn: Turn) -> None:
    turn.post("kirim", words="Pertama")
    sop.close_task(task=make_posting_task(turn.task), at=clock.now(), by="Bayu")

    turn.post("kirim", words="Kedua")

    assert turn.card.words == "Pertama"
    assert "Terima kasih" in turn.client.get(turn.address + "?ubah=1").content.decode()


def test_somebody_who_cannot_asks_for_a_substitute_and_may_take_it_back(turn: Turn) -> None:
    turn.post("berhalangan", reason="Dinas luar")

    page = turn.client.get(turn.address).content.decode()
    assert Swap.objects.get().reason == "Dinas luar"
    assert "Pengganti sudah diminta" in page
    turn.post("jadi-bisa")
    assert Swap.objects.get().state == Swap.State.WITHDRAWN


def test_a_link_that_was_closed_says_so_and_whom_to_ask(turn: Turn) -> None:
    make_employee(turn.office, name="Sari Wulandari", roles=("ca",))
    revoke_links(purpose=LINK_PURPOSE, subject=turn.task.subject, at=clock.now())

    page = turn.client.get(turn.address)

    assert page.status_code == 410
    assert "Giliran ini sudah dialihkan" in page.content.decode()
    assert "Sari Wulandari" in page.content.decode()
    assert turn.post("kirim").status_code == 410
    assert Card.objects.count() == 0


def test_a_foreign_token_learns_nothing(turn: Turn) -> None:
    page = turn.client.get("/t/1-000000000000000000000000/")

    assert page.status_code == 404
    assert turn.office.name not in page.content.decode()


def test_a_link_stops_working_when_the_task_moves_on(turn: Turn) -> None:
    turn.post("simpan", "simpan/", words="Rahasia saya")
    Task.objects.filter(pk=turn.task.pk).update(owner=make_employee(turn.office))

    assert turn.client.get(turn.address).status_code == 410


def test_grounds_are_only_those_of_templates_in_use(turn: Turn) -> None:
    template = turn.client.get(turn.address).context["draft"].template

    good = turn.client.get(f"{turn.address}latar/{template.pk}/portrait/polos.jpg")

    assert Image.open(BytesIO(good.content)).size == (1080, 1350)
    assert "immutable" in good["Cache-Control"]
    assert turn.client.get(f"{turn.address}latar/9999/portrait/polos.jpg").status_code == 404
    assert turn.client.get(f"{turn.address}latar/{template.pk}/poster/polos.jpg").status_code == 404


def test_what_cannot_be_drawn_is_not_kept(turn: Turn) -> None:
    turn.post("", "simpan/", words="Mulai\x00 saja\x07.\r\nSekarang.", source="\x00")

    assert turn.card.words == "Mulai saja.\nSekarang."


@pytest.mark.parametrize("sign", ["\x0b", "\x85", "\u2028", "\r"])
def test_a_soft_line_break_of_a_word_processor_is_a_line_break(turn: Turn, sign: str) -> None:
    turn.post("", "simpan/", words=f"Satu langkah{sign}dua langkah", source="Rina\u200b\xa0Kartika", origin="lain")

    assert turn.card.words == "Satu langkah\ndua langkah"
    assert turn.card.source == "Rina Kartika"


@pytest.mark.parametrize("chosen", ["kata-²", "kata-", "kata-99999999999999999999", "templat-²", "ukuran-../x"])
def test_a_choice_that_is_not_offered_changes_nothing(turn: Turn, chosen: str) -> None:
    answer = turn.post(chosen)

    assert answer.status_code in {200, 302}
    assert turn.card.words == "Mulai saja."
