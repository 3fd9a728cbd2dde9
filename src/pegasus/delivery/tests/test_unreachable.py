"""A link that no phone can open never leaves unnoticed: a person is warned, an e-mail waits."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.builders import NOW, make_office, sign_in

from pegasus.delivery import jobs, queries
from pegasus.delivery.models import Delivery
from pegasus.delivery.tests.builders import make_delivery
from pegasus.kernel import clock

pytestmark = pytest.mark.django_db
State = Delivery.State
LOOPBACK = "http://127.0.0.1:8000"
TEXT = f"Halo Sari, kartunya di sini: {LOOPBACK}/kartu/3/"
WARNING = f"Tautan belum dapat dibuka dari ponsel: PEGASUS_BASE_URL masih {LOOPBACK}"


@pytest.fixture(autouse=True)
def at_nine(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.PEGASUS_BASE_URL = LOOPBACK


def at(name: str, delivery: Delivery) -> str:
    return reverse(f"delivery:{name}", args=[delivery.pk])


def test_whatsapp_opens_only_after_the_warning_was_acknowledged(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.PREPARED, text=TEXT)

    page = client.get(reverse("delivery:index")).content.decode()
    refused = client.post(at("open", delivery))
    delivery.refresh_from_db()
    before = delivery.state
    opened = client.post(at("open", delivery), {"paham": "1"})

    delivery.refresh_from_db()
    assert WARNING in page
    assert "Saya paham tautannya hanya terbuka di komputer ini" in page
    assert (refused["Location"], before) == (at("detail", delivery), State.PREPARED)
    assert WARNING in client.get(at("detail", delivery)).content.decode()
    assert opened["Location"].startswith("https://wa.me/6281234567890?text=")
    assert delivery.state == State.OPENED


def test_a_message_without_a_link_needs_no_such_step(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    delivery = make_delivery(office, channel="whatsapp_manual", state=State.PREPARED, text="Terima kasih")

    page = client.get(at("detail", delivery)).content.decode()
    opened = client.post(at("open", delivery))

    assert "Saya paham" not in page
    assert opened["Location"].startswith("https://wa.me/")


def test_an_email_with_such_a_link_waits_and_says_why(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    held, free = make_delivery(office, text=TEXT), make_delivery(office, text="Terima kasih")

    for delivery in (held, free):
        jobs.send.call(delivery.pk)

    held.refresh_from_db()
    free.refresh_from_db()
    page = client.get(at("detail", held)).content.decode()
    listed = client.get(reverse("delivery:index"), {"bagian": "terjadwal"}).content.decode()
    assert (held.state, held.attempts.count(), free.state) == (State.PLANNED, 0, State.ACCEPTED)
    assert [message.body for message in mail.outbox] == ["Terima kasih"]
    assert "Ditahan" in page
    assert WARNING in page
    assert "Ditahan" in listed


def test_a_held_email_still_ends_when_it_is_of_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    held = make_delivery(text=TEXT, expires_at=NOW + timedelta(hours=1))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=2))

    assert list(queries.needing_work(clock.now())) == [held.pk]
    jobs.send.call(held.pk)

    held.refresh_from_db()
    assert held.state == State.CANCELLED
    assert mail.outbox == []


def test_the_tests_own_address_counts_as_reachable(client: Client, settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = "http://testserver"
    office = make_office()
    sign_in(client, office, "ca")
    make_delivery(office, channel="whatsapp_manual", state=State.PREPARED, text="Lihat http://testserver/kartu/3/")

    assert "Tautan belum dapat dibuka" not in client.get(reverse("delivery:index")).content.decode()
