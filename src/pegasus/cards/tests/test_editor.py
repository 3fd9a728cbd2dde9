import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.builders import NOW, make_office, sign_in

from pegasus.calendar.domain.periods import Period
from pegasus.cards import actions, queries, render
from pegasus.cards.models import CardTemplate, TemplateChoice, TemplateDraft
from pegasus.cards.tests.builders import (
    make_content,
    make_draft,
    make_own_font,
    make_picture,
    photo,
    set_in,
    with_element,
)
from pegasus.cards.tests.test_render import as_text, pixels
from pegasus.kernel import clock
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def draft(office: Office) -> TemplateDraft:
    return make_draft(office)


def post(client: Client, path: str, said: object) -> Any:  # noqa: ANN401 - Django's test response
    data = said if isinstance(said, str) else json.dumps(said)
    return client.post(path, data, content_type="application/json")


PATHS = ["sunting", "rancangan", "pratinjau", "terbitkan", "pulihkan", "gambar"]


@pytest.mark.parametrize("path", PATHS)
def test_the_editor_is_for_ca_humas_and_admin_of_the_office(
    client: Client, office: Office, draft: TemplateDraft, path: str
) -> None:
    address = f"/kartu/templat/{draft.pk}/{path}/"
    method = client.get if path in {"sunting", "rancangan"} else client.post

    assert method(address)["Location"].startswith("/akun/")
    sign_in(client, office)
    assert method(address).status_code == 403
    sign_in(client, office, "cc")
    assert method(address).status_code == 403
    sign_in(client, make_office(), "ca")
    assert method(address).status_code == 404


def test_a_blank_template_can_be_drawn_saved_and_published(client: Client, office: Office) -> None:
    sign_in(client, office, "humas")

    begun = client.post("/kartu/templat/baru/", {"name": "Senin ceria"})
    draft = queries.drafts_of(office).get()
    assert begun["Location"] == f"/kartu/templat/{draft.pk}/sunting/"
    state = client.get(f"/kartu/templat/{draft.pk}/rancangan/").json()
    assert (state["name"], state["stamp"], state["versions"]) == ("Senin ceria", 1, [])
    said = {"design": state["design"], "stamp": 1, "name": "Senin biru"}
    assert post(client, f"/kartu/templat/{draft.pk}/rancangan/", said).json()["stamp"] == 2
    published = post(client, f"/kartu/templat/{draft.pk}/terbitkan/", {}).json()

    assert published["version"] == 1
    assert [row.name for row in queries.templates_of(office).filter(office=office)] == ["Senin biru"]
    deeds = AuditEntry.objects.filter(office_id=office.pk).order_by("pk").values_list("action", flat=True)
    assert list(deeds) == ["template.begun", "template.published"]  # one sitting


def test_publishing_says_when_the_quarters_choice_has_yet_to_include_it(client: Client, office: Office) -> None:
    actions.load_shipped()
    sign_in(client, office, "ca")
    free = post(client, f"/kartu/templat/{make_draft(office).pk}/terbitkan/", {}).json()
    quarter = Period.of(clock.today(office.timezone), "quarter")
    shipped = list(queries.templates_of(office).filter(office=None)[:2])
    actions.choose_templates(office=office, period=quarter, templates=shipped, by="Bayu", at=clock.now())

    bound = post(client, f"/kartu/templat/{make_draft(office).pk}/terbitkan/", {}).json()

    assert free["said"].endswith("terbit dan dapat dipakai petugas.")
    assert "centang juga di halaman Templat" in bound["said"]


def test_a_shipped_template_is_copied_with_its_photo_as_the_lowest_layer(client: Client, office: Office) -> None:
    actions.load_shipped()
    source = CardTemplate.objects.get(office=None, key="biru-rafflesia", is_current=True)
    sign_in(client, office, "ca")

    client.post("/kartu/templat/baru/", {"from": source.pk})

    copy = queries.drafts_of(office).get()
    assert copy.name == "Biru Rafflesia (salinan)"
    assert copy.design["elements"][0]["kind"] == "photo"
    content = make_content(photo=photo())
    same = queries.drawable(copy.design, office.pk)
    assert render.jpeg(same, content, "square") == render.jpeg(queries.design_of(source), content, "square")


def test_another_offices_template_cannot_be_copied(client: Client, office: Office) -> None:
    other = actions.publish_template(draft=make_draft(make_office()), by="X", at=NOW)
    sign_in(client, office, "ca")

    assert client.post("/kartu/templat/baru/", {"from": other.pk}).status_code == 404
    for key in ("x", "9" * 5000, str(10**17)):
        assert client.post("/kartu/templat/baru/", {"from": key}).status_code == 404


