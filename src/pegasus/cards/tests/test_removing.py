import re

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from tests.builders import NOW, make_office, sign_in

from pegasus.calendar.domain.periods import Period
from pegasus.cards import actions
from pegasus.cards.models import BulkRun, CardTemplate, CardVersion, TemplateDraft, TemplatePicture
from pegasus.cards.tests.builders import make_card, make_draft, make_picture, photo, with_element
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Office
from pegasus.typeset import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def draft(office: Office) -> TemplateDraft:
    return make_draft(office, name="Senin ceria")


def published(draft: TemplateDraft) -> CardTemplate:
    return actions.publish_template(draft=draft, by="Bayu", at=NOW)


def test_a_template_that_nothing_uses_is_asked_about_then_deleted_with_its_versions(
    client: Client, office: Office, draft: TemplateDraft
) -> None:
    published(draft)
    sign_in(client, office, "humas")
    address = f"/kartu/templat/{draft.pk}/hapus/"

    asked = client.get(address).content.decode()
    still_there = TemplateDraft.objects.filter(pk=draft.pk).exists()
    answer = client.post(address)

    assert "Hapus “Senin ceria”?" in asked
    assert "1 versi yang pernah terbit" in asked
    assert still_there
    assert answer["Location"] == "/kartu/templat/"
    assert not TemplateDraft.objects.filter(pk=draft.pk).exists()
    assert not CardTemplate.objects.filter(key=draft.key).exists()
    entry = AuditEntry.objects.get(action="template.removed")
    assert (entry.subject, entry.before) == (f"template_draft:{draft.pk}", {"name": "Senin ceria", "versions": 1})


def test_a_template_that_was_deleted_meanwhile_is_neither_saved_published_restored_nor_deleted_again(
    draft: TemplateDraft,
) -> None:
    version = published(draft)
    actions.remove_template(draft=TemplateDraft.objects.get(pk=draft.pk), by="Citra", at=NOW)

    with pytest.raises(actions.TemplateGone):
        actions.remove_template(draft=draft, by="Bayu", at=NOW)
    with pytest.raises(actions.TemplateGone):
        actions.publish_template(draft=draft, by="Bayu", at=NOW)
    with pytest.raises(actions.TemplateGone):
        actions.save_template(draft=draft, design=draft.design, name="A", stamp=1, by="Bayu", at=NOW)
    with pytest.raises(actions.TemplateGone):
        actions.restore_template(draft=draft, version=version, stamp=1, by="Bayu", at=NOW)
    assert AuditEntry.objects.filter(action="template.removed").count() == 1


def test_what_uses_a_template_is_said_and_keeps_it(client: Client, office: Office, draft: TemplateDraft) -> None:
    template = published(draft)
    period = Period.parse("2026Q4")
    actions.choose_templates(office=office, period=period, templates=[template], by="Bayu", at=NOW)
    make_card(office, template=template)
    facts = {"template": template, "shown_on": NOW.date(), "created_at": NOW, "created_by": "Bayu"}
    BulkRun.objects.create(office=office, title="Ulang tahun", **facts)
    sign_in(client, office, "ca")
    address = f"/kartu/templat/{draft.pk}/hapus/"

    answer = client.post(address)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "“Senin ceria” masih dipakai" in page
    assert "“Senin ceria” masih dipakai" in client.get(address).content.decode()
    assert "dipilih untuk Triwulan IV 2026" in page
    assert "1 kartu dibuat dengannya" in page
    assert "1 pekerjaan kartu banyak memakainya" in page
    assert "Hapus templat ini" not in page
    assert CardTemplate.objects.filter(pk=template.pk).exists()


def test_an_older_version_in_use_keeps_the_whole_template(office: Office, draft: TemplateDraft) -> None:
    make_card(office, template=published(draft))
    actions.save_template(draft=draft, design={**draft.design, "grain": 3}, name="Baru", stamp=1, by="Bayu", at=NOW)
    draft.refresh_from_db()
    published(draft)

    with pytest.raises(actions.StillUsed):
        actions.remove_template(draft=draft, by="Bayu", at=NOW)

    assert CardTemplate.objects.filter(key=draft.key).count() == 2


