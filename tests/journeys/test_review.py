"""A card comes back: Humas pins what should change, the employee mends it on the phone, both versions are compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Locator, expect

from tests.journeys import people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import Person, at, at_desk, on_phone
from tests.waiting import until

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
MONDAY, TUESDAY = date(2026, 9, 21), date(2026, 9, 22)
FIRST, SECOND = "Kerja keras hari ini, panen bersama esok hari.", "Kerja cerdas hari ini, panen bersama esok hari."
TOO_CLOSE, TOO_SMALL = "Geser sedikit ke dalam.", "Namanya perbesar sedikit."
PIN_BLUE, NEAR = (11, 79, 158), 24
ENOUGH = 60  # of 324 pixels: the number stands in the middle


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data", at(date(2026, 9, 14), 8)) as made:
        yield made


@dataclass
class Office:
    """The person in charge, Humas who reviews, an employee's phone, and the clock on the wall."""

    installation: Installation
    ca: Person
    humas: Person
    phone: Person


@pytest.fixture
def office(browser: Browser, installation: Installation) -> Office:
    ca, humas, phone = at_desk(browser, installation), at_desk(browser, installation), on_phone(browser, installation)
    for person in (ca, humas, phone):
        person.page.on("console", no_violation)
    people.found_the_office(ca, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)
    secret = people.give_role(ca, "Hana Wulandari", "humas", "hana", date(2026, 6, 15))
    humas.sign_in_first_time("hana", secret)
    ca.go("/pengaturan/")
    ca.page.get_by_label("Kartu diperiksa dulu sebelum tayang").check()
    ca.page.get_by_label("Peninjau diingatkan setelah").select_option(label="1 hari kerja")
    ca.press("Simpan pengaturan")
    people.publish_roster(ca, "2026Q4")
    installation.say(at(MONDAY, 9))
    return Office(installation, ca, humas, phone)


def no_violation(message: ConsoleMessage) -> None:
    assert "Content Security Policy" not in message.text, message.text


def test_a_card_goes_back_with_pins_and_comes_again_mended(office: Office) -> None:
    link = send_the_card(office)
    call_the_reviewer(office)
    give_it_back(office)
    mend_it(office, link)
    compare_and_approve(office)

    office.phone.go(link)
    expect(office.phone.page.get_by_text("Disetujui oleh Hana Wulandari")).to_be_visible()


def send_the_card(office: Office) -> str:
    """The employee writes on the phone; the card waits for its review."""
    office.ca.go("/pengingat/")
    office.ca.page.get_by_role("button", name=re.compile("Kirim tautan sekarang")).first.click()
    [link] = people.send_messages(office.ca, wanted=1)
    write(office.phone, link, FIRST)
    return link


def write(phone: Person, link: str, words: str) -> None:
    phone.go(link)
    before = phone.page.locator(".pp-stage").inner_html()
    phone.page.get_by_label("Kata motivasi").fill(words)
    phone.page.wait_for_function("before => document.querySelector('.pp-stage').innerHTML !== before", arg=before)
    phone.press("Kirim kartu")
    heading = phone.page.get_by_role("heading", name="Kartu menunggu persetujuan")
    expect(heading.or_(phone.page.get_by_role("button", name="Tetap kirim"))).to_be_visible()
    if not heading.count():
        phone.press("Tetap kirim")
    expect(heading).to_be_visible()


def call_the_reviewer(office: Office) -> None:
    """A working day later nobody has looked: Humas is called once, and the first page says since when it waits."""
    office.installation.say(at(TUESDAY, 9, 30))
    page = office.ca.page

    def called() -> bool:
        office.ca.go("/pesan/")
        return page.locator("article.delivery-card").count() > 0

    until(called, what="the call to review", pause=0.3)
    call = page.locator("article.delivery-card")
    expect(call).to_have_count(1)
    expect(call).to_contain_text("Hana Wulandari")
    call.locator("details.delivery-bubble").click()
    expect(call.locator(".delivery-text")).to_contain_text(
        "menunggu ditinjau sejak Senin, 21 September 2026 pukul 09.00"
    )
    assert people.send_messages(office.ca, wanted=1) == []
    office.humas.go("/")
    expect(office.humas.page.get_by_text(re.compile("Menunggu ditinjau sejak Senin, 21 September"))).to_be_visible()
    expect(office.humas.page.get_by_text("Sudah lama menunggu")).to_be_visible()


