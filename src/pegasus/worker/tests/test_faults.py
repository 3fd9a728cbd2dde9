"""The worst moments of sending: the worker dies between the attempt and its outcome; two workers run at once."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.installation import Installation, installation
from tests.waiting import PATIENCE, until

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLAN = """
from pegasus.kernel import clock, database
database.bring_up_to_date()
from pegasus.delivery.actions import plan_delivery
from pegasus.people.models import Employee, Office
office = Office.objects.create(code="1700", name="BPS Uji")
sari = Employee.objects.create(office=office, name="Sari", email="sari@example.go.id")
for number in range({number}):
    plan_delivery(office=office, key=f"test|{{number}}", channel="email", kind="test", to=sari, text="Halo",
                  due_at=clock.now(), at=clock.now())
"""
STATES = """
from pegasus.delivery.models import Delivery
print(",".join(sorted(Delivery.objects.values_list("state", flat=True))))
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data") as made:
        (tmp_path / "now").write_text("2026-11-23T02:00:00+00:00")
        made.environment["PEGASUS_TEST_DIARY"] = str(tmp_path / "diary.txt")
        made.environment["PEGASUS_TEST_CLOCK"] = str(tmp_path / "now")
        made.environment["DJANGO_SETTINGS_MODULE"] = "tests.mail_settings"
        yield made


def diary(place: Installation) -> list[str]:
    path = Path(place.environment["PEGASUS_TEST_DIARY"])
    return path.read_text().splitlines() if path.exists() else []


def turn_clock(place: Installation, moment: str) -> None:
    path = Path(place.environment["PEGASUS_TEST_CLOCK"])
    fresh = path.with_suffix(".new")
    fresh.write_text(moment)
    fresh.replace(path)


def start(place: Installation) -> "subprocess.Popen[bytes]":
    return place.start("work", "--lease", "2")


def end(worker: "subprocess.Popen[bytes]", sent: int = signal.SIGTERM) -> None:
    worker.send_signal(sent)
    worker.wait(timeout=PATIENCE)


def test_a_worker_killed_while_sending_leaves_it_unknown_and_nothing_is_sent_twice(place: Installation) -> None:
    place.python(PLAN.format(number=1))
    place.environment["PEGASUS_TEST_MAIL_SECONDS"] = "30"
    first = start(place)
    until(lambda: diary(place) == ["began"])

    end(first, signal.SIGKILL)
    place.environment["PEGASUS_TEST_MAIL_SECONDS"] = "0"
    second = start(place)
    try:
        time.sleep(4)  # the job's lease ends and it runs again
        during = place.python(STATES)
        turn_clock(place, "2026-11-23T02:10:00+00:00")
        until(lambda: place.python(STATES) == "unknown")
        time.sleep(1)
    finally:
        end(second)

    assert during == "claimed"
    assert diary(place) == ["began"]


def test_two_workers_send_each_message_once(place: Installation) -> None:
    place.python(PLAN.format(number=20))
    place.environment["PEGASUS_TEST_MAIL_SECONDS"] = "0.05"

    workers = [start(place), start(place)]
    try:
        until(lambda: diary(place).count("sent") >= 20)
        until(lambda: place.python(STATES) == ",".join(["accepted"] * 20))
    finally:
        for worker in workers:
            end(worker)

    assert (diary(place).count("began"), diary(place).count("sent")) == (20, 20)
