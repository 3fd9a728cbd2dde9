"""Turns change hands: exchanged on the phone, offered in turn, arranged by the person in charge, and taken back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import Person, at, at_desk, on_phone

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
MONDAY, TUESDAY = date(2026, 9, 21), date(2026, 9, 22)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data", at(date(2026, 9, 14), 8)) as made:
        yield made


@dataclass
class Office:
    """The person in charge at the desk, a colleague's phone, and the clock on the wall."""

    installation: Installation
    ca: Person
    phone: Person

    def duties(self) -> list[str]:
        """Return the addresses of the quarter's turns, by week."""
        self.ca.go("/jadwal/?periode=2026Q4")
        links = self.ca.page.locator(".rs-reason a[href*='/jadwal/petugas/']")
        return [str(link.get_attribute("href")) for link in links.all()]

    def holder(self, duty: str) -> str:
        self.ca.go(duty)
        return self.ca.page.locator(".rs-holder .row-title").inner_text()

    def send(self) -> str:
        """Send the one message that waits, as the person in charge does; return the personal address in it."""
        return "".join(people.send_messages(self.ca, wanted=1))

    def answer(self, link: str, words: str, heading: str) -> None:
        self.phone.go(link)
        self.phone.press(words)
        expect(self.phone.page.get_by_role("heading", level=1)).to_contain_text(heading)


@pytest.fixture
def office(browser: Browser, installation: Installation) -> Office:
    ca = at_desk(browser, installation)
    people.found_the_office(ca, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)
    people.publish_roster(ca, "2026Q4")
    installation.say(at(MONDAY, 9))
    return Office(installation, ca, on_phone(browser, installation))


def test_turns_change_hands_with_everybodys_consent(office: Office) -> None:
    duties = office.duties()

    exchange_on_the_phone(office, duties[0])
    ask_in_turn(office, duties[3])
    act_for_both_and_undo(office, duties[5], duties[8])


def exchange_on_the_phone(office: Office, duty: str) -> None:
    """The holder asks from the personal page; the colleague sees both turns and agrees."""
    mine, page = office.holder(duty), office.phone.page
    office.ca.go("/pengingat/")
    office.ca.page.get_by_role("button", name=re.compile("Kirim tautan sekarang")).first.click()
    office.phone.go(office.send())
    page.locator("summary", has_text="Tidak bisa minggu ini").click()
    choice = page.get_by_label("Atau tukar dengan giliran rekan")
    colleague = choice.locator("option").nth(3).inner_text().partition(" – ")[2]
    choice.select_option(index=3)
    office.phone.press("Minta bertukar")
    expect(page.get_by_text("masih milik Anda")).to_be_visible()

    office.answer(office.send(), "Bersedia", "Terima kasih")

    assert mine != office.holder(duty)
    assert colleague in office.holder(duty)
    assert office.send() == ""  # the news for who asked


def ask_in_turn(office: Office, duty: str) -> None:
    """Nobody is asked before the one in front has answered or kept silent for a working day."""
    office.ca.go(duty)
    office.ca.press("Tanyakan bergiliran")
    office.answer(office.send(), "Tidak bisa", "Baik, tidak apa-apa")
    silent = office.send()

    office.installation.say(at(TUESDAY, 9, 5))
    willing = office.send()
    office.phone.page.goto(office.phone.base + silent)
    expect(office.phone.page.get_by_role("heading", level=1)).to_contain_text("Waktu menjawab sudah lewat")
    office.answer(willing, "Bersedia", "Terima kasih")

    office.ca.go(duty)
    expect(office.ca.page.get_by_role("button", name=re.compile("^Kembalikan ke"))).to_be_visible()
    office.send()


def act_for_both_and_undo(office: Office, duty: str, other: str) -> None:
    """The person in charge has asked both; and takes it back again."""
    before, page = (office.holder(other), office.holder(duty)), office.ca.page
    page.locator("summary", has_text="Tukar dengan giliran rekan").click()
    form = page.locator("form[action$='/tukar/']", has=page.get_by_role("button", name="Tukar sekarang"))
    form.get_by_label("Tukar dengan").select_option(value=other.strip("/").rpartition("/")[2])
    office.ca.press("Tukar sekarang")
    expect(page.get_by_text("Tanyakan dulu kepada keduanya").first).to_be_visible()
    form.get_by_label("Sudah saya konfirmasi dengan keduanya").check()
    office.ca.press("Tukar sekarang")
    expect(page.get_by_text("Kedua giliran sudah bertukar")).to_be_visible()
    assert (office.holder(duty), office.holder(other)) == before

    page.get_by_role("button", name=re.compile("^Urungkan pertukaran")).click()
    expect(page.get_by_text("Perubahan diurungkan")).to_be_visible()

    assert (office.holder(other), office.holder(duty)) == before
