import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.builders import make_office, sign_in

from pegasus.delivery.models import Delivery
from pegasus.delivery.tests.builders import make_delivery
from pegasus.kernel import clock
from pegasus.kernel.models import Heartbeat, Job

pytestmark = pytest.mark.django_db
UNREACHABLE = "Tautan belum dapat dibuka dari ponsel: PEGASUS_BASE_URL masih http://127.0.0.1:8000"


def doctor() -> tuple[list[str], bool]:
    """Return the lines that the command prints, and whether it ends well."""
    printed = StringIO()
    try:
        call_command("doctor", stdout=printed)
    except CommandError:
        return printed.getvalue().splitlines(), False
    return printed.getvalue().splitlines(), True


def test_a_living_installation_answers_200_with_each_check(client: Client) -> None:
    Heartbeat.objects.create(worker="w1", at=clock.now())

    answer = client.get(reverse("home:healthz"))

    assert answer.status_code == 200
    assert set(json.loads(answer.content)["checks"]) == {
        "database",
        "migrations",
        "worker",
        "oldest_due_job",
        "channels",
        "address",
        "archive",
        "disk",
    }


@pytest.mark.parametrize("minutes", [2, 60])
def test_a_silent_worker_makes_it_unwell(client: Client, minutes: int) -> None:
    Heartbeat.objects.create(worker="w1", at=clock.now() - timedelta(minutes=minutes))

    answer = client.get(reverse("home:healthz"))

    assert answer.status_code == 503
    assert json.loads(answer.content)["checks"]["worker"]["well"] is False


@pytest.mark.parametrize(("ahead", "well"), [(timedelta(seconds=5), True), (timedelta(hours=3), False)])
def test_a_sign_of_life_from_the_future_is_none(client: Client, ahead: timedelta, well: bool) -> None:  # noqa: FBT001 - a case
    Heartbeat.objects.create(worker="of a machine whose clock is wrong", at=clock.now() + ahead)

    worker = json.loads(client.get(reverse("home:healthz")).content)["checks"]["worker"]

    assert worker["well"] is well
    assert well or "di masa depan" in worker["fact"]


def test_a_sign_of_life_from_the_future_hides_nobody_who_lives(client: Client) -> None:
    Heartbeat.objects.create(worker="of a machine whose clock is wrong", at=clock.now() + timedelta(days=3))
    Heartbeat.objects.create(worker="alive", at=clock.now() - timedelta(seconds=20))

    worker = json.loads(client.get(reverse("home:healthz")).content)["checks"]["worker"]

    assert worker["well"] is True


def test_a_job_that_waits_too_long_makes_it_unwell(client: Client) -> None:
    now = clock.now()
    Heartbeat.objects.create(worker="w1", at=now)
    Job.objects.create(task_path="pegasus.delivery.jobs.send", run_at=now - timedelta(minutes=9), enqueued_at=now)

    answer = client.get(reverse("home:healthz"))

    assert answer.status_code == 503
    assert "pegasus.delivery.jobs.send" in json.loads(answer.content)["checks"]["oldest_due_job"]["fact"]


def test_metrics_are_there_only_when_switched_on(client: Client, settings: Settings) -> None:
    address = reverse("home:metrics")

    settings.PEGASUS_METRICS = False
    off = client.get(address)
    settings.PEGASUS_METRICS = True
    on = client.get(address)

    assert off.status_code == 404
    assert 'pegasus_well{check="database"} 1' in on.content.decode()
    assert "pegasus_jobs_due 0" in on.content.decode()


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({"REMOTE_ADDR": "192.0.2.7"}, "", 404),
        ({"REMOTE_ADDR": "127.0.0.1"}, "", 200),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, "", 404),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, "", 404),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer satu-rahasia-yang-panjang"}, "satu", 200),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer lain"}, "satu", 404),
        ({"REMOTE_ADDR": "127.0.0.1"}, "satu", 404),
    ],
)
def test_metrics_are_for_this_machine_or_for_the_token(
    client: Client, settings: Settings, headers: dict[str, str], token: str, status: int
) -> None:
    settings.PEGASUS_METRICS = True
    settings.PEGASUS_METRICS_TOKEN = f"{token}-rahasia-yang-panjang" if token else ""

    answer = client.get(reverse("home:metrics"), **headers)  # type: ignore[arg-type] # headers

    assert answer.status_code == status


