"""After publishing the world changes: somebody is away, somebody leaves, a decree takes a Monday. Each is repaired."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, expect

from tests.journeys import people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import Person, at, at_desk

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
MONDAY, TUESDAY = date(2026, 8, 3), date(2026, 8, 4)
MONTHS = {7: "Juli", 8: "Agustus", 9: "September"}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data", at(date(2026, 6, 15), 8)) as made:
        yield made


@pytest.fixture
def ca(browser: Browser, installation: Installation) -> Person:
    person = at_desk(browser, installation)
    people.found_the_office(person, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)
    people.publish_roster(person, "2026Q3")
    return person


def test_a_published_roster_follows_what_happens(ca: Person) -> None:
    """Nobody but those concerned changes, and the calendar feed says so."""
    before = feed_of(ca)
    away, leaver = sorted(before)[1], sorted(before)[3]

    somebody_is_away(ca, away)
    somebody_leaves(ca, leaver)
    a_decree_takes_a_monday(ca)

    after = feed_of(ca)
    assert {day for day in before if before[day] != after.get(day)} == {away, leaver, MONDAY}
    assert after[TUESDAY] == (before[MONDAY][0], before[MONDAY][1] + 1)
    assert after[away][1] == before[away][1] + 1
    ca.go("/akibat/")
    expect(ca.page.get_by_role("heading", name="Semua giliran masih sesuai")).to_be_visible()


def feed_of(ca: Person) -> dict[date, tuple[str, int]]:
    """Return who serves on which day, and how often that was changed, as the office's calendar feed tells it."""
    ca.go("/jadwal/kalender/")
    address = ca.page.locator("input[value*='.ics']").last.input_value()
    events = Calendar.from_ical(ca.page.request.get(address).body()).walk("VEVENT")
    return {
        event.decoded("dtstart").astimezone(people.JAKARTA).date(): (
            str(event["summary"]),
            int(str(event["sequence"])),
        )
        for event in events
    }


def open_holder(ca: Person, day: date) -> None:
    """Go to the page of the one who serves on a day."""
    ca.go("/jadwal/?periode=2026Q3")
    week = ca.page.locator(".rs-week", has_text=f"{day.day} {MONTHS[day.month][:3]}")
    key = week.locator(".rs-seat").first.get_attribute("data-person")
    ca.go(f"/pegawai/{key}/")


def line_of(ca: Person, day: date) -> Locator:
    expect(ca.page).to_have_url(re.compile("/akibat/$"))
    ca.page.wait_for_load_state()  # the address changes before the page is whole
    return ca.page.locator(".cq-line", has_text=f"{day.day} {MONTHS[day.month]} {day.year}")


def somebody_is_away(ca: Person, day: date) -> None:
    page = ca.page
    open_holder(ca, day)
    page.locator("summary", has_text="Catat ketidakhadiran").click()
    page.get_by_label("Mulai").fill(day.isoformat())
    page.get_by_label("Hingga").first.fill(day.isoformat())
    ca.press("Catat ketidakhadiran")
    expect(page.get_by_text("Karena perubahan ini 1 giliran tidak lagi sesuai")).to_be_visible()
    expect(line_of(ca, day)).to_contain_text("tidak di kantor pada gilirannya")
    expect(page.get_by_text(re.compile("Paling sedikit: 1 dari [0-9]+ giliran"))).to_be_visible()
    ca.press("Terapkan yang dicentang")
    expect(page.get_by_text("1 giliran diperbarui")).to_be_visible()


def somebody_leaves(ca: Person, day: date) -> None:
    """The proposal is looked at, and somebody else is chosen."""
    page = ca.page
    open_holder(ca, day)
    page.locator("summary", has_text="Pindah atau pensiun").click()
    page.locator("form", has_text="Catat hari terakhir").get_by_label("Hari terakhir").fill("2026-06-30")
    ca.press("Catat hari terakhir")
    choice = line_of(ca, day).get_by_role("combobox")
    choice.select_option(index=choice.locator("option").count() - 1)
    chosen = choice.locator("option:checked").inner_text().split(" · ")[0]
    ca.press("Terapkan yang dicentang")
    expect(page.get_by_text("1 giliran diperbarui")).to_be_visible()
    ca.go("/jadwal/?periode=2026Q3")
    week = page.locator(".rs-week", has_text=f"{day.day} {MONTHS[day.month][:3]}")
    expect(week).to_contain_text(chosen)


def a_decree_takes_a_monday(ca: Person) -> None:
    """What moves is seen before anything is applied; the day and its moves come in one go."""
    page = ca.page
    ca.go("/kalender/tambah/")
    page.get_by_label("Tanggal").fill(MONDAY.isoformat())
    page.get_by_label("Nama hari").fill("Pemungutan suara ulang")
    page.get_by_label("Nomor keputusan").fill("Keppres 9 Tahun 2026")
    ca.press("Lihat yang bergeser")
    expect(page.get_by_role("heading", name="3 Agustus 2026 menjadi hari libur")).to_be_visible()
    expect(page.locator(".cq-line")).to_contain_text("Selasa, 4 Agustus 2026")
    expect(page.get_by_text("Tidak ada yang perlu berganti orang")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Pengingat H-5 untuk")).first).to_be_visible()
    ca.press("Tetapkan dan ubah 1 giliran")
    expect(page.get_by_text("Senin, 3 Agustus 2026 menjadi hari libur.")).to_be_visible()
