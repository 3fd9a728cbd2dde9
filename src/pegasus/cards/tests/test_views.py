from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from tests.builders import NOW, make_office, sign_in

from pegasus.cards import actions, queries, shelf
from pegasus.cards.models import Card, TemplateChoice, Words
from pegasus.cards.tests.builders import make_card, make_card_task
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def sent(office: Office) -> Card:
    card = make_card(office, words="Sedikit demi sedikit.", source="Peribahasa")
    actions.submit_card(card=card, by="Bayu Pratama", at=NOW)
    return card


@pytest.mark.parametrize("path", ["/kartu/", "/kartu/templat/", "/kartu/kata/"])
@pytest.mark.parametrize("role", ["", "ca", "humas", "cc", "head"])
def test_everybody_of_the_office_sees_the_cards(client: Client, office: Office, path: str, role: str) -> None:
    sign_in(client, office, *([role] if role else []))

    assert client.get(path).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client: Client, sent: Card) -> None:
    for path in ("/kartu/", f"/kartu/{sent.pk}/", f"/kartu/{sent.pk}/portrait.jpg"):
        assert client.get(path)["Location"].startswith("/akun/")


def test_another_offices_card_is_not_there(client: Client, sent: Card) -> None:
    sign_in(client, make_office(), "ca")

    for path in (f"/kartu/{sent.pk}/", f"/kartu/{sent.pk}/portrait.jpg", f"/kartu/{sent.pk}/kecil.jpg"):
        assert client.get(path).status_code == 404
    assert sent.name not in client.get("/kartu/").content.decode()


def test_templates_are_begun_and_opened_by_those_who_may_edit_them(client: Client, office: Office) -> None:
    draft = actions.begin_template(office=office, name="Pagi kita", by="Dewi", at=NOW)
    theirs = actions.begin_template(office=make_office(), name="Milik tetangga", by="Rina", at=NOW)
    editor, begin = reverse("cards:editor", args=[draft.pk]), reverse("cards:template-new")

    sign_in(client, office, "humas")
    seen = client.get("/kartu/templat/").content.decode()
    sign_in(client, office)
    by_others = client.get("/kartu/templat/").content.decode()

    assert f'href="{editor}"' in seen
    assert f'action="{begin}"' in seen
    assert theirs.name not in seen
    assert editor not in by_others
    assert begin not in by_others


