from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.builders import make_office, sign_in

from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.models import Duty
from pegasus.roster.tests.builders import make_draft, make_published, make_staffed_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T02:00:00+00:00")
    settings.PEGASUS_TEST_CLOCK = str(clock)


def address(office: Office) -> str:
    return reverse("roster:why", args=[duty(office).pk])


def duty(office: Office) -> Duty:
    return queries.duties_of(office).get(starts_on=date(2026, 12, 7))


def idle(office: Office) -> Employee:
    return next(one for one in Employee.objects.filter(office=office).order_by("pk") if not one.duties.exists())


def test_each_place_leads_to_the_question_why_not_somebody_else(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    sign_in(client, office)

    page = client.get(reverse("roster:index")).content.decode()

    assert f'href="{address(office)}"' in page


def test_the_answer_stands_on_the_page_without_any_script(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    other = idle(office)
    sign_in(client, office)

    page = client.get(address(office), {"dengan": str(other.pk), "ubah": ""}).content.decode()

    assert f"Mengapa bukan {other.name}?" in page
    assert f"{other.name} sama baiknya di tempat itu" in page
    assert "Bukan undian" in page
    assert "Yang dicoba:" in page
    assert 'hx-trigger="load"' not in page
    assert "Menurut data ketika jadwal disusun, 21 September 2026, 09.00." in page


def test_what_would_change_it_comes_after_the_answer(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    other = idle(office)
    sign_in(client, office)
    given: dict[str, str] = {"dengan": str(other.pk)}

    answer = client.get(address(office), given, headers={"HX-Request": "true", "HX-Target": "jawaban"})
    turning = client.get(address(office), given | {"ubah": ""}, headers={"HX-Request": "true", "HX-Target": "ubah"})

    assert 'hx-trigger="load"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert turning.content.decode().strip().startswith('<div id="ubah">')
    assert "Yang dicoba:" in turning.content.decode()
    assert "HX-Target" in turning["Vary"]


def test_a_name_is_found_by_typing_it(client: Client) -> None:
    office = make_staffed_office()
    make_published(office)
    sign_in(client, office)

    part = client.get(address(office), {"cari": "orang 17"}, headers={"HX-Request": "true", "HX-Target": "orang"})
    nobody = client.get(address(office), {"cari": "zzz"}).content.decode()

    assert part.content.decode().count("row-item") == 1
    assert "Orang 17" in part.content.decode()
    assert "Tidak ada nama seperti itu pada jadwal ini." in nobody


def test_a_draft_answers_those_who_plan(client: Client) -> None:
    office = make_staffed_office()
    place = queries.places_of(make_draft(office)).filter(starts_on=date(2026, 12, 7)).get()
    address = reverse("roster:why-draft", args=[place.pk])
    sign_in(client, office)
    refused = client.get(address)
    sign_in(client, office, "ca")

    page = client.get(address)
    draft = client.get(reverse("roster:draft", args=[place.roster_id])).content.decode()

    assert refused.status_code == 403
    assert f"Mengapa {place.employee.name}?" in page.content.decode()
    assert f'href="{address}"' in draft


def test_another_offices_place_is_not_there(client: Client) -> None:
    office = make_staffed_office()
    roster = make_published(office)
    place = queries.places_of(roster)[0]
    sign_in(client, make_office(), "ca")

    assert client.get(address(office)).status_code == 404
    assert client.get(reverse("roster:why-draft", args=[place.pk])).status_code == 404


@pytest.mark.parametrize("asked", ["x", "0", "99999999999999999999", "-1"])
def test_a_person_who_is_not_there_asks_to_choose_one(client: Client, asked: str) -> None:
    office = make_staffed_office()
    make_published(office)
    sign_in(client, office)

    page = client.get(address(office), {"dengan": asked})

    assert page.status_code == 200
    assert "Pilih satu nama" in page.content.decode()


@pytest.mark.parametrize("number", [16, 60])
def test_the_page_costs_the_same_however_many_people(
    client: Client,
    number: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - pytest-django's own type is private
) -> None:
    office = make_staffed_office(number)
    make_published(office)
    other = idle(office)
    sign_in(client, office)

    with django_assert_max_num_queries(17):
        client.get(address(office), {"dengan": other.pk})
