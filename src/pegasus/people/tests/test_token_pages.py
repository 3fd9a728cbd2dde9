import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.builders import NOW, make_office, sign_in

from pegasus.kernel.models import AuditEntry
from pegasus.people import actions
from pegasus.people.models import ApiToken

pytestmark = pytest.mark.django_db
PAGE = reverse("people:tokens")


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text(NOW.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(clock)


def test_a_new_key_is_shown_once_and_opens_the_interface(client: Client) -> None:
    me = sign_in(client, make_office())

    shown = client.post(PAGE, {"name": "Rekap Excel", "days": "30"})
    again = client.get(PAGE)

    found = re.search(r"pegasus_[\w-]{43}", shown.content.decode())
    assert found is not None
    assert found.group() not in again.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "Rekap Excel" in again.content.decode()
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {found.group()}"})
    assert answer.json()["name"] == me.name
    assert AuditEntry.objects.get(action="token.made").employee_id == me.pk


@pytest.mark.parametrize("given", [{"name": "", "days": "30"}, {"name": "Rekap", "days": "9999"}])
def test_a_key_needs_a_purpose_and_an_end(client: Client, given: dict[str, str]) -> None:
    sign_in(client, make_office())

    assert client.post(PAGE, given).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_revoked_key_opens_nothing(client: Client) -> None:
    me = sign_in(client, make_office())
    token, secret = actions.make_token(
        employee=me, name="Skrip", expires_at=NOW.replace(year=2027), by=me.name, at=NOW
    )

    page = client.post(reverse("people:revoke-token", args=[token.pk]), follow=True)

    assert "Token Skrip dicabut" in page.content.decode()
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_nobody_revokes_the_key_of_another(client: Client) -> None:
    office = make_office()
    other = sign_in(client, office)
    token, _secret = actions.make_token(
        employee=other, name="Skrip", expires_at=NOW.replace(year=2027), by=other.name, at=NOW
    )
    sign_in(client, office, "ca", "admin")

    assert client.post(reverse("people:revoke-token", args=[token.pk])).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_twenty_keys_are_enough(client: Client) -> None:
    me = sign_in(client, make_office())
    for number in range(20):
        actions.make_token(employee=me, name=str(number), expires_at=NOW.replace(year=2027), by=me.name, at=NOW)

    page = client.post(PAGE, {"name": "Satu lagi", "days": "30"})

    assert page.status_code == 422
    assert "Sudah ada 20 token" in page.content.decode()
    assert ApiToken.objects.count() == 20