@pytest.mark.parametrize("rows", [1, 5])
def test_the_gallery_costs_the_same_however_many_cards(
    client: Client, office: Office, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for seat in range(1, rows + 1):
        make_card(office, seat=seat)
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(11):
        client.get("/kartu/")


def test_cards_are_found_by_words_and_name(client: Client, office: Office, sent: Card) -> None:
    make_card(office, words="Yang lain", seat=2)
    sign_in(client, office)

    found = client.get("/kartu/?cari=sedikit+bayu").context["rows"]

    assert [row["card"].pk for row in found] == [sent.pk]
    assert "Tidak ada kartu dengan “zzz”" in client.get("/kartu/?cari=zzz").content.decode()


def test_an_empty_gallery_says_what_will_be_there(client: Client, office: Office) -> None:
    sign_in(client, office)

    assert "Kartu akan tampil di sini" in client.get("/kartu/").content.decode()


def test_a_card_shows_its_words_sizes_and_files(client: Client, office: Office, sent: Card) -> None:
    sign_in(client, office)

    page = client.get(f"/kartu/{sent.pk}/?ukuran=story").content.decode()

    assert "Sedikit demi sedikit." in page
    assert "Peribahasa" in page
    assert f"/kartu/{sent.pk}/story.jpg" in page
    assert "pegasus-2026-11-30-portrait.jpg" in page


def test_who_looks_after_cards_sees_what_their_writers_see(client: Client, office: Office) -> None:
    card = make_card(office, words="Habis gelap terbitlah terang. (Kartini)")
    sign_in(client, office, "humas")

    page = client.get(f"/kartu/{card.pk}/").content.decode()
    part = client.get(f"/kartu/{card.pk}/temuan/").content.decode()
    without_script = client.get(f"/kartu/{card.pk}/?periksa=1").content.decode()

    assert f"/kartu/{card.pk}/temuan/" in page
    assert "sumbernya belum disebut" in part
    assert "<html" not in part
    assert "sumbernya belum disebut" in without_script


def test_a_card_in_order_is_said_to_be_so(client: Client, office: Office, sent: Card) -> None:
    sign_in(client, office, "ca")

    assert "Tidak ada yang perlu diperbaiki" in client.get(f"/kartu/{sent.pk}/temuan/").content.decode()


def test_findings_are_for_those_who_look_after_cards_of_their_own_office(
    client: Client, office: Office, sent: Card
) -> None:
    sign_in(client, office)
    employee = client.get(f"/kartu/{sent.pk}/temuan/").status_code
    sign_in(client, make_office(), "ca")
    foreign = client.get(f"/kartu/{sent.pk}/temuan/").status_code

    assert (employee, foreign) == (403, 404)


def test_pictures_are_sent_whole_and_small(client: Client, office: Office, sent: Card) -> None:
    sign_in(client, office)

    whole = client.get(f"/kartu/{sent.pk}/story.jpg")
    small = client.get(f"/kartu/{sent.pk}/kecil.jpg")

    assert Image.open(BytesIO(whole.content)).size == (1080, 1920)
    assert Image.open(BytesIO(small.content)).size == (400, 500)
    assert client.get(f"/kartu/{sent.pk}/poster.jpg").status_code == 404


def test_a_picture_that_is_gone_leaves_a_gap_not_a_broken_page(client: Client, office: Office, sent: Card) -> None:
    sign_in(client, office, "ca")
    for picture in queries.pictures_of(sent).values():
        picture.file.storage.delete(str(picture.file.name))

    assert client.get(reverse("cards:picture", args=[sent.pk, "portrait"])).status_code == 404
    assert client.get(reverse("cards:thumbnail", args=[sent.pk])).status_code == 404
    assert client.get(reverse("cards:card", args=[sent.pk])).status_code == 200


def test_humas_approves_where_the_office_asks_for_it(client: Client, office: Office) -> None:
    office.reviews_cards = True
    office.save()
    card = make_card(office)
    actions.submit_card(card=card, by="Bayu", at=NOW)
    humas = sign_in(client, office, "humas")

    assert "Setujui kartu" in client.get(f"/kartu/{card.pk}/").content.decode()
    client.post(f"/kartu/{card.pk}/setujui/")

    fresh = Card.objects.get()
    assert (fresh.state, fresh.reviewed_by) == (Card.State.APPROVED, humas.name)
    again = client.post(f"/kartu/{card.pk}/setujui/", follow=True).content.decode()
    assert "sudah diputuskan" in again


def test_a_card_goes_back_only_with_a_note(client: Client, office: Office) -> None:
    office.reviews_cards = True
    office.save()
    card = make_card(office)
    actions.submit_card(card=card, by="Bayu", at=NOW)
    sign_in(client, office, "ca")

    refused = client.post(f"/kartu/{card.pk}/kembalikan/", {"note": " "})
    client.post(f"/kartu/{card.pk}/kembalikan/", {"note": "Sebutkan sumbernya."})

    assert "Tulis apa yang perlu diperbaiki, atau beri komentar" in refused.content.decode()
    assert Card.objects.get().review_note == "Sebutkan sumbernya."


def test_an_employee_does_not_review(client: Client, office: Office, sent: Card) -> None:
    sign_in(client, office)

    assert client.post(f"/kartu/{sent.pk}/setujui/").status_code == 403


def test_the_ca_chooses_the_templates_of_the_period_that_waits(client: Client, office: Office) -> None:
    make_card_task(office)
    task = sop.open_task(
        office=office,
        activity=activity(office, Activity.Rhythm.TEMPLATES),
        subject="period:2027Q1",
        period="2027Q1",
        role="ca",
        owner=None,
        opens_at=NOW,
        due_at=NOW,
    )
    sign_in(client, office, "ca")
    page = client.get("/kartu/templat/")
    first = page.context["groups"][0]["rows"][0]["template"]

    answer = client.post("/kartu/templat/", {"periode": "2027Q1", "templat": [first.pk]}, follow=True)

    assert page.context["period"].key == "2027Q1"
    assert first.name in answer.content.decode()
    assert TemplateChoice.objects.get().template == first
    assert Task.objects.get(pk=task.pk).outcome == "done"


def test_templates_stand_in_groups_and_those_for_feasts_wait_to_be_asked_for(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")

    page = client.get("/kartu/templat/")
    rows = {row["template"].key: row for group in page.context["groups"] for row in group["rows"]}

    assert [group["key"] for group in page.context["groups"]] == ["everyday", "days"]
    assert len(rows) == 12
    assert rows["kawung"]["is_offered"]
    assert not rows["bintang-delapan"]["is_offered"]
    assert "Ramadan dan Lebaran" in page.content.decode()


def blank_template(office: Office, seat: int) -> str:
    template = actions.blank_card(make_card_task(office, seat=seat)).template
    assert template is not None
    return template.key


def test_nobody_begins_with_a_card_for_a_feast(office: Office) -> None:
    actions.load_shipped()

    begun = {blank_template(office, seat) for seat in range(1, 9)}

    assert begun == {key for key, place in shelf.PLACES.items() if not place.occasion}


def test_loading_the_templates_again_costs_the_same(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    actions.load_shipped()

    with django_assert_num_queries(4):
        actions.load_shipped()


def test_choosing_nothing_and_choosing_without_the_role_changes_nothing(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    assert "paling sedikit satu" in client.post("/kartu/templat/", {"periode": "2026Q4"}, follow=True).content.decode()
    sign_in(client, office, "humas")
    client.post("/kartu/templat/", {"templat": [queries.templates_of(office)[0].pk]})

    assert TemplateChoice.objects.count() == 0


def test_a_template_is_shown_with_samples(client: Client, office: Office) -> None:
    actions.load_shipped()
    template = queries.templates_of(office)[0]
    sign_in(client, office)

    shown = client.get(f"/kartu/templat/{template.pk}/square-long.jpg")

    assert Image.open(BytesIO(shown.content)).size == (1080, 1080)
    assert Image.open(BytesIO(client.get(f"{shown.request['PATH_INFO']}?kecil").content)).width == 400
    assert client.get(f"/kartu/templat/{template.pk}/square-huge.jpg").status_code == 404


def test_the_office_adds_and_removes_its_own_words(client: Client, office: Office) -> None:
    sign_in(client, office, "humas")
    given = {"text": "Data mencerdaskan bangsa.", "source": "Semboyan kantor", "meaning": "", "theme": "Semangat"}

    client.post("/kartu/kata/tambah/", given)
    own = Words.objects.get(office=office)
    page = client.get("/kartu/kata/?cari=mencerdaskan").content.decode()
    client.post(f"/kartu/kata/{own.pk}/hapus/")

    assert own.text in page
    assert not Words.objects.filter(office=office).exists()


def test_words_without_a_source_are_refused_and_stay_typed(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")

    page = client.post("/kartu/kata/tambah/", {"text": "Tanpa sumber", "source": ""}).content.decode()

    assert "Sebutkan sumbernya." in page
    assert "Tanpa sumber" in page


def test_shipped_and_foreign_words_cannot_be_removed(client: Client, office: Office) -> None:
    actions.load_shipped()
    shipped = Words.objects.filter(office=None)[0]
    foreign = Words.objects.create(office=make_office(), text="x", source="y")
    sign_in(client, office, "ca")

    assert client.post(f"/kartu/kata/{shipped.pk}/hapus/").status_code == 404
    assert client.post(f"/kartu/kata/{foreign.pk}/hapus/").status_code == 404


def test_who_has_not_begun_is_named(client: Client, office: Office) -> None:
    make_card_task(office, at=clock.now())
    sign_in(client, office, "ca")

    page = client.get("/kartu/").content.decode()

    assert "Belum dimulai" in page
    assert "Bayu Pratama" in page
