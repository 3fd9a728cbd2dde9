"""The CA moves turns on the board: with the mouse, with the keyboard, on a phone; every change can be undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys import people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import SECRET, Person, at, at_desk, on_phone

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
BOARD = "/jadwal/papan/?periode=2026Q3"


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


def turns(person: Person) -> Locator:
    return person.page.locator("[data-duty]")


def names(person: Person) -> list[str]:
    """Read who serves, week by week, from a fresh page."""
    person.go(BOARD)
    return [str(turn.get_attribute("data-name")) for turn in turns(person).all()]


def drag(person: Person, what: Locator, to: Locator) -> None:
    page = person.page
    to.scroll_into_view_if_needed()
    what.scroll_into_view_if_needed()
    here, there = what.bounding_box(), to.bounding_box()
    assert here is not None
    assert there is not None
    page.mouse.move(here["x"] + 60, here["y"] + 20)
    page.mouse.down()
    page.mouse.move(here["x"] + 80, here["y"] + 40, steps=3)
    page.mouse.move(there["x"] + 60, there["y"] + 20, steps=6)


def confirm(person: Person, button: str, reason: str) -> None:
    panel = person.page.get_by_role("dialog")
    expect(panel).to_be_visible()
    panel.get_by_label("Alasan").fill(reason)
    panel.get_by_label("Sudah saya konfirmasi").check()
    panel.get_by_role("button", name=button).click()
    expect(person.page.get_by_text("sekarang bertugas")).to_be_visible()


def exchanged(found: list[str], one: int, other: int) -> list[str]:
    after = list(found)
    after[one], after[other] = after[other], after[one]
    return after


def test_turns_move_on_the_board_by_mouse_by_keyboard_and_on_a_phone(
    ca: Person, browser: Browser, installation: Installation
) -> None:
    page, first = ca.page, names(ca)

    # The mouse: while it is held the rules show; dropped on another turn the two are exchanged, and it is undone.
    drag(ca, turns(ca).nth(1), turns(ca).nth(3))
    expect(turns(ca).nth(3)).to_contain_text("boleh")
    page.mouse.up()
    confirm(ca, "Tukar giliran", "dinas luar")
    assert names(ca) == exchanged(first, 1, 3)
    ca.go("/jadwal/riwayat/")
    expect(page.get_by_text(f"{first[1]} → {first[3]}")).to_be_visible()
    expect(page.get_by_text("dinas luar").first).to_be_visible()

    # A person from the list dropped on a turn takes it over; "Urungkan" gives it back.
    now = names(ca)
    colleague = page.locator("#orang [data-item]").filter(has_text="0 giliran").first
    taker = colleague.get_attribute("data-name")
    drag(ca, colleague, turns(ca).nth(2))
    page.mouse.up()
    confirm(ca, "Serahkan giliran", "cuti")
    assert names(ca)[2] == taker
    page.go_back()
    ca.press("Urungkan")
    expect(page.get_by_text("kembali seperti semula")).to_be_visible()
    assert names(ca) == now

    # The keyboard alone.
    turns(ca).nth(4).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{now[4]} dipilih")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("sakit")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("sekarang bertugas")).to_be_visible()
    assert names(ca) == exchanged(now, 4, 5)

    # A phone: a tap takes hold, another puts down.
    phone = on_phone(browser, installation)
    phone.sign_in("ca", SECRET)
    last = names(phone)
    turns(phone).nth(0).click()
    turns(phone).nth(1).click()
    confirm(phone, "Tukar giliran", "")
    assert names(phone) == exchanged(last, 0, 1)
