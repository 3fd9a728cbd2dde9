import html
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.builders import NOW, make_office, sign_in

from pegasus.cards import actions, fontfiles, linting, measuring, queries, render, sentences
from pegasus.cards.domain.designs import DesignInvalid
from pegasus.cards.models import BrandFont, TemplateDraft
from pegasus.cards.tests.builders import make_card, make_content, make_draft, make_own_font, set_in
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Office
from pegasus.typeset import fonts
from pegasus.typeset.render import TypesetFailed
from pegasus.typeset.tests.builders import make_font

pytestmark = pytest.mark.django_db
QUERIES = 8
JSON = {"Accept": "application/json"}


def given(data: bytes | None = None, **fields: str) -> dict[str, object]:
    return {"right": "ofl", **fields, "font": SimpleUploadedFile("huruf.ttf", data or make_font())}


def published_in(office: Office, family: str) -> TemplateDraft:
    draft = make_draft(office, "Senin ceria")
    draft = actions.save_template(
        draft=draft, design=set_in(draft, family), name="Senin ceria", stamp=1, by="Bayu", at=NOW
    )
    actions.publish_template(draft=draft, by="Bayu", at=NOW)
    return draft


def test_a_font_is_kept_with_who_stated_by_what_right(client: Client) -> None:
    office = make_office()
    actor = sign_in(client, office, "ca")

    answer = client.post("/kartu/merek/huruf/", given(right="bought", note="Nota 12/2026"))

    row = queries.fonts_of(office).get()
    assert answer["Location"] == "/kartu/merek/"
    assert (row.family, row.weight, row.style, row.right, row.right_note) == (
        "Huruf Kantor",
        400,
        "normal",
        "bought",
        "Nota 12/2026",
    )
    assert row.added_by
    assert AuditEntry.objects.get(action="brand.font_added").after["right"] == "bought"
    assert actor is not None
    page = html.unescape(client.get("/kartu/merek/").content.decode())
    assert "Huruf Kantor" in page
    assert "Nota 12/2026" in page
    assert f"Dinyatakan {row.added_by}" in page
    assert "Belum ada gaya tebal" in page
    assert "Belum ada gaya miring" in page
    assert "tidak menyebut lisensi" in page


