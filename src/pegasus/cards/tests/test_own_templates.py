import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.builders import NOW, make_office, sign_in

from pegasus.cards import actions
from pegasus.cards.tests.builders import make_draft

pytestmark = pytest.mark.django_db


def test_own_templates_stand_on_the_page_with_their_versions(client: Client) -> None:
    office = make_office()
    draft = make_draft(office, name="Senin ceria")
    actions.publish_template(draft=draft, by="Bayu", at=NOW)
    actions.save_template(draft=draft, design={**draft.design, "grain": 3}, name="Senin", stamp=1, by="Bayu", at=NOW)
    actions.publish_template(draft=draft, by="Bayu", at=NOW)
    make_draft(make_office(), name="Punya kantor lain")
    sign_in(client, office, "humas")

    page = client.get("/kartu/templat/").content.decode()

    assert f'href="/kartu/templat/{draft.pk}/sunting/"' in page
    assert f'href="/kartu/templat/{draft.pk}/unduh/"' in page
    assert "Versi 2, terbit 23 November 2026" in page
    assert "Versi 1: Senin ceria" in page
    assert "Punya kantor lain" not in page


def test_who_may_not_edit_sees_no_way_to(client: Client) -> None:
    office = make_office()
    draft = make_draft(office)
    sign_in(client, office)

    page = client.get("/kartu/templat/").content.decode()

    assert f"/kartu/templat/{draft.pk}/sunting/" not in page
    assert 'form="templat-baru"' not in page


def test_a_plain_form_restores_a_version(client: Client) -> None:
    office = make_office()
    draft = make_draft(office)
    actions.publish_template(draft=draft, by="Bayu", at=NOW)
    sign_in(client, office, "ca")

    answer = client.post(f"/kartu/templat/{draft.pk}/pulihkan/", {"version": "1"})

    assert answer["Location"] == f"/kartu/templat/{draft.pk}/sunting/"


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_costs_the_same_however_many_templates(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    for number in range(rows):
        actions.publish_template(draft=make_draft(office, name=f"T{number}"), by="Bayu", at=NOW)
    sign_in(client, office, "ca")
    client.get("/kartu/templat/")

    with django_assert_max_num_queries(24):
        client.get("/kartu/templat/")
