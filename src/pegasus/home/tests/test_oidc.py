"""A whole round trip with a real provider on loopback: who is known comes in, nobody else does."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from oidc_provider_mock import User as Claims
from oidc_provider_mock import run_server_in_thread
from pytest_django.fixtures import Settings
from tests.builders import NOW, make_employee, make_office

from pegasus.people import actions
from pegasus.people.models import User

# The provider's own libraries are deprecated in parts; that is no news about Pegasus.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SARI = "sari@kantor.example"


@pytest.fixture
def provider(settings: Settings) -> Iterator[str]:
    people = [
        Claims(sub="sari", claims={"email": SARI, "email_verified": True}),
        Claims(sub="asing", claims={"email": "asing@lain.example", "email_verified": True}),
        Claims(sub="mengaku", claims={"email": SARI, "email_verified": False}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        address = f"http://localhost:{server.server_port}"
        use(settings, address)
        yield address


def use(settings: Settings, address: str) -> None:
    app = {"provider_id": "instansi", "name": "SSO", "client_id": "pegasus", "secret": "rahasia"}
    settings.PEGASUS_OIDC_URL, settings.PEGASUS_OIDC_NAME = address, "SSO uji"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app | {"settings": {"server_url": address}}]}
    }


@pytest.fixture
def sari() -> User:
    employee = make_employee(make_office(), roles=("humas",), name="Sari", email=SARI)
    return actions.give_account(employee=employee, username="sari", password="rahasia-sekali", by="Ana", at=NOW)


def come_in(client: Client, sub: str) -> HttpResponse:
    """Go to the provider, say who one is there, and return what Pegasus then answers."""
    there = client.post("/akun/instansi/").headers["Location"]
    back = httpx.post(there, data={"sub": sub}, timeout=10).headers["location"]
    parts = urlsplit(back)
    answer: HttpResponse = client.get(f"{parts.path}?{parts.query}")  # type: ignore[assignment] # the stubs' own name
    return answer


def test_who_is_known_by_a_confirmed_mailbox_comes_in(client: Client, provider: str, sari: User) -> None:
    offered = client.get("/akun/login/").content.decode()

    answer = come_in(client, "sari")

    assert "Masuk dengan SSO uji" in offered
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(sari.pk)
    assert SocialAccount.objects.values_list("uid", "extra_data").get() == ("sari", {})


def test_and_again_by_the_connection(client: Client, provider: str, sari: User) -> None:
    come_in(Client(), "sari")
    User.objects.filter(pk=sari.pk).update(email="baru@kantor.example")

    assert come_in(client, "sari").headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(sari.pk)


@pytest.mark.parametrize("sub", ["asing", "mengaku"])
def test_nobody_else_comes_in_or_gets_an_account(client: Client, provider: str, sari: User, sub: str) -> None:
    told = come_in(client, sub)

    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1
    assert "belum dikenal" in told.content.decode()


def test_a_provider_that_does_not_answer_is_said(client: Client, settings: Settings) -> None:
    use(settings, "http://localhost:9")

    answer = client.post("/akun/instansi/")

    assert answer.status_code == 502
    assert "tidak menjawab" in answer.content.decode()


def test_without_the_setting_there_is_nothing(client: Client, sari: User) -> None:
    assert client.post("/akun/instansi/").status_code == 404
    assert "Masuk dengan akun" not in client.get("/akun/login/").content.decode()
