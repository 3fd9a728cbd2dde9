from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.cards.models import Card
from pegasus.people.models import Office
from pegasus.publishing import actions
from pegasus.publishing.models import Publication
from pegasus.publishing.tests.builders import MONDAY, make_card, make_sop, picture
from pegasus.sop import actions as sop
from pegasus.sop.models import ProcedureVersion, Task

pytestmark = pytest.mark.django_db
LINK = "https://www.instagram.com/p/DRabc_12/"


@pytest.fixture(autouse=True)
def _clock(tmp_path: Path, settings: object) -> None:
    (tmp_path / "clock").write_text(NOW.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(tmp_path / "clock")  # type: ignore[attr-defined] # pytest-django's fixture


@pytest.fixture
def office() -> Office:
    return make_office(instagram_account="bps.uji")


@pytest.fixture
def version(office: Office) -> ProcedureVersion:
    return make_sop(office)


def task_of(card: Card, part: str) -> Task:
    return Task.objects.get(subject=card.task.subject, part=part)


def where(name: str, card: Card, part: str) -> str:
    return reverse(f"publishing:{name}", args=[task_of(card, part).pk])


def test_the_queue_shows_late_today_and_coming(client: Client, office: Office, version: ProcedureVersion) -> None:
    make_card(version, make_employee(office, name="Ayu Terlambat"), MONDAY - timedelta(days=7))
    make_card(version, make_employee(office, name="Budi Hari Ini"), MONDAY)
    make_card(version, make_employee(office, name="Citra Nanti"), MONDAY + timedelta(days=7))
    sign_in(client, office, "humas")

    page = client.get(reverse("publishing:index")).content.decode()

    late, today, coming = (page.index(name) for name in ("Ayu Terlambat", "Budi Hari Ini", "Citra Nanti"))
    assert late < today < page.index("Dua minggu ke depan") < coming
    assert "Instagram: terlambat" in page
    assert "https://www.instagram.com/bps.uji/" in page


@pytest.mark.parametrize("outcome", [Task.Outcome.NOT_NEEDED, Task.Outcome.SKIPPED])
def test_what_was_called_off_is_never_shown_as_posted(
    client: Client, office: Office, version: ProcedureVersion, outcome: str
) -> None:
    card = make_card(version, make_employee(office, name="Ayu Dibatalkan"), MONDAY - timedelta(days=7))
    for part in ("group", "instagram"):
        sop.close_task(task=task_of(card, part), at=NOW, by="Pegasus", outcome=outcome, note="Batal")
    sign_in(client, office, "humas")

    page = client.get(reverse("publishing:index")).content.decode()

    assert "Ayu Dibatalkan" not in page
    assert client.get(where("posting", card, "instagram")).status_code == 404


def test_an_empty_queue_says_what_will_be_here(client: Client, office: Office) -> None:
    sign_in(client, office, "humas")

    assert "Tidak ada yang menunggu" in client.get(reverse("publishing:index")).content.decode()


def test_looking_makes_no_rows(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    client.get(reverse("publishing:index"))
    client.get(where("posting", card, "instagram"))

    assert Publication.objects.count() == 0


def test_humas_pastes_the_address_of_the_post(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version)
    humas = sign_in(client, office, "humas")

    page = client.post(where("prove", card, "instagram"), {"permalink": LINK + "?igsh=2"}, follow=True)

    publication = Publication.objects.get(card=card, place="instagram")
    assert (publication.permalink, publication.posted_by) == (LINK, humas.name)
    assert f"Unggahan di Instagram tercatat atas nama {humas.name}." in page.content.decode()
    assert LINK in page.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Tempel tautannya atau pilih tangkapan layarnya dulu."),
        ({"permalink": "https://evil.example/p/DRabc/"}, "Ini bukan tautan unggahan Instagram."),
        ({"screenshot": SimpleUploadedFile("a.png", b"teks")}, "bukan gambar yang dapat dibaca"),
    ],
)
def test_a_bad_proof_is_refused_in_words_and_keeps_what_was_typed(
    client: Client, office: Office, version: ProcedureVersion, given: dict[str, object], sentence: str
) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    answer = client.post(where("prove", card, "instagram"), given)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert str(given.get("permalink", "")) in answer.content.decode()
    assert task_of(card, "instagram").closed_at is None


