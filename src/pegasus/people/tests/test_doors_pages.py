from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import make_employee, make_office, sign_in

from pegasus.people.models import Absence

pytestmark = pytest.mark.django_db


EDITING = (
    ("get", "people:person"),
    ("get", "people:change"),
    ("post", "people:change"),
    ("post", "people:leave"),
    ("post", "people:come-back"),
    ("post", "people:add-absence"),
    ("post", "people:assign-role"),
    ("post", "people:account"),
    ("post", "people:set-photo"),
    ("post", "people:remove-photo"),
    ("get", "people:photo"),
)


@pytest.mark.parametrize(("method", "name"), EDITING)
def test_without_the_role_a_colleague_s_page_is_forbidden(client: Client, method: str, name: str) -> None:
    office = make_office()
    sign_in(client, office, "humas", "cc", "head")
    sari = make_employee(office)

    answer = getattr(client, method)(reverse(name, args=[sari.pk]))

    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "name"), EDITING)
def test_another_office_s_people_do_not_exist(client: Client, method: str, name: str) -> None:
    sign_in(client, make_office(), "ca", "admin")
    stranger = make_employee(name="Orang Lain")

    answer = getattr(client, method)(reverse(name, args=[stranger.pk]))

    assert answer.status_code == 404
    assert "Orang Lain" not in answer.content.decode()


def test_another_office_s_absences_and_roles_do_not_exist(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    stranger = make_employee(roles=("ca",))
    absence = Absence.objects.create(employee=stranger, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 1))

    answers = [
        client.post(reverse("people:remove-absence", args=[absence.pk])),
        client.post(reverse("people:end-role", args=[stranger.roles.get().pk]), {"last_day": "2026-06-30"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Absence.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answers = [client.get(reverse(name)) for name in ("people:index", "people:add", "people:import", "people:own")]

    assert [answer.status_code for answer in answers] == [302] * 4