def test_a_script_that_sends_a_font_is_answered_in_json(client: Client) -> None:
    sign_in(client, make_office(), "humas")

    refused = client.post("/kartu/merek/huruf/", given(b"PK\x03\x04"), headers=JSON)
    taken = client.post("/kartu/merek/huruf/", given(), headers=JSON)

    assert refused.status_code == 422
    assert [one["where"] for one in refused.json()["errors"]] == ["font"]
    assert "ZIP" in refused.json()["errors"][0]["text"]
    assert (taken.status_code, taken.json()) == (201, {"url": "/kartu/merek/"})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"data": make_font(letters="abc")}, "tidak punya: A B C"),
        ({"data": make_font(flags=2)}, "melarang penyematan"),
        ({"data": b"x"}, "bukan huruf"),
        ({"right": ""}, "Pilih salah satu haknya"),
        ({"right": "bought", "note": "   "}, "Tulis nomor lisensinya"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_chosen_stays(client: Client, fields: dict[str, Any], said: str) -> None:
    sign_in(client, make_office(), "ca")

    answer = client.post("/kartu/merek/huruf/", given(**{"note": "catatan saya", **fields}))

    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in page
    assert (fields.get("note") or "catatan saya") in page
    assert not BrandFont.objects.exists()


def test_the_same_look_twice_is_refused_and_another_look_joins_the_family(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    make_own_font(office)

    twice = client.post("/kartu/merek/huruf/", given(make_font(width=300)))
    other_case = client.post("/kartu/merek/huruf/", given(make_font("HURUF KANTOR", weight=700)))
    bold = client.post("/kartu/merek/huruf/", given(make_font(weight=700, licence="SIL Open Font License")))

    assert "sudah ada di kantor Anda" in twice.content.decode()
    assert "sudah ada di kantor Anda" in other_case.content.decode()
    assert bold.status_code == 302
    (family,) = queries.font_families(office)
    assert [face.weight for face in family.faces] == [400, 700]
    assert (family.lacks_bold, family.lacks_italics, family.is_silent) == (False, True, True)
    make_own_font(make_office(), width=300)


def test_a_variable_font_needs_no_second_file_for_bold() -> None:
    office = make_office()

    make_own_font(office, weights=(300, 800))

    (family,) = queries.font_families(office)
    assert not family.lacks_bold


def test_an_office_has_no_more_fonts_than_a_card_can_read(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    office = make_office()
    make_own_font(office)
    monkeypatch.setattr("pegasus.cards.actions.fonts.MOST_FACES", 1)
    sign_in(client, office, "ca")

    answer = client.post("/kartu/merek/huruf/", given(make_font("Lain")))

    assert "sudah punya 24 berkas huruf" in answer.content.decode()


def test_fonts_are_not_for_pegawai_nor_for_another_office(client: Client) -> None:
    office = make_office()
    font = make_own_font(office)
    sign_in(client, office)
    assert client.post("/kartu/merek/huruf/", given()).status_code == 403
    assert client.get(f"/kartu/merek/huruf/{font.pk}.svg").status_code == 403
    sign_in(client, make_office(), "ca")

    assert client.get(f"/kartu/merek/huruf/{font.pk}.svg").status_code == 404
    assert client.post("/kartu/merek/huruf/hapus/", {"family": font.family}).status_code == 404
    assert "Huruf Kantor" not in client.get("/kartu/merek/").content.decode()
    assert queries.fonts_of(office).exists()


def test_the_sample_line_is_drawn_by_the_renderer_in_that_font(client: Client) -> None:
    office = make_office()
    narrow, wide = make_own_font(office, "Sempit", width=200), make_own_font(office, "Lebar", width=800)
    sign_in(client, office, "ca")

    one, other = (client.get(f"/kartu/merek/huruf/{font.pk}.svg") for font in (narrow, wide))

    assert one["Content-Type"] == "image/svg+xml"
    assert "immutable" in one["Cache-Control"]
    assert b"<text" not in one.content
    assert one.content != other.content


def test_the_page_costs_the_same_however_many_fonts(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    make_own_font(office, "Satu")
    client.get("/kartu/merek/")
    with django_assert_num_queries(QUERIES):
        client.get("/kartu/merek/")
    for name in ("Dua", "Tiga"):
        make_own_font(office, name)

    with django_assert_num_queries(QUERIES):
        client.get("/kartu/merek/")


def test_a_card_is_set_in_the_offices_font_and_another_office_gets_its_own_of_the_same_name() -> None:
    here, there = make_office(), make_office()
    make_own_font(here, width=150)
    make_own_font(there, width=850)
    design = set_in(make_draft(here), "Huruf Kantor")
    content = make_content()

    def drawn(office: Office) -> bytes:
        return render.jpeg(queries.drawable(design, office.pk), content, "square")

    first, second = drawn(here), drawn(there)

    assert first != second
    assert [drawn(there), drawn(here), drawn(there)] == [second, first, second]


def test_a_font_of_another_office_is_refused_in_a_design(client: Client) -> None:
    here, there = make_office(), make_office()
    make_own_font(there)
    draft = make_draft(here)
    sign_in(client, here, "ca")
    body = {"design": set_in(draft, "Huruf Kantor"), "stamp": 1, "name": "A", "size": "square", "sample": "usual"}

    saved = client.post(f"/kartu/templat/{draft.pk}/rancangan/", json.dumps(body), "application/json")
    seen = client.post(f"/kartu/templat/{draft.pk}/pratinjau/", json.dumps(body), "application/json")

    for answer in (saved, seen):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["where"] == "elements.0.parts.0.font"
        assert "tidak ada di kantor Anda" in answer.json()["errors"][0]["text"]
    with pytest.raises(DesignInvalid):
        queries.drawable(set_in(draft, "Huruf Kantor"), here.pk)


def test_the_editor_is_told_which_fonts_there_are(client: Client) -> None:
    office = make_office()
    make_own_font(office)
    make_own_font(office, weight=700)
    draft = make_draft(office)
    sign_in(client, office, "ca")

    state = client.get(f"/kartu/templat/{draft.pk}/rancangan/").json()

    assert state["fonts"] == ["Plus Jakarta Sans", "Fraunces", "Arimo", "Huruf Kantor"]


def test_a_font_that_a_template_needs_stays_and_the_sentence_names_the_template(client: Client) -> None:
    office = make_office()
    make_own_font(office)
    published_in(office, "Huruf Kantor")
    sign_in(client, office, "ca")

    answer = client.post("/kartu/merek/huruf/hapus/", {"family": "Huruf Kantor"}, follow=True)

    assert "Huruf “Huruf Kantor” masih dipakai templat Senin ceria" in answer.content.decode()
    assert queries.fonts_of(office).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_font_that_only_old_versions_had_goes_with_its_files_and_they_are_still_drawn() -> None:
    office = make_office()
    row = make_own_font(office)
    draft = published_in(office, "Huruf Kantor")
    old = queries.versions_of(draft).get()
    folder = fontfiles.folder_of(row.digest, str(row.file.name))
    draft = actions.save_template(
        draft=draft, design=set_in(draft, "Arimo"), name="Senin ceria", stamp=2, by="Bayu", at=NOW
    )
    actions.publish_template(draft=draft, by="Bayu", at=NOW)

    actions.remove_family(office=office, family="Huruf Kantor", by="Bayu", at=NOW)

    assert not default_storage.exists(str(row.file.name))
    assert not folder.exists()
    old.refresh_from_db()
    assert render.jpeg(queries.design_of(old), make_content(), "square")
    actions.restore_template(draft=draft, version=old, stamp=draft.stamp, by="Bayu", at=NOW)
    with pytest.raises(DesignInvalid):
        actions.publish_template(draft=draft, by="Bayu", at=NOW)
    assert AuditEntry.objects.filter(action="brand.font_removed").count() == 1


def test_an_unfinished_card_keeps_the_font_of_its_older_version() -> None:
    office = make_office()
    make_own_font(office)
    draft = published_in(office, "Huruf Kantor")
    card = make_card(office, template=queries.versions_of(draft).get())
    draft.refresh_from_db()
    draft = actions.save_template(
        draft=draft, design=set_in(draft, "Arimo"), name="Baru", stamp=draft.stamp, by="Bayu", at=NOW
    )
    actions.publish_template(draft=draft, by="Bayu", at=NOW)

    assert card.template is not None
    with pytest.raises(actions.FamilyInUse) as used:
        actions.remove_family(office=office, family="Huruf Kantor", by="Bayu", at=NOW)

    assert used.value.templates == ["Senin ceria"]


def test_a_file_that_was_exchanged_behind_our_back_is_not_drawn() -> None:
    row = make_own_font(make_office())
    with default_storage.open(str(row.file.name), "wb") as file:
        file.write(make_font(width=900))

    with pytest.raises(TypesetFailed, match="no longer what passed"):
        fontfiles.folder_of(row.digest, str(row.file.name))


def test_the_check_of_a_card_looks_at_the_templates_own_font() -> None:
    office = make_office()
    actions.load_shipped()
    make_own_font(office, letters=fonts.LETTERS + "ꦲ", width=900)
    template = queries.versions_of(published_in(office, "Huruf Kantor")).get()
    card = make_card(office, words="Mulai ꦲ saja – ya 🌱 ꦱ", template=template)
    others = [one for one in queries.templates_of(office) if one.office_id is None]

    found = {finding.kind: finding for finding in linting.look(card, templates=others).findings}

    assert found["missing"].detail["characters"] == "ꦱ"
    assert found["borrowed"].detail == {"characters": "–", "font": "Huruf Kantor"}
    assert not found["borrowed"].stops
    assert "tidak punya: –" in sentences.sentence(found["borrowed"])
    plain = make_card(office, words="Mulai – saja", seat=2, template=others[0])
    assert "borrowed" not in {finding.kind for finding in linting.look(plain).findings}


def test_another_template_mends_what_a_font_lacks() -> None:
    office = make_office()
    actions.load_shipped()
    make_own_font(office, letters=fonts.LETTERS)
    template = queries.versions_of(published_in(office, "Huruf Kantor")).get()
    shipped = next(one for one in queries.templates_of(office) if one.office_id is None)
    card = make_card(office, words="Mulai – saja", template=template)

    look = linting.look(card, templates=[template, shipped])

    assert look.template == shipped


def test_the_check_measures_words_in_the_font_they_are_drawn_in() -> None:
    office = make_office()
    design = set_in(make_draft(office), "Huruf Kantor")
    sizes = []
    for width in (200, 900):
        home = make_office()
        make_own_font(home, width=width)
        drawn = queries.drawable(design, home.pk)
        sizes.append(measuring.measured(drawn, make_content(), "square")[0].size)

    assert sizes[0] > sizes[1]