def test_a_name_is_kept_without_what_nobody_sees(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")

    client.post("/kartu/templat/baru/", {"name": "Lembar\x00\u200b\xa0pagi"}, follow=True)

    assert [draft.name for draft in queries.drafts_of(office)] == ["Lembar pagi"]


def test_a_copy_of_a_version_whose_font_is_gone_is_set_in_ours(client: Client, office: Office) -> None:
    font = make_own_font(office)
    draft = make_draft(office)
    for stamp, design in enumerate((set_in(draft, font.family), draft.design), 1):
        actions.save_template(draft=draft, design=design, name="A", stamp=stamp, by="X", at=NOW)
        draft.refresh_from_db()
        actions.publish_template(draft=draft, by="X", at=NOW)
    old = queries.versions_of(draft).get(version=1)
    actions.remove_family(office=office, family=font.family, by="X", at=NOW)
    sign_in(client, office, "ca")

    begun = client.post("/kartu/templat/baru/", {"from": old.pk})

    copy = queries.drafts_of(office).exclude(pk=draft.pk).get()
    assert begun["Location"] == f"/kartu/templat/{copy.pk}/sunting/"
    assert font.family not in json.dumps(copy.design)


@pytest.mark.parametrize("path", ["rancangan", "pratinjau"])
def test_a_form_where_json_is_asked_for_is_refused_with_a_sentence(
    office: Office, draft: TemplateDraft, path: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, office, "ca")
    client.get(f"/kartu/templat/{draft.pk}/sunting/")
    said = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}

    refused = client.post(f"/kartu/templat/{draft.pk}/{path}/", said)

    assert refused.status_code == 422
    assert refused.json()["errors"]


def test_who_saves_over_a_newer_draft_is_told_and_nothing_is_lost(
    client: Client, office: Office, draft: TemplateDraft
) -> None:
    sign_in(client, office, "ca", name="Citra")
    path = f"/kartu/templat/{draft.pk}/rancangan/"
    post(client, path, {"design": draft.design, "stamp": 1, "name": "Punya Citra"})

    late = post(client, path, {"design": draft.design, "stamp": 1, "name": "Terlambat"})

    assert late.status_code == 409
    assert late.json()["stamp"] == 2
    assert "Citra" in late.json()["errors"][0]["text"]
    assert TemplateDraft.objects.get(pk=draft.pk).name == "Punya Citra"


