"""SOP-330 from an empty folder to the semester report: four roles, two quarters, real server, worker and files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import people
from tests.journeys.conftest import Installation, start
from tests.journeys.people import SECRET, at, at_desk

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    running = start(tmp_path / "data", at(date(2026, 6, 15), 8))
    yield running
    for context in running.contexts:
        context.close()
    running.stop()


def test_an_office_runs_the_sop_through_two_quarters(browser: Browser, installation: Installation) -> None:
    ca = at_desk(browser, installation)
    people.found_the_office(ca, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)

    start_of_roles = date(2026, 6, 15)
    humas_secret = people.give_role(ca, "Hana Wulandari", "humas", "humas", start_of_roles)
    cc_secret = people.give_role(ca, "Yoga Cahyani", "cc", "yoga", start_of_roles)
    installation.say(at(date(2026, 6, 17), 9))
    people.publish_roster(ca, "2026Q3")
    print(humas_secret, cc_secret)
    installation.say(at(date(2026, 6, 29), 8, 1))
    print(people.send_reminders(ca, wanted=1))
