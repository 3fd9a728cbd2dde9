"""An assessor from another institution signs in without being an employee."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import make_employee, make_office, sign_in

from pegasus.kernel import clock
from pegasus.people import actions, queries
from pegasus.people.models import Employee, Office, Outsider, User

pytestmark = pytest.mark.django_db
PASSWORD = "rahasia-sekali-lima"
OPEN = ["home:home", "sop:index", "reports:index", "archive:index"]
# What every employee may open, and nobody from outside.
CLOSED = [
    "roster:index",
    "cards:index",
    "people:index",
    "people:own",
    "people:tokens",
    "calendar:index",
    "home:settings",
]


def invite(office: Office, *, days: int = 30, username: str = "penilai") -> Outsider:
    until = clock.today(office.timezone) + timedelta(days=days)
    guest = actions.Guest("Maya Sari", "Inspektorat Utama", "maya@itama.example", username, until)
    return actions.invite_outsider(
        office=office, guest=guest, password=PASSWORD, by=None, at=clock.now(), temporary=False
    )


def enter(client: Client, outsider: Outsider) -> None:
    assert outsider.user is not None
    client.force_login(outsider.user)


def test_the_administrator_invites_and_the_password_is_shown_once(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "admin")
    until = clock.today(office.timezone) + timedelta(days=30)
    facts = {"name": "Maya Sari", "institution": "Itama", "email": "maya@itama.example", "username": "maya"}

    page = client.post(reverse("people:outsiders"), facts | {"valid_until": until.isoformat()}).content.decode()

    made = Outsider.objects.get()
    password = page.partition('<code class="people-secret">')[2].partition("<")[0]
    assert made.user is not None
    assert made.user.check_password(password)
    assert made.user.must_change_password
    assert (made.office, made.role, made.valid_until) == (office, "assessor", until)
    assert not Employee.objects.filter(name="Maya Sari").exists()


@pytest.mark.parametrize("role", ["ca", "head", "cc", "humas"])
def test_nobody_else_invites(client: Client, role: str) -> None:
    sign_in(client, make_office(), role)

    answer = client.get(reverse("people:outsiders"))

    assert answer.status_code == 403


@pytest.mark.parametrize("name", OPEN)
def test_an_assessor_from_outside_sees_what_assessors_see(client: Client, name: str) -> None:
    enter(client, invite(make_office()))

    answer = client.get(reverse(name), follow=True)

    assert answer.status_code == 200
    assert "Maya Sari" in answer.content.decode()


@pytest.mark.parametrize("name", CLOSED)
def test_and_nothing_more(client: Client, name: str) -> None:
    enter(client, invite(make_office()))

    assert client.get(reverse(name)).status_code == 403


def test_another_office_does_not_know_them(client: Client) -> None:
    outsider = invite(make_office())
    sign_in(client, make_office(), "admin")

    assert client.post(reverse("people:end-outsider", args=[outsider.pk])).status_code == 404
    assert client.post(reverse("people:outsider-password", args=[outsider.pk])).status_code == 404


def test_ending_ends_the_open_session_too(client: Client) -> None:
    office = make_office()
    outsider = invite(office)
    enter(client, outsider)
    admin = make_employee(office, roles=("admin",))
    assert client.get(reverse("reports:index")).status_code == 200

    actions.end_outsider(outsider=outsider, by=admin, at=clock.now())

    assert client.get(reverse("reports:index")).headers["Location"].startswith(reverse("account_login"))


def test_after_the_last_day_nothing_opens(client: Client) -> None:
    outsider = invite(make_office())
    enter(client, outsider)

    Outsider.objects.update(
        valid_from=clock.today("Asia/Jakarta") - timedelta(days=9),
        valid_until=clock.today("Asia/Jakarta") - timedelta(days=1),
    )

    assert client.get(reverse("reports:index")).status_code == 302


def test_they_are_in_no_list_of_the_staff() -> None:
    office = make_office()
    invite(office)

    assert not queries.employees_of(office).exists()


def test_a_name_that_is_taken_and_a_day_that_is_over_are_told(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "admin")
    User.objects.create_user(username="Maya")
    facts = {"name": "Maya", "institution": "Itama", "email": "maya@itama.example", "username": "maya"}

    taken = client.post(reverse("people:outsiders"), facts | {"valid_until": str(clock.today(office.timezone))})
    over = client.post(reverse("people:outsiders"), facts | {"username": "lain", "valid_until": "2020-01-01"})

    assert (taken.status_code, over.status_code) == (422, 422)
    assert "sudah dipakai" in taken.content.decode()
    assert "Hari itu sudah lewat" in over.content.decode()