def test_a_sitting_of_autosaves_is_one_entry_in_the_audit_trail(office: Office, draft: TemplateDraft) -> None:
    for stamp in range(1, 6):
        actions.save_template(
            draft=TemplateDraft.objects.get(pk=draft.pk),
            design=draft.design,
            name=f"Nama {stamp}",
            stamp=stamp,
            by="Citra",
            at=NOW,
        )

    assert AuditEntry.objects.filter(action="template.changed").count() == 1


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("{", ""),
        ("[]", ""),
        ('{"design": 5, "stamp": 1}', ""),
        ("[" * 100_000, ""),
        ('{"design": {"name": "A", "background": [], "elements": []}, "stamp": "1e9"}', ""),
        ('{"design": {"name": "A", "background": [], "elements": [], "grain": NaN}, "stamp": 1}', "grain"),
        ('{"design": {"background": [], "elements": [], "script": 1}, "stamp": 1}', ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    client: Client, office: Office, draft: TemplateDraft, body: str, where: str
) -> None:
    sign_in(client, office, "ca")

    answer = post(client, f"/kartu/templat/{draft.pk}/rancangan/", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == where
    assert answer.json()["errors"][0]["text"].endswith(".")
    assert TemplateDraft.objects.get(pk=draft.pk).stamp == 1


def test_a_picture_of_another_office_is_neither_kept_nor_shown(
    client: Client, office: Office, draft: TemplateDraft
) -> None:
    foreign = make_picture(make_office())
    made = with_element(draft, kind="picture", file=foreign.pk)
    sign_in(client, office, "ca")

    answer = post(client, f"/kartu/templat/{draft.pk}/rancangan/", {"design": made, "stamp": 1, "name": "A"})
    shown = post(
        client, f"/kartu/templat/{draft.pk}/pratinjau/", {"design": made, "size": "square", "sample": "short"}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "elements.2.file"
    assert "/kartu/templat/gambar/" not in shown.content.decode()


def test_an_uploaded_picture_passes_the_gate_and_is_kept_once(
    client: Client, office: Office, draft: TemplateDraft, tmp_path: Path
) -> None:
    sign_in(client, office, "ca")
    path = f"/kartu/templat/{draft.pk}/gambar/"
    (tmp_path / "latar.png").write_bytes(photo("red", (300, 100), "PNG"))
    (tmp_path / "latar.gif").write_bytes(photo("red", (30, 10), "GIF"))

    with (tmp_path / "latar.png").open("rb") as file:
        first = client.post(path, {"file": file})
        file.seek(0)
        again = client.post(path, {"file": file})
    with (tmp_path / "latar.gif").open("rb") as file:
        refused = client.post(path, {"file": file})

    assert first.status_code == 201
    assert first.json() == again.json()
    assert (first.json()["width"], first.json()["height"]) == (300, 100)
    assert client.get(first.json()["url"])["Content-Type"] == "image/jpeg"
    assert refused.status_code == 422
    assert client.post(path).status_code == 422
    assert client.get("/kartu/templat/gambar/1:falsch").status_code == 404


def test_the_preview_is_one_svg_and_its_ground_comes_by_its_own_address(
    client: Client, office: Office, draft: TemplateDraft
) -> None:
    kept = make_picture(office)
    layers = [{"kind": "picture", "file": kept.pk}]
    made = with_element(draft, kind="photo", shape="circle") | {"background": layers}
    sign_in(client, office, "ca")

    said = {"design": made, "size": "square", "sample": "long", "photo": True}
    shown = post(client, f"/kartu/templat/{draft.pk}/pratinjau/", said)
    svg = shown.content.decode()
    address = svg.split('<image href="')[1].split('"')[0]

    assert shown["Content-Type"] == "image/svg+xml"
    photos = re.findall(r'href="(/kartu/templat/foto-contoh/[^"]+)"', svg)
    assert len(photos) == 1
    assert client.get(photos[0])["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "<script" not in svg
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert client.get(address + "x").status_code == 404


def test_published_versions_are_kept_and_an_old_one_comes_back(
    client: Client, office: Office, draft: TemplateDraft
) -> None:
    first = actions.publish_template(draft=draft, by="Bayu", at=NOW)
    TemplateChoice.objects.create(office=office, period="2026Q4", template=first)
    TemplateChoice.objects.create(office=office, period="2026Q1", template=first)
    changed = {**draft.design, "grain": 5}
    actions.save_template(draft=draft, design=changed, name="Lain", stamp=1, by="Bayu", at=NOW)
    second = actions.publish_template(draft=draft, by="Bayu", at=NOW)
    sign_in(client, office, "ca")

    with pytest.raises(actions.NothingNew):
        actions.publish_template(draft=draft, by="Bayu", at=NOW)
    answer = post(client, f"/kartu/templat/{draft.pk}/pulihkan/", {"version": 1, "stamp": 2})

    assert [row["version"] for row in answer.json()["versions"]] == [2, 1]
    assert (answer.json()["name"], answer.json()["stamp"]) == ("Templat kita", 3)
    assert list(queries.templates_of(office).filter(office=office)) == [second]
    assert queries.chosen_templates(office, "2026Q4") == [second]
    assert queries.choices_of(office)["2026Q1"] == [first]
    assert post(client, f"/kartu/templat/{draft.pk}/pulihkan/", {"version": 9}).status_code == 404
    assert post(client, f"/kartu/templat/{draft.pk}/pulihkan/", {"version": "x"}).status_code == 422


@pytest.mark.parametrize("rows", [1, 4])
def test_the_state_costs_the_same_however_much_there_is(
    client: Client,
    office: Office,
    draft: TemplateDraft,
    rows: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_picture(office, f"#0000{number:02d}")
        design = {**draft.design, "grain": number}
        actions.save_template(draft=draft, design=design, name="A", stamp=number + 1, by="Bayu", at=NOW)
        actions.publish_template(draft=draft, by="Bayu", at=NOW)
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(9):
        client.get(f"/kartu/templat/{draft.pk}/rancangan/")


def test_a_card_with_pictures_shows_them_where_they_are(office: Office, draft: TemplateDraft) -> None:
    kept = make_picture(office, "red")
    made = {"name": "A", "ordered": True, "background": [], "elements": []}
    made["elements"] = [
        {"kind": "picture", "file": kept.pk, "boxes": {"square": [-100, 0, 640, 1080]}},
        {"kind": "rect", "fill": "#0000ff", "boxes": {"square": [0, 540, 270, 540]}},
    ]

    card = render.jpeg(queries.drawable(made, office.pk), make_content(), "square")

    assert as_text(pixels(card), 4, 2) == "RR..\nBR.."
