"""SOP-330 from an empty folder to the semester report: four roles, two quarters, real server, worker and files."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path

import pytest
from icalendar import Calendar, Component
from playwright.sync_api import Browser

from pegasus.signing.tests.certificates import PASSPHRASE, p12
from tests.journeys import documents, people
from tests.journeys import office_year as year
from tests.journeys.conftest import Installation, running
from tests.journeys.people import Person, at, at_desk, on_phone

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
BANK = STAFF.parents[3] / "cards/bank.json"
HANDED_OVER = 3  # the week whose holder cannot
# A saying for each week: words near to an earlier card's would be held up, as the three about valleys are.
SAYINGS = [
    entry["text"]
    for entry in json.loads(BANK.read_text(encoding="utf-8"))
    if entry["kind"] == "peribahasa" and len(entry["text"]) > 30 and "lurah" not in entry["text"]
]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data", at(date(2026, 6, 15), 8)) as made:
        yield made


@dataclass
class Office:
    """Everybody in the office, and the clock on its wall."""

    installation: Installation
    ca: Person
    humas: Person
    cc: Person
    head: Person
    phone: Person


@pytest.fixture
def office(browser: Browser, installation: Installation) -> Office:
    ca = at_desk(browser, installation)
    people.found_the_office(ca, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)
    found = {}
    for role, name, username in (
        ("humas", "Hana Wulandari", "hana"),
        ("cc", "Yoga Cahyani", "yoga"),
        ("head", "Kartika Pertiwi", "kartika"),
    ):
        found[role] = at_desk(browser, installation)
        found[role].sign_in_first_time(username, people.give_role(ca, name, role, username, date(2026, 6, 15)))
    return Office(installation, ca, found["humas"], found["cc"], found["head"], on_phone(browser, installation))


def test_an_office_runs_the_sop_through_two_quarters(office: Office) -> None:
    for quarter, first in (("2026Q3", date(2026, 7, 1)), ("2026Q4", date(2026, 10, 1))):
        days = publish(office, quarter, first)
        play(office, [Week(office, number, day) for number, day in enumerate(days, start=1)])
        if quarter == "2026Q4":
            office.installation.say(at(date(2026, 12, 29), 15))
            people.close_by_hand(office.ca, "/sop/bgc/aktivitas/4/", "Kartu ucapan Desember dibagikan di grup.")
        report_on_the_quarter(office, quarter, days)
    report_on_the_semester(office)
    read_the_archive(office)


def publish(office: Office, quarter: str, first: date) -> list[date]:
    """Activities 1 and 2, and the files that come of them; return when each card is due."""
    office.installation.say(at(year.before(first, 8), 9))
    people.publish_roster(office.ca, quarter)
    office.ca.go(f"/jadwal/?periode={quarter}")
    pdf, rows = people.fetch(office.ca, "PDF"), documents.rows_of(people.fetch(office.ca, "XLSX"))
    office.ca.go("/jadwal/kalender/")
    address = office.ca.page.locator("input[value*='.ics']").last.input_value()
    events = Calendar.from_ical(office.ca.page.request.get(address).body()).walk("VEVENT")
    held = {day: str(event["summary"]) for event in events if (day := day_of(event)) >= first}
    assert "Daftar Petugas Pegasus".casefold() in documents.text_of(pdf).casefold()
    assert documents.archival_level(pdf) == ("2", "A")
    assert len(held) == 13
    assert all(year.works(day) for day in held)
    sheet = str(rows)
    assert all(summary.rpartition(": ")[2].rpartition("– ")[2] in sheet for summary in held.values()), held
    people.choose_templates(office.ca, quarter)
    return sorted(held)


def day_of(event: Component) -> date:
    """Return the day of an event, whether it has an hour or not."""
    start = event.decoded("dtstart")
    return start.astimezone(people.JAKARTA).date() if isinstance(start, datetime) else start


class Week:
    """H-5, H-3, a card, two postings: every second card is early enough to need no second reminder."""

    def __init__(self, office: Office, number: int, day: date) -> None:
        self.office, self.number, self.day = office, number, day
        self.link = ""

    def agenda(self) -> list[tuple[datetime, Callable[[], None]]]:
        early = self.number % 2 == 0
        written = at(year.before(self.day, 4), 10) if early else at(year.before(self.day, 2), 13)
        plan: list[tuple[datetime, Callable[[], None]]] = [
            (at(year.before(self.day, 5), 8, 2), self.first_reminder),
            (written, self.card),
            (at(self.day, 8, 30), self.group),
            (at(self.day, 10), self.instagram),
        ]
        return plan if early else [*plan, (at(year.before(self.day, 3), 8, 3), self.second_reminder)]

    def first_reminder(self) -> None:
        (self.link,) = people.send_messages(self.office.ca, wanted=1)
        if self.number == HANDED_OVER:
            people.hand_over(self.office.phone, self.link, self.office.ca)
            (self.link,) = people.send_messages(self.office.ca, wanted=1)

    def second_reminder(self) -> None:
        assert people.send_messages(self.office.ca, wanted=1) == [self.link]

    def card(self) -> None:
        people.write_card(self.office.phone, self.link, SAYINGS[(self.day - date(2026, 7, 1)).days // 7])

    def group(self) -> None:
        people.post_to_group(self.office.phone, self.link)

    def instagram(self) -> None:
        people.post_to_instagram(self.office.humas, f"P{self.day:%Y%m%d}")


def play(office: Office, weeks: list[Week]) -> None:
    """Do everything at its moment: towards the end of a year, weeks overlap."""
    for moment, deed in sorted((entry for week in weeks for entry in week.agenda()), key=itemgetter(0)):
        office.installation.say(moment)
        deed()


def report_on_the_quarter(office: Office, quarter: str, days: list[date]) -> None:
    """Activity 6, on the first working day after the quarter, by the person in charge."""
    people.note_obstacle(office.ca, quarter, f"Dinas luar bersamaan pada {quarter}.")
    last = max(days)
    office.installation.say(at(year.first_from(date(last.year + last.month // 12, last.month % 12 + 1, 1)), 8))
    roman = {"2026Q3": "III", "2026Q4": "IV"}[quarter]
    people.open_report(office.ca, f"Kegiatan Pegasus Triwulan {roman} Tahun 2026")
    people.write_section(office.ca, "conclusion", "Seluruh giliran terlaksana dan akan dilanjutkan.")
    assert "KONSEP" in documents.text_of(people.fetch(office.ca, "PDF konsep"))
    people.finalise(office.ca)
    final = people.fetch(office.ca, "PDF final")
    text = documents.text_of(final)
    assert documents.archival_level(final) == ("2", "A")
    assert "Ketiga belas giliran terlaksana lengkap" in text
    assert "Semua kartu dan unggahannya tepat waktu." in text
    assert f"Dinas luar bersamaan pada {quarter}." in text
    assert "Seluruh giliran terlaksana" in text
    assert documents.pages_of(final) >= 7
    assert people.fetch(office.ca, "DOCX")[:2] == b"PK"


def report_on_the_semester(office: Office) -> None:
    """Activity 7: the champion evaluates all programmes, the head signs, a stranger checks."""
    title = "Semester II Tahun 2026"
    people.open_report(office.cc, title)
    people.write_section(office.cc, "evaluation", "Ketepatan waktu dipertahankan pada semester depan.")
    people.finalise(office.cc)
    people.ask_for_signature(office.cc)
    people.sign(office.head, title, p12("Kartika Pertiwi"), PASSPHRASE)
    signed = people.fetch(office.head, "Unduh yang bertanda tangan")
    text = documents.text_of(signed)
    assert "Birthday Greeting Card" in text
    assert "Ketepatan waktu dipertahankan" in text
    assert "KONSEP" not in text
    assert documents.archival_level(signed) == ("2", "A")
    (address,) = documents.codes_in(signed)
    code = address.rpartition("/")[2]
    said = people.check_document(office.phone, code, signed)
    assert "persis sama dengan yang diterbitkan" in said
    assert "Kartika Pertiwi" in said
    forged = people.check_document(office.phone, code, signed.replace(b"%%EOF", b"%%EOF\n% tambahan", 1))
    assert "persis sama dengan yang diterbitkan" not in forged


def read_the_archive(office: Office) -> None:
    """Every output is a record with its hash; the list leaves as a sheet."""
    office.ca.go("/arsip/")
    rows = documents.rows_of(people.fetch(office.ca, "XLSX"))
    flat = [" | ".join(str(cell) for cell in row) for row in rows]
    assert sum("Semester II Tahun 2026" in line for line in flat) >= 2
    assert sum("PR.640" in line for line in flat) >= 4
    assert len(flat) > 26 * 4