def test_metrics_count_what_waits_and_not_what_is_over(client: Client, settings: Settings) -> None:
    settings.PEGASUS_METRICS = True
    make_delivery(state=Delivery.State.UNKNOWN)
    make_delivery(state=Delivery.State.CONFIRMED)

    shown = client.get(reverse("home:metrics")).content.decode()

    assert 'pegasus_deliveries_open{state="unknown"} 1' in shown
    assert "confirmed" not in shown


@pytest.mark.parametrize(
    ("base", "state", "fact"),
    [
        ("http://127.0.0.1:8000", "to_settle", UNREACHABLE),
        ("https://pegasus.example.go.id", "well", "https://pegasus.example.go.id"),
    ],
)
def test_an_address_that_no_phone_can_open_is_a_fact_and_does_not_make_it_unwell(
    client: Client, settings: Settings, base: str, state: str, fact: str
) -> None:
    settings.PEGASUS_BASE_URL = base
    Heartbeat.objects.create(worker="w1", at=clock.now())

    answer = client.get(reverse("home:healthz"))

    assert answer.status_code == 200
    assert json.loads(answer.content)["checks"]["address"] == {"state": state, "well": True, "fact": fact}


@pytest.mark.parametrize("address", ["home:home", "home:health", "reminders:index"])
def test_the_pages_say_that_no_phone_can_open_the_links(client: Client, settings: Settings, address: str) -> None:
    sign_in(client, make_office(), "ca", "admin")
    url = reverse(address)

    reachable = client.get(url).content.decode()
    settings.PEGASUS_BASE_URL = "http://localhost:8000"
    unreachable = client.get(url).content.decode()

    words = "Tautan belum dapat dibuka dari ponsel: PEGASUS_BASE_URL masih http://localhost:8000"
    assert words not in reachable
    assert words in unreachable
    assert address != "home:health" or "Perlu diatur" in unreachable


def test_doctor_healthz_and_the_page_say_the_same_of_every_check(client: Client, settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = "http://127.0.0.1:8000"
    sign_in(client, make_office(), "admin")

    lines, ends_well = doctor()
    page = client.get(reverse("home:health")).content.decode()
    states = [one["state"] for one in json.loads(client.get(reverse("home:healthz")).content)["checks"].values()]
    told = {one["name"]: one["state"] for one in client.get("/api/v1/health").json()["checks"]}

    words = {"well": "Baik", "to_settle": "Perlu diatur", "unwell": "Perlu dilihat"}
    assert ends_well is False  # no worker runs here
    assert [line.partition("  ")[0] for line in lines[:8]] == [words[state] for state in states]
    assert states.count("to_settle") == 1
    assert told["address"] == "to_settle"
    assert [page.count(f"{word}</span>") for word in words.values()] == [states.count(state) for state in words]


def test_doctor_speaks_indonesian(settings: Settings) -> None:
    settings.PEGASUS_BASE_URL = "http://127.0.0.1:8000"
    Heartbeat.objects.create(worker="w1", at=clock.now())

    lines, ends_well = doctor()

    assert ends_well is True
    assert lines[5].split(maxsplit=2) == ["Perlu", "diatur", f"Alamat untuk ponsel: {UNREACHABLE}"]
    assert [line[15:].partition(":")[0] for line in lines[:8]] == [
        "Basis data",
        "Susunan tabel",
        "Pekerja latar",
        "Antrean kerja",
        "Saluran pesan",
        "Alamat untuk ponsel",
        "Berkas arsip",
        "Ruang simpan",
    ]
    assert lines[8:] == ["Pegasus berjalan baik. Yang perlu diatur tertulis di atas."]
