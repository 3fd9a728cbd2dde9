import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.kernel.models import AuditEntry
from pegasus.people import actions
from pegasus.people.models import User

pytestmark = pytest.mark.django_db


def test_an_account_comes_with_a_password_that_is_shown_once(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office, name="Sari")
    account = reverse("people:account", args=[sari.pk])

    answer = client.post(account, {"username": "sari"})

    page = answer.content.decode()
    password = page.partition('<code class="people-secret">')[2].partition("<")[0]
    user = User.objects.get(username="sari")
    assert len(password) == 19
    assert user.check_password(password)
    assert user.employee == sari
    assert "no-store" in answer.headers["Cache-Control"]
    assert password not in client.get(reverse("people:person", args=[sari.pk])).content.decode()
    assert password not in str(list(AuditEntry.objects.values()))


def test_a_forgotten_password_is_replaced(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)
    user = actions.give_account(employee=sari, username="sari", password="rahasia-sekali", by="Ana", at=NOW)

    page = client.post(reverse("people:account", args=[sari.pk])).content.decode()

    user.refresh_from_db()
    assert "Kata sandi ini hanya tampil sekali" in page
    assert not user.check_password("rahasia-sekali")


@pytest.mark.parametrize(
    ("username", "sentence"), [("ana", "sudah dipakai"), ("a", "3"), ("tidak boleh", "tanpa spasi"), ("", "kosong")]
)
def test_a_name_that_cannot_be_signed_in_with_is_told(client: Client, username: str, sentence: str) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    User.objects.create_user(username="Ana")
    sari = make_employee(office)

    answer = client.post(reverse("people:account", args=[sari.pk]), {"username": username})

    sari.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sari.user is None


def test_a_temporary_password_opens_only_the_page_to_change_it(client: Client) -> None:
    office = make_office()
    sari = make_employee(office, roles=("ca",))
    user = actions.give_account(
        employee=sari, username="sari", password="sementara-sekali", temporary=True, by="Ana", at=NOW
    )
    client.force_login(user)
    change = reverse("account_change_password")
    new = {"oldpassword": "sementara-sekali", "password1": "kucing-hujan-lima", "password2": "kucing-hujan-lima"}

    before = client.get(reverse("people:index"))
    changed = client.post(change, new)
    after = client.get(reverse("people:index"))

    assert before.headers["Location"] == change
    assert changed.headers["Location"] == reverse("home:home")
    assert after.status_code == 200