def test_the_ca_speaks_for_the_employee_by_name(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version, make_employee(office, name="Bayu Pratama"))
    ca = sign_in(client, office, "ca")

    client.post(where("confirm", card, "group"), {"note": "Dilihat di grup"})

    publication = Publication.objects.get(card=card, place="group")
    assert (publication.posted_by, publication.note) == (ca.name, "Atas nama Bayu Pratama. Dilihat di grup")
    assert task_of(card, "group").closed_at == NOW


def test_a_doubtful_screenshot_is_said_and_the_ca_decides(
    client: Client, office: Office, version: ProcedureVersion
) -> None:
    card = make_card(version)
    sign_in(client, office, "ca")
    shot = SimpleUploadedFile("layar.jpg", picture("#3a7a4f", words="Lain sekali"), "image/jpeg")

    page = client.post(where("prove", card, "group"), {"screenshot": shot}, follow=True).content.decode()
    seen = Publication.objects.get(card=card, place="group").screenshot_id
    empty = client.post(where("accept", card, "group"), {"note": " ", "screenshot": seen})
    word = {"note": "Terlihat sebagian", "screenshot": seen}
    taken = client.post(where("accept", card, "group"), word, follow=True).content.decode()

    assert "tampaknya tidak memuat kartu ini, jadi unggahan belum tercatat" in page
    assert "Grup: bukti perlu diperiksa" in page
    assert (empty.status_code, "catatan ini menjadi buktinya" in empty.content.decode()) == (422, True)
    assert "Tangkapan layar tampak berbeda dari kartunya; diterima oleh" in taken
    assert "Terlihat sebagian" in taken


def test_only_the_screenshot_that_was_looked_at_is_accepted(
    client: Client, office: Office, version: ProcedureVersion
) -> None:
    card = make_card(version)
    group = actions.publications_for(card=card, at=NOW)[0]
    sign_in(client, office, "ca")
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture("#3a7a4f", words="Lain sekali"))
    seen = group.screenshot_id
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture("#7a3a4f", words="Lain lagi"))

    answer = client.post(where("accept", card, "group"), {"note": "Terlihat", "screenshot": seen})

    group.refresh_from_db()
    text = answer.content.decode()
    assert (answer.status_code, "diganti sejak halaman dibuka" in text, "Terlihat" in text) == (422, True, True)
    assert f'name="screenshot" value="{group.screenshot_id}"' in text
    assert (group.is_in_doubt, group.checked_at) == (True, None)


def test_humas_cannot_decide_on_a_doubt(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version)
    group = actions.publications_for(card=card, at=NOW)[0]
    actions.prove(publication=group, by="Sari", at=NOW, screenshot=picture("#3a7a4f", words="Lain sekali"))
    sign_in(client, office, "humas")

    answer = client.post(where("accept", card, "group"), {"note": "Terlihat"})

    group.refresh_from_db()
    assert (answer.status_code, group.is_in_doubt) == (403, True)


def test_a_used_address_says_whose_and_keeps_what_was_typed(
    client: Client, office: Office, version: ProcedureVersion
) -> None:
    first = make_card(version, make_employee(office, name="Bayu Pratama"))
    actions.prove(publication=actions.publications_for(card=first, at=NOW)[1], by="Humas", at=NOW, permalink=LINK)
    card = make_card(version, seat=2, words="Kata yang lain")
    sign_in(client, office, "humas")

    page = client.post(where("prove", card, "instagram"), {"permalink": LINK})
    assert page.status_code == 422
    assert "sudah menjadi bukti kartu Bayu Pratama (23 November 2026)" in page.content.decode()
    assert LINK in page.content.decode()


def test_the_share_buttons_address_asks_for_the_other_one(
    client: Client, office: Office, version: ProcedureVersion
) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    address = {"permalink": "https://www.instagram.com/share/p/BAPaAAAAA"}
    page = client.post(where("prove", card, "instagram"), address)

    assert page.status_code == 422
    assert "lalu “Salin tautan”" in page.content.decode()


@pytest.mark.parametrize(
    ("caption", "sentence"),
    [("#a #b #c #d #e #f", "paling banyak lima tagar"), ("🎉" * 1200, "emoji dihitung dua atau lebih")],
)
def test_a_caption_that_instagram_would_refuse_is_refused_here(
    client: Client, office: Office, version: ProcedureVersion, caption: str, sentence: str
) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    page = client.post(where("caption", card, "instagram"), {"caption": caption})

    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert caption[:12] in page.content.decode()