def give_it_back(office: Office) -> None:
    """Humas taps the picture, moves the pin by keyboard, and chooses a part of the picture for a second comment."""
    page = office.humas.page
    page.locator("a.row-item[href^='/kartu/']").first.click()
    stage, new = page.locator("[data-review-stage]"), page.locator("[data-new]")
    box = stage.bounding_box()
    assert box is not None
    stage.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.3})
    new.focus()
    for _step in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type(TOO_CLOSE)
    office.humas.press("Tambahkan komentar")
    assert_pin(stage, 1, 0.25, 0.3)

    page.get_by_role("radio", name="tengah bawah").focus()
    page.keyboard.press("Space")
    page.get_by_label("Komentar", exact=True).fill(TOO_SMALL)
    office.humas.press("Tambahkan komentar")
    assert_pin(stage, 2, 0.5, 5 / 6)
    expect(page.get_by_text(re.compile("Potret 4:5, tengah bawah"))).to_be_visible()

    office.humas.press("Minta perubahan")
    expect(page.get_by_text("pesan untuk penulisnya sedang disiapkan")).to_be_visible()


def assert_pin(stage: Locator, number: int, x: float, y: float) -> None:
    """The pin is where it was put, and really to be seen there."""
    pin = stage.locator(".review-pin:not(.is-new)", has_text=re.compile(f"^{number}$"))
    expect(pin).to_be_visible()
    stage.scroll_into_view_if_needed()
    shot = Image.open(BytesIO(stage.screenshot())).convert("RGB")
    centre = (round(shot.width * x), round(shot.height * y))
    around = shot.crop((centre[0] - 9, centre[1] - 9, centre[0] + 9, centre[1] + 9)).tobytes()
    pixels = [tuple(around[start : start + 3]) for start in range(0, len(around), 3)]
    blue = sum(max(abs(a - b) for a, b in zip(pixel, PIN_BLUE, strict=True)) < NEAR for pixel in pixels)
    assert blue > ENOUGH, f"no pin {number} at {x:.2f}, {y:.2f}"


def mend_it(office: Office, link: str) -> None:
    """The message leads to the comments; each is ticked; the words are changed and sent again."""
    assert people.send_messages(office.ca, wanted=1) == [link]
    page = office.phone.page
    office.phone.go(link)
    expect(page.get_by_role("heading", name="Hana Wulandari meminta perubahan")).to_be_visible()
    stage = page.locator("#tinjauan .review-stage")
    assert_pin(stage, 1, 0.25, 0.3)
    for text in (TOO_CLOSE, TOO_SMALL):
        remark = page.locator(".review-remark", has_text=text)
        remark.get_by_role("button", name=re.compile("Tandai sudah diperbaiki")).click()
        expect(remark.get_by_role("button", name=re.compile("Sudah diperbaiki"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    write(office.phone, link, SECOND)


def compare_and_approve(office: Office) -> None:
    """Both pictures stand beside each other, the changed word is marked, what was asked is ticked."""
    page = office.humas.page
    office.humas.go("/kartu/")
    page.locator("a.row-item[href^='/kartu/']").first.click()
    page.get_by_role("link", name="Bandingkan versi").click()
    for field in ("Kata motivasi", "Teks alternatif"):  # the second was composed from the first
        changed = page.locator("dt", has_text=field).locator("xpath=following-sibling::dd[1]")
        expect(changed.locator("del")).to_have_text(re.compile("keras"))
        expect(changed.locator("ins")).to_have_text(re.compile("cerdas"))
    expect(page.get_by_text(re.compile("^Ditandai selesai oleh"))).to_have_count(2)
    old, new = page.locator(".review-side").all()
    left, right = old.bounding_box(), new.bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    files = [
        page.request.get(office.humas.base + str(side.locator("img").get_attribute("src"))) for side in (old, new)
    ]
    first, second = (Image.open(BytesIO(file.body())).convert("RGB") for file in files)
    assert first.size == second.size == (1080, 1350)
    assert first.tobytes() != second.tobytes()

    office.humas.press("Setujui kartu")
    expect(page.get_by_text("disetujui").first).to_be_visible()
