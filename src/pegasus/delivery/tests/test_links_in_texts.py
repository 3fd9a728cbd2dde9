"""A personal link stands in no message that is kept; whoever may read or get the message has it whole."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.delivery import channels
from pegasus.delivery.domain.links import hide_links, show_links
from pegasus.delivery.models import Delivery
from pegasus.delivery.tests.builders import make_delivery
from pegasus.people import actions as people
from pegasus.people.queries import token_of

BASE = "https://pegasus.example.go.id"
TOKEN = "1-0123456789abcdef01234567"


def hidden(text: str) -> str:
    return hide_links(text, base=BASE, number_of=lambda token: 7 if token == TOKEN else None)


def shown(text: str) -> str:
    return show_links(text, base=BASE, token_of=lambda number: TOKEN if number == 7 else "foreign")


@given(st.lists(st.sampled_from(["Halo ", f"{BASE}/t/{TOKEN}/", f"{BASE}/j/{TOKEN}/bagikan/", "\n", BASE, "[t/7]"])))
def test_what_is_hidden_comes_back_as_it_was(parts: list[str]) -> None:
    text = "".join(parts)

    assert shown(hidden(text)) == text
    assert TOKEN not in hidden(text)


@pytest.mark.parametrize("mark", ["⟦t/7⟧", "⟦alamat⟧/⟦j/7⟧", "⟦t/⟦t/7⟧⟧"])
def test_a_mark_written_by_hand_becomes_no_link(mark: str) -> None:
    assert TOKEN not in shown(hidden(mark))


def test_a_strange_token_stays_what_it_is() -> None:
    strange = f"{BASE}/t/2-0123456789abcdef01234567/"

    assert shown(hidden(strange)) == strange


@pytest.mark.django_db
def test_the_database_keeps_the_mark_and_the_page_shows_the_link(client: Client, settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = BASE
    office = make_office()
    sari = make_employee(office, name="Sari Wulandari", phone="+6281234567890")
    link = people.open_link(employee=sari, purpose="duty", subject="duty:1", at=NOW, expires_at=NOW)
    whole = f"{BASE}/t/{token_of(link)}/"
    delivery = make_delivery(
        office, to=sari, channel="whatsapp_manual", state=Delivery.State.PREPARED, text=f"Halo,\n{whole}\nTerima kasih"
    )
    sign_in(client, office, "ca")

    page = client.get(reverse("delivery:detail", args=[delivery.pk])).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM delivery_delivery WHERE id = %s", [delivery.pk])
        (kept,) = cursor.fetchone()

    assert token_of(link) not in kept
    assert kept == f"Halo,\n⟦alamat⟧/⟦t/{link.pk}⟧\nTerima kasih"
    assert channels.text_of(delivery) == f"Halo,\n{whole}\nTerima kasih"
    assert whole in page
    assert "⟦" not in page


@pytest.mark.django_db
def test_a_message_follows_the_installation_to_its_new_address(settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = "http://127.0.0.1:8000"
    delivery = make_delivery(text="Lihat http://127.0.0.1:8000/kartu/3/")
    held = channels.is_held(delivery)

    settings.PEGASUS_BASE_URL = BASE

    assert (held, channels.is_held(delivery)) == (True, False)
    assert channels.text_of(delivery) == f"Lihat {BASE}/kartu/3/"


@pytest.mark.django_db
def test_messages_of_before_lose_their_links_too(settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = BASE
    office = make_office()
    sari = make_employee(office, name="Sari Wulandari")
    link = people.open_link(employee=sari, purpose="duty", subject="duty:1", at=NOW, expires_at=NOW)
    whole = f"Halo {BASE}/t/{token_of(link)}/bagikan/"
    delivery = make_delivery(office, to=sari)
    Delivery.objects.filter(pk=delivery.pk).update(text=whole)
    step = __import__("pegasus.delivery.migrations.0005_links_out_of_texts", fromlist=["hide"])

    step.hide(apps, None)

    delivery.refresh_from_db()
    assert delivery.text == f"Halo ⟦alamat⟧/⟦t/{link.pk}⟧bagikan/"
    assert channels.text_of(delivery) == whole
