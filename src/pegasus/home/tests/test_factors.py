"""A second factor: set up, asked for at sign-in, required by the office, taken off when it is lost."""

import hmac
import struct
import time
from base64 import b32decode
from hashlib import sha1

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office

from pegasus.people import actions
from pegasus.people.models import AccountNotice, Employee, Office

pytestmark = pytest.mark.django_db
PASSWORD = "rahasia-sekali-lima"


def code_of(secret: str, *, ago: int = 0) -> str:
    """Return what an authenticator app shows for a secret (RFC 6238)."""
    digest = hmac.new(b32decode(secret), struct.pack(">Q", int(time.time()) // 30 - ago), sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def holder(office: Office, *roles: str, username: str = "cc") -> Employee:
    person = make_employee(office, roles=roles)
    actions.give_account(employee=person, username=username, password=PASSWORD, by="Ana", at=NOW)
    return person


def enter(username: str = "cc") -> tuple[Client, str]:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    return client, answer.headers.get("Location", "")


def set_up() -> tuple[Client, str]:
    client, _where = enter()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = page.partition("<code>")[2].partition("</code>")[0]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret, ago=1)})
    return client, secret


def test_an_app_is_set_up_and_asked_for_from_then_on() -> None:
    holder(make_office(), "cc")
    _client, secret = set_up()

    client, where = enter()
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert where == reverse("mfa_authenticate")
    assert wrong.status_code == 200
    assert right.headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_secret_does_not_lie_open_in_the_database() -> None:
    holder(make_office(), "cc")
    _client, secret = set_up()

    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_recovery_code_opens_once() -> None:
    holder(make_office(), "cc")
    own, _secret = set_up()
    page = own.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = page.partition("<code>")[2].partition("</code>")[0]
    first, second = enter()[0], enter()[0]

    opened = first.post(reverse("mfa_authenticate"), {"code": code})
    again = second.post(reverse("mfa_authenticate"), {"code": code})

    assert opened.headers["Location"] == "/"
    assert again.status_code == 200


def test_an_office_that_requires_it_leads_to_where_it_is_set_up() -> None:
    office = make_office(requires_second_factor=True)
    holder(office, "cc")
    holder(office, "ca", username="ca")
    client, _where = enter()

    led = client.get(reverse("reports:index"))
    page = client.get(led.headers["Location"]).content.decode()
    free, _other = enter("ca")

    assert led.headers["Location"] == reverse("mfa_index")
    assert "mewajibkan verifikasi dua langkah" in page
    assert free.get(reverse("reports:index")).status_code == 200


def test_who_has_set_it_up_goes_on() -> None:
    holder(make_office(requires_second_factor=True), "cc")
    client, _secret = set_up()

    assert client.get(reverse("reports:index")).status_code == 200


def test_who_has_none_is_reminded_on_the_first_page() -> None:
    holder(make_office(), "cc")
    client, _where = enter()

    assert "hanya dijaga kata sandi" in client.get("/").content.decode()


def test_the_administrator_takes_a_lost_factor_off_and_the_owner_is_told() -> None:
    office = make_office()
    cc = holder(office, "cc")
    holder(office, "admin", username="admin")
    holder(office, "ca", username="ca")
    set_up()
    agent, admin = enter("ca")[0], enter("admin")[0]

    refused = agent.post(reverse("people:remove-factors", args=[cc.pk]))
    admin.post(reverse("people:remove-factors", args=[cc.pk]))

    assert refused.status_code == 403
    assert not Authenticator.objects.filter(user=cc.user).exists()
    assert AccountNotice.objects.filter(user=cc.user, kind="factor.removed").count() == 1
    assert enter()[1] == "/"


def test_other_devices_are_seen_and_signed_out() -> None:
    holder(make_office(), "cc")
    here, there = enter()[0], enter()[0]

    page = here.get(reverse("usersessions_list")).content.decode()
    here.post(reverse("usersessions_list"))

    assert "Perangkat ini" in page
    assert "Keluarkan perangkat lain" in page
    assert here.get("/").status_code == 200
    assert there.get("/").headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
        "usersessions_list",
        "account_reauthenticate",
    ],
)
def test_the_pages_open_and_speak_indonesian(name: str) -> None:
    holder(make_office(), "cc")
    client, _secret = set_up()

    answer = client.get(reverse(name), follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert not [word for word in ("Authenticator", "Two-Factor", "Security Key", "Recovery") if f">{word}" in page]
    assert "<script>" not in page
