"""SOP-322: the PJ sees this week's birthday, makes the card, shares it with proof, and the quarter's report has it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import documents, people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import Person, at, at_desk, on_phone
from tests.waiting import until

BIRTHDAY = date(2026, 11, 18)  # a Wednesday
WISH = "Semoga sehat selalu, dan tetap menjadi teman yang membuat kantor ini hangat."
STAFF = """Nama,Tim,Tanggal Lahir
Sari Wulandari,Neraca,18-11-1988
Bayu Pratama,Sosial,04-12-1979
Intan Permatasari,IPDS,
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data", at(date(2026, 11, 2), 8)) as made:
        yield made


@pytest.fixture
def pj(browser: Browser, installation: Installation, tmp_path: Path) -> Person:
    staff = tmp_path / "pegawai.csv"
    staff.write_text(STAFF, encoding="utf-8")
    person = at_desk(browser, installation)
    people.begin_the_office(person, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu")
    person.page.set_input_files("input[type=file]", staff)
    person.press("Lihat hasilnya dulu")
    person.press("Ambil 3 pegawai")
    return person


def test_a_birthday_is_greeted_in_time_and_stands_in_the_quarters_report(
    browser: Browser, installation: Installation, pj: Person
) -> None:
    installation.say(at(date(2026, 11, 16), 9))
    see_this_months_birthdays(pj)
    make_the_card(pj)
    installation.say(at(BIRTHDAY, 8))
    share_it(pj, on_phone(browser, installation))
    make_next_months_with_one_tap(pj)
    read_the_report(installation, pj)


def see_this_months_birthdays(pj: Person) -> None:
    def there() -> bool:
        pj.go("/kartu/ulang-tahun/")
        return pj.page.get_by_role("link", name=re.compile("Sari Wulandari")).count() > 0

    until(there, what="the birthday's tasks")
    expect(pj.page.get_by_text("Rabu, 18 November")).to_be_visible()
    expect(pj.page.locator("section", has=pj.page.locator("#tanpa"))).to_contain_text("Intan Permatasari")
    assert "1988" not in pj.page.content()
    pj.press("Tetapkan daftar 2026")
    expect(pj.page.get_by_text("Daftar ulang tahun 2026 ditetapkan: 2 pegawai.")).to_be_visible()


def make_the_card(pj: Person) -> None:
    pj.page.get_by_role("link", name=re.compile("Sari Wulandari")).click()
    pj.page.get_by_label("Ucapan").fill(WISH)
    pj.press("Jadikan kartu")
    expect(pj.page.get_by_text("Gambarnya berubah dan baru tampil sekarang")).to_be_visible(timeout=60_000)
    pj.press("Jadikan kartu")
    expect(pj.page.get_by_role("heading", name="Kartu siap dibagikan")).to_be_visible(timeout=60_000)


def share_it(pj: Person, phone: Person) -> None:
    """The PJ opens the sharing page; a phone takes it from there, and gives the proof."""
    pj.go("/kartu/ulang-tahun/")
    expect(pj.page.get_by_text("Hari ini")).to_be_visible()
    pj.page.get_by_role("link", name=re.compile("Sari Wulandari")).click()
    pj.press("Bagikan ke grup")
    expect(pj.page).to_have_url(re.compile("/t/.+/bagikan/$"))
    caption = pj.page.locator("#caption").input_value()
    assert WISH in caption
    assert "Salam hangat untuk Sari Wulandari" in caption
    people.post_to_group(phone, pj.page.url.removeprefix(pj.base).removesuffix("bagikan/"))
    pj.go("/kartu/ulang-tahun/")
    expect(pj.page.locator("a.row-item", has_text="Sari Wulandari")).to_contain_text("Sudah dibagikan")
    for number in (3, 4):
        pj.go(f"/sop/bgc/aktivitas/{number}/?status=on_time")
        expect(pj.page.get_by_text("Ulang tahun Sari Wulandari").first).to_be_visible()


def make_next_months_with_one_tap(pj: Person) -> None:
    pj.go("/kartu/ulang-tahun/")
    pj.press("Buat 1 kartu")

    def made() -> bool:
        pj.go("/kartu/ulang-tahun/")
        row = pj.page.locator("a.row-item", has_text="Bayu Pratama")
        return "Siap dibagikan" in row.inner_text()

    until(made, what="next month's card")


def read_the_report(installation: Installation, pj: Person) -> None:
    installation.say(at(date(2027, 1, 4), 8))
    people.open_report(pj, "Kegiatan Birthday Greeting Card Triwulan IV Tahun 2026")
    report = people.fetch(pj, "PDF konsep")
    text = documents.text_of(report)
    assert "Ulang tahun Sari Wulandari" in text
    assert "Rabu, 18 November 2026" in text  # beneath the card's picture
    assert "Grup WhatsApp kantor" in text  # beneath the proof
    assert "1988" not in text
