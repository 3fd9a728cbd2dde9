"""SOP-330 from an empty folder to the semester report: four roles, two quarters, real server, worker and files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from tests.journeys import office_year as year
from tests.journeys import people
from tests.journeys.conftest import Installation, start
from tests.journeys.people import Person, at, at_desk, on_phone

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
WORDS = "Pekan ke-{number}: pekerjaan kecil yang selesai lebih berguna daripada rencana besar yang menunggu."


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    running = start(tmp_path / "data", at(date(2026, 6, 15), 8))
    yield running
    for context in running.contexts:
        context.close()
    running.stop()


@dataclass
class Office:
    """Everybody in the office, and the clock on its wall."""

    installation: Installation
    ca: Person
    humas: Person
    cc: Person
    phone: Person


@pytest.fixture
def office(browser: Browser, installation: Installation) -> Office:
    ca = at_desk(browser, installation)
    people.found_the_office(ca, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)
    since = date(2026, 6, 15)
    humas, cc = at_desk(browser, installation), at_desk(browser, installation)
    humas.sign_in_first_time("hana", people.give_role(ca, "Hana Wulandari", "humas", "hana", since))
    cc.sign_in_first_time("yoga", people.give_role(ca, "Yoga Cahyani", "cc", "yoga", since))
    return Office(installation, ca, humas, cc, on_phone(browser, installation))


def test_an_office_runs_the_sop_through_two_quarters(office: Office) -> None:
    office.installation.say(at(date(2026, 6, 17), 9))
    people.publish_roster(office.ca, "2026Q3")
    for number, day in enumerate(posting_days(office), start=1):
        one_week(office, number, day)


def posting_days(office: Office) -> list[date]:
    """Read from the calendar feed when each card is due."""
    office.ca.go("/jadwal/?periode=2026Q3")
    address = office.ca.page.locator("input[value*='.ics']").last.input_value()
    feed = Calendar.from_ical(office.ca.page.request.get(address).body())
    return sorted(event.decoded("dtstart") for event in feed.walk("VEVENT"))


def one_week(office: Office, number: int, day: date) -> None:
    """H-5, H-3, a card, two postings: every second card is early enough to need no second reminder."""
    early = number % 2 == 0
    office.installation.say(at(year.before(day, 5), 8, 2))
    (link,) = people.send_reminders(office.ca, wanted=1)
    if early:
        office.installation.say(at(year.before(day, 4), 10))
        people.write_card(office.phone, link, WORDS.format(number=number))
    office.installation.say(at(year.before(day, 3), 8, 2))
    if not early:
        assert people.send_reminders(office.ca, wanted=1) == [link]
        office.installation.say(at(year.before(day, 2), 13))
        people.write_card(office.phone, link, WORDS.format(number=number))
    office.installation.say(at(day, 8, 30))
    people.post_to_group(office.phone, link)
    office.installation.say(at(day, 10))
    people.post_to_instagram(office.humas, f"Pekan{number:03d}")