def test_a_card_that_was_once_sent_with_it_keeps_a_template(
    client: Client, office: Office, draft: TemplateDraft
) -> None:
    template = published(draft)
    card = make_card(office)
    sent = {"number": 1, "template": template, "name": card.name, "sent_at": NOW, "sent_by": "Bayu"}
    CardVersion.objects.create(card=card, **sent)
    sign_in(client, office, "ca")

    page = client.get(f"/kartu/templat/{draft.pk}/hapus/").content.decode()

    assert "1 kartu dibuat dengannya" in page
    with pytest.raises(actions.StillUsed):
        actions.remove_template(draft=draft, by="Bayu", at=NOW)


def test_a_picture_is_kept_while_a_draft_a_version_or_the_brand_shows_it(
    client: Client, office: Office, draft: TemplateDraft
) -> None:
    in_version = make_picture(office, "red")
    logo = pictures.accept(photo("green", (400, 200)))
    kit = actions.set_brand(office=office, colours=[], margin=64, logo=logo, by="Bayu", at=NOW)
    shown = with_element(draft, kind="picture", file=in_version.pk)
    actions.save_template(draft=draft, design=shown, name="Merah", stamp=1, by="Bayu", at=NOW)
    draft.refresh_from_db()
    published(draft)
    actions.save_template(
        draft=draft, design={**draft.design, "elements": []}, name="Merah", stamp=2, by="Bayu", at=NOW
    )
    spare = make_picture(office, "blue")
    sign_in(client, office, "ca")

    for picture in (in_version.pk, kit.logo_id):
        client.post(f"/kartu/templat/gambar-kantor/{picture}/hapus/")
    page = client.get("/kartu/templat/gambar-kantor/").content.decode()

    assert set(TemplatePicture.objects.values_list("pk", flat=True)) == {in_version.pk, kit.logo_id, spare.pk}
    assert "Dipakai di Merah" in page
    assert "Logo kantor" in page
    assert re.findall(r"/gambar-kantor/(\d+)/hapus/", page) == [str(spare.pk)]


def test_a_picture_that_nothing_shows_goes_with_its_file(
    client: Client, office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    picture = make_picture(office)
    name = picture.file.name or ""
    sign_in(client, office, "ca")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/kartu/templat/gambar-kantor/{picture.pk}/hapus/")

    assert not TemplatePicture.objects.filter(pk=picture.pk).exists()
    assert not default_storage.exists(name)
    assert AuditEntry.objects.filter(
        action="template.picture_removed", subject=f"template_picture:{picture.pk}"
    ).exists()


@pytest.mark.parametrize("role", ["pegawai", "another office's CA"])
def test_who_is_not_to_delete_does_not(client: Client, office: Office, draft: TemplateDraft, role: str) -> None:
    picture = make_picture(office)
    if role == "pegawai":
        sign_in(client, office)
    else:
        sign_in(client, make_office(), "ca")
    wanted = 403 if role == "pegawai" else 404

    answers = [
        client.post(f"/kartu/templat/{draft.pk}/hapus/"),
        client.post(f"/kartu/templat/gambar-kantor/{picture.pk}/hapus/"),
    ]

    assert [answer.status_code for answer in answers] == [wanted, wanted]
    assert TemplateDraft.objects.filter(pk=draft.pk).exists()
    assert TemplatePicture.objects.filter(pk=picture.pk).exists()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_pictures_cost_the_same_however_many(
    client: Client, office: Office, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for colour in ("red", "green", "blue", "white")[:rows]:
        make_picture(office, colour)
    sign_in(client, office, "ca")
    client.get("/kartu/templat/gambar-kantor/")

    with django_assert_max_num_queries(10):
        page = client.get("/kartu/templat/gambar-kantor/").content.decode()

    assert page.count("hapus/") == rows
