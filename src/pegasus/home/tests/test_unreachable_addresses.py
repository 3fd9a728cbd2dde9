"""Whatever address is meant for another device says beside it when no other device can open it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.builders import make_office, sign_in

from pegasus.home.screen import PURPOSE
from pegasus.kernel import clock
from pegasus.people import actions
from pegasus.people.models import Office
from pegasus.reports.tests.builders import AFTER, make_report
from pegasus.signing.tests.builders import make_head, make_record, make_request

pytestmark = pytest.mark.django_db
LOOPBACK = "http://127.0.0.1:8000"
WARNING = f"Tautan belum dapat dibuka dari ponsel: PEGASUS_BASE_URL masih {LOOPBACK}."
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def screen(client: Client) -> str:
    office = make_office()
    sign_in(client, office, "ca")
    actions.renew_address(office=office, purpose=PURPOSE, by="Ayu", at=NOW)
    return reverse("home:screen-address")


def calendars(client: Client) -> str:
    sign_in(client, make_office(), "ca")
    return reverse("roster:calendars")


def asking(client: Client) -> str:
    office = make_head().office
    sign_in(client, office, "ca")
    return reverse("signing:new", args=[make_record(office, kind="letter").pk])


def waiting(client: Client) -> str:
    wish = make_request()
    sign_in(client, wish.office, "ca")
    return reverse("signing:request", args=[wish.pk])


def report(client: Client) -> str:
    office: Office = make_office()
    sign_in(client, office, "ca")
    return reverse("reports:report", args=[make_report(office).pk])


@pytest.mark.parametrize(
    ("page", "effect"),
    [
        (screen, "Alamat di bawah ini baru terbuka di komputer Pegasus sendiri, belum di televisi."),
        (calendars, "Kalender di ponsel belum dapat mengambil giliran dari alamat di bawah ini."),
        (asking, "Kode QR di dokumen yang ditandatangani memuat alamat itu dan tidak dapat diubah lagi."),
        (
            waiting,
            "Kode QR di dokumen ini memuat alamat itu: tarik permintaan ini dan minta lagi setelah alamatnya diatur.",
        ),
        (report, "Kode QR di laporan final memuat alamat itu. Atur alamatnya sebelum laporan dinyatakan final."),
    ],
)
def test_an_address_that_only_this_machine_opens_says_so(
    client: Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    page: Callable[[Client], str],
    effect: str,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    settings.PEGASUS_BASE_URL = LOOPBACK
    address = page(client)

    unreachable = client.get(address).content.decode()
    settings.PEGASUS_BASE_URL = "https://pegasus.kantor.example"
    reachable = client.get(address).content.decode()

    assert f"{WARNING} {effect} Isi PEGASUS_BASE_URL dengan alamat" in unreachable
    assert "PEGASUS_BASE_URL" not in reachable


def test_who_cannot_settle_it_is_told_whom_to_ask(client: Client, settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = LOOPBACK
    sign_in(client, make_office())

    page = client.get(reverse("roster:calendars")).content.decode()

    assert "Beri tahu administrator kantor." in page
    assert "Isi PEGASUS_BASE_URL" not in page


def test_a_closed_screen_needs_no_warning(client: Client, settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = LOOPBACK
    sign_in(client, make_office(), "ca")

    assert "PEGASUS_BASE_URL" not in client.get(reverse("home:screen-address")).content.decode()
