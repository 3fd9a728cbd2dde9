"""The CA makes a template from nothing, publishes it, and it is what the office sees: by mouse, then by keyboard."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import people
from tests.journeys.conftest import Installation, running
from tests.journeys.editing import (
    box,
    is_ready,
    kept,
    near,
    no_violation,
    open_fresh,
    pull,
    sample,
    saved,
    tab_to,
)
from tests.journeys.people import Person, at, at_desk

NAVY, RED = (22, 50, 92), (184, 58, 20)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("editor") / "data", at(date(2026, 6, 15), 8)) as made:
        yield made


@pytest.fixture(scope="module")
def ca(browser: Browser, installation: Installation) -> Person:
    person = at_desk(browser, installation)
    person.page.on("console", no_violation)
    people.begin_the_office(person, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu")
    return person


def test_a_template_is_made_with_the_mouse(ca: Person) -> None:
    page = ca.page
    open_fresh(ca)
    page.get_by_label("Nama templat").fill("Pagi di Bengkulu")

    page.get_by_role("button", name="Persegi", exact=True).click()
    assert box(page) == [240, 500, 600, 320]
    pull(page, (540, 660), (534, 1190))
    assert box(page)[0] == 240, "the middle of the card pulls"
    left, top, width, height = box(page)
    pull(page, (left, top + height / 2), (3, top + height / 2))
    pull(page, (left + width, top + height / 2), (1077, top + height / 2))
    assert [box(page)[0], box(page)[2]] == [0, 1080], "the edges of the card pull"
    page.get_by_role("button", name="Pakai warna #16325c").locator("visible=true").first.click()
    page.get_by_role("button", name="Mundur satu lapis", exact=True).click(click_count=2)
    page.locator("[data-panel]").get_by_label("Nama lapisan").fill("Pita bawah")

    page.get_by_role("option", name="Nama dan tanggal").click()
    for swatch in page.locator("[data-parts] > fieldset").all():
        swatch.get_by_role("button", name="Pakai warna #ffffff").first.click()
    page.get_by_role("button", name="Foto", exact=True).click()
    pull(page, (540, 290), (930, 150))
    page.get_by_role("button", name="Samakan di ukuran lain").click()
    saved(page)

    design = kept(ca)["design"]
    names = [element.get("name") for element in design["elements"]]
    assert names == ["Pita bawah", "Kata motivasi", "Nama dan tanggal", None]
    assert design["elements"][3]["change"] == ["photo"]
    assert design["elements"][3]["boxes"]["portrait"][0] > 640

    page.get_by_role("button", name="Urungkan", exact=True).click()
    page.get_by_role("button", name="Ulangi", exact=True).click()
    saved(page)
    assert kept(ca)["design"] == design

    page.get_by_role("button", name="Terbitkan versi").click()
    expect(page.get_by_role("alert").filter(has_text="Pagi di Bengkulu versi 1 terbit")).to_be_visible()
    _, y, _, height = design["elements"][0]["boxes"]["portrait"]
    published = sample(ca, "Pagi di Bengkulu", "portrait")
    assert near(published.getpixel((20, y + height // 2)), NAVY)
    assert not near(published.getpixel((20, y - 40)), NAVY)


def test_a_template_is_made_with_the_keyboard_alone(ca: Person) -> None:
    page = ca.page
    ca.go("/kartu/templat/")
    keys = page.keyboard
    tab_to(page, "Buat templat")
    keys.press("Enter")
    is_ready(page)
    tab_to(page, "Nama templat")
    keys.press("Control+a")
    keys.type("Senja")

    keys.press("Escape")  # out of the field, onto the canvas
    keys.press("p")
    keys.press("Shift+ArrowDown")
    keys.press("ArrowRight")
    keys.press("Control+Shift+ArrowRight")
    assert box(page) == [241, 510, 610, 320]
    keys.press("Shift+[")
    keys.press("Enter")
    tab_to(page, "Kode warna")
    keys.press("Control+a")
    keys.type("#b83a14")
    keys.press("Escape")
    keys.press("Control+d")
    keys.press("Delete")
    expect(page.locator("[data-live]")).to_have_text("1 elemen dihapus")
    assert page.get_by_role("listbox", name="Lapisan").get_by_role("option").count() == 3

    keys.press("Tab")
    expect(page.locator("[data-live]")).to_contain_text("Persegi terpilih, lapis 1 dari 3")
    keys.press("2")
    expect(page.get_by_role("radio", name=re.compile("^Persegi"))).to_be_checked()
    before = box(page)
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    keys.press("Control+z")
    assert box(page) == before, "presses in a row are one step"
    keys.press("Control+y")
    assert box(page)[1] == before[1] - 2

    keys.press("?")
    expect(page.get_by_role("dialog", name="Tombol papan ketik")).to_be_visible()
    keys.press("Escape")
    saved(page)
    tab_to(page, "Terbitkan versi", "Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Senja versi 1 terbit")).to_be_visible()

    made = kept(ca)
    rect = made["design"]["elements"][0]
    assert (made["name"], rect["kind"], rect["fill"]) == ("Senja", "rect", "#b83a14")
    assert rect["boxes"]["portrait"] == [241, 510, 610, 320]
    x, y, width, _ = rect["boxes"]["square"]
    assert near(sample(ca, "Senja", "square", "short").getpixel((x + width // 2, y + 30)), RED)


def test_what_somebody_else_saved_is_not_overwritten(ca: Person, browser: Browser, installation: Installation) -> None:
    page = ca.page
    open_fresh(ca)
    address = page.url.removeprefix(ca.base)
    other = at_desk(browser, installation)
    other.sign_in("ca", people.SECRET)
    other.go(address)
    is_ready(other.page)
    other.page.get_by_label("Nama templat").fill("Punya yang lain")
    saved(other.page)

    page.get_by_label("Nama templat").fill("Punya saya")
    expect(page.get_by_role("alert").filter(has_text="baru saja disimpan dari tempat lain")).to_be_visible()
    assert kept(ca)["name"] == "Punya yang lain"
    ca.press("Simpan susunan saya")

    saved(page)
    assert kept(ca)["name"] == "Punya saya"


def test_the_ground_the_code_and_an_old_version(ca: Person) -> None:
    page = ca.page
    open_fresh(ca)
    page.get_by_role("button", name="Dua warna").click()
    page.get_by_role("button", name="Tambah warna").click()
    page.get_by_label("Warna 3", exact=True).fill("#b83a14")
    page.get_by_role("button", name="Mundurkan lapisan latar ini").click()
    page.get_by_role("button", name="QR", exact=True).click()
    page.get_by_role("button", name="Nama", exact=True).click()
    page.keyboard.press("Control+s")
    saved(page)

    design = kept(ca)["design"]
    assert [layer["kind"] for layer in design["background"]] == ["gradient", "fill"]
    assert design["background"][0]["colours"] == ["#16325c", "#0b4f9e", "#b83a14"]
    assert design["elements"][-1]["text"].endswith("{name}")
    expect(page.get_by_label("Alamat atau teks di dalamnya")).to_have_value(re.compile(r"\{nama\}$"))

    page.get_by_role("button", name="Terbitkan versi").click()
    expect(page.get_by_role("alert").filter(has_text="versi 1 terbit")).to_be_visible()
    page.get_by_role("button", name="Hapus", exact=True).first.click()
    saved(page)
    assert len(kept(ca)["design"]["elements"]) == len(design["elements"]) - 1
    page.get_by_role("button", name="Versi", exact=True).click()
    page.get_by_role("button", name="Pulihkan").click()
    expect(page.get_by_role("alert").filter(has_text="kembali ke versi 1")).to_be_visible()

    assert kept(ca)["design"] == design