def test_humas_cannot_speak_for_the_group(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    assert client.post(where("confirm", card, "group")).status_code == 403
    assert task_of(card, "group").closed_at is None


def test_doing_it_twice_says_so(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")
    client.post(where("prove", card, "instagram"), {"permalink": LINK})

    page = client.post(where("prove", card, "instagram"), {"permalink": LINK}, follow=True).content.decode()

    assert "sudah tercatat sebelumnya" in page
    assert task_of(card, "instagram").evidence.count() == 1


def test_before_the_day_nothing_can_be_recorded(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version, posts_on=MONDAY + timedelta(days=7))
    sign_in(client, office, "humas")

    page = client.post(where("prove", card, "instagram"), {"permalink": LINK}, follow=True).content.decode()

    assert "Belum hari tayang" in page
    assert "Dapat diunggah mulai Senin, 30 November 2026" in page


def test_an_own_caption_is_kept_and_an_empty_one_gives_the_words_back(
    client: Client, office: Office, version: ProcedureVersion
) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    client.post(where("caption", card, "instagram"), {"caption": "Kata Humas"})
    own = client.get(where("posting", card, "instagram")).content.decode()
    client.post(where("caption", card, "instagram"), {"caption": ""})
    given_back = client.get(where("posting", card, "instagram")).content.decode()

    assert "Kata Humas" in own
    assert "Kata Humas" not in given_back
    assert "#BerAKHLAK" in given_back


def test_a_caption_that_is_too_long_is_refused_with_its_length(
    client: Client, office: Office, version: ProcedureVersion
) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    answer = client.post(where("caption", card, "instagram"), {"caption": "a" * 2201})

    assert (answer.status_code, "ini 2201 karakter" in answer.content.decode()) == (422, True)


def test_the_history_shows_what_is_posted_and_can_be_searched(
    client: Client, office: Office, version: ProcedureVersion
) -> None:
    for seat, name in enumerate(("Ayu Lestari", "Bayu Pratama"), start=1):
        card = make_card(version, make_employee(office, name=name), seat=seat)
        for publication in actions.publications_for(card=card, at=NOW):
            actions.confirm(publication=publication, by=name, at=NOW, note="Terlihat")
    sign_in(client, office, "humas")

    everything = client.get(reverse("publishing:history")).content.decode()
    found = client.get(reverse("publishing:history"), {"cari": "bayu"}).content.decode()
    nothing = client.get(reverse("publishing:history"), {"cari": "xyz"}).content.decode()

    assert ("Ayu Lestari" in everything, "Bayu Pratama" in everything) == (True, True)
    assert ("Ayu Lestari" in found, "Bayu Pratama" in found) == (False, True)
    assert "Tidak ada yang cocok dengan “xyz”" in nothing


def test_the_picture_can_be_taken_in_a_size(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version)
    sign_in(client, office, "humas")

    answer = client.get(reverse("publishing:picture", args=[card.pk, "square"]) + "?unduh")

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'attachment; filename="pegasus-2026-11-23-square.jpg"'
    assert client.get(reverse("publishing:picture", args=[card.pk, "poster"])).status_code == 404


def test_other_roles_and_other_offices_stay_outside(client: Client, office: Office, version: ProcedureVersion) -> None:
    card = make_card(version)
    pages = [
        where("posting", card, "instagram"),
        reverse("publishing:picture", args=[card.pk, "square"]),
    ]
    for page in pages:
        assert client.get(page).status_code == 302

    sign_in(client, office, "head")
    assert {client.get(page).status_code for page in [*pages, reverse("publishing:index")]} == {403}

    sign_in(client, make_office(), "humas")
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(where("prove", card, "instagram"), {"permalink": LINK}).status_code == 404


@pytest.mark.parametrize("cards", [1, 5])
def test_the_queue_costs_the_same_however_many_cards(
    client: Client,
    office: Office,
    version: ProcedureVersion,
    cards: int,
    django_assert_max_num_queries: object,
) -> None:
    for seat in range(1, cards + 1):
        card = make_card(version, make_employee(office), seat=seat)
        actions.confirm(publication=actions.publications_for(card=card, at=NOW)[0], by="Sari", at=NOW, note="Terlihat")
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(14):  # type: ignore[operator] # pytest-django's fixture
        client.get(reverse("publishing:index"))
