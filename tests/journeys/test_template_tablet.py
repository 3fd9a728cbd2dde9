"""The CA makes a template on a tablet, upright or across, with fingers alone."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import people
from tests.journeys.conftest import Installation, new_page, running
from tests.journeys.editing import Fingers, box, kept, no_violation, on_card, open_fresh, saved
from tests.journeys.people import Person, at, at_desk

ACROSS, UPRIGHT = {"width": 1024, "height": 768}, {"width": 820, "height": 1180}
THUMB = 44  # pixels that a fingertip needs
THUMB_BUTTONS = "[data-do]:visible, [data-sheet]:visible, [data-add]:visible"
TURNS_ABOVE = 38  # pixels between an element's edge and the handle that turns it


@pytest.fixture(scope="module")
def installation(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("tablet") / "data", at(date(2026, 6, 15), 8)) as made:
        desk = at_desk(browser, made)
        people.begin_the_office(desk, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu")
        yield made


@pytest.fixture(params=[ACROSS, UPRIGHT], ids=["across", "upright"])
def ca(request: pytest.FixtureRequest, browser: Browser, installation: Installation) -> Person:
    page = new_page(browser, installation, request.param, touch=True)
    page.on("console", no_violation)
    person = Person(page, installation.base)
    person.sign_in("ca", people.SECRET)
    open_fresh(person)
    return person


def zoomed(page: Page) -> float:
    shown = page.locator("[data-picture]").bounding_box()
    assert shown is not None
    return shown["width"] / 1080


def set_box(page: Page, **sides: int) -> None:
    for name, value in sides.items():
        page.get_by_label(name, exact=True).fill(str(value))
        page.get_by_label(name, exact=True).press("Tab")


def test_an_element_is_moved_pulled_and_turned_with_a_finger(ca: Person) -> None:
    page, fingers = ca.page, Fingers(ca.page)
    page.get_by_role("button", name="Lapisan", exact=True).tap()
    page.get_by_role("button", name="Persegi", exact=True).tap()
    page.get_by_role("button", name="Sifat", exact=True).tap()
    assert box(page) == [240, 500, 600, 320]

    fingers.drag((500, 640), (560, 890))
    left, top, width, height = box(page)
    fingers.drag((left + width, top + height), (left + width - 130, top + height + 70))
    pulled = box(page)
    x, y = on_card(page, pulled[0] + pulled[2] / 2, pulled[1])
    fingers.move(((x, y - TURNS_ABOVE), (x + 130, y + 110)))
    turned = float(page.get_by_label("Putar (°)").input_value())
    saved(page)

    assert (left, top, width, height) == pytest.approx((300, 750, 600, 320), abs=24)
    assert pulled[:2] == [left, top]
    assert pulled[2:] == pytest.approx([width - 130, height + 70], abs=24)
    assert 45 < turned < 135
    rect = kept(ca)["design"]["elements"][-1]
    assert (rect["boxes"]["portrait"], rect["rotate"]) == (pulled, turned)


def test_two_fingers_zoom_and_move_the_view_and_change_nothing(ca: Person) -> None:
    page, fingers = ca.page, Fingers(ca.page)
    before, small = kept(ca)["design"], zoomed(page)
    x, y = on_card(page, 540, 600)

    fingers.move(((x - 40, y), (x - 120, y)), ((x + 40, y), (x + 120, y)))
    near, there = zoomed(page), on_card(page, 540, 600)
    fingers.move(((x - 60, y), (x - 60, y - 50)), ((x + 60, y), (x + 60, y - 50)))
    moved = on_card(page, 540, 600)

    assert near == pytest.approx(small * 3, rel=0.05)
    assert there == pytest.approx((x, y), abs=30)
    assert moved == pytest.approx((there[0], there[1] - 50), abs=8)
    assert page.get_by_label("Pembesaran").locator("option:checked").inner_text().endswith("%")
    assert kept(ca)["design"] == before
    expect(page.locator("[data-list] [aria-selected=true]")).to_have_count(0)


def test_a_tiny_element_is_caught_and_several_are_aligned(ca: Person) -> None:
    page, fingers = ca.page, Fingers(ca.page)
    page.get_by_role("button", name="Lapisan", exact=True).tap()
    page.get_by_role("button", name="Bulat", exact=True).tap()
    page.get_by_role("button", name="Sifat", exact=True).tap()
    set_box(page, Lebar=24, Tinggi=24)
    left, top, *_ = box(page)
    fingers.tap(on_card(page, 540, 40))
    expect(page.get_by_label("Dari kiri", exact=True)).to_be_hidden()

    x, y = on_card(page, left + 12, top + 12)
    fingers.tap((x - 13, y - 10))
    expect(page.get_by_label("Dari kiri", exact=True)).to_have_value(str(left))
    fingers.move(((x - 6, y - 6), (x - 66, y - 6)))
    moved = box(page)
    page.get_by_role("button", name="Pilih beberapa").tap()
    fingers.tap(on_card(page, 500, 1180))
    page.get_by_role("button", name="Rata kiri", exact=True).tap()
    saved(page)

    assert moved[0] < left - 60
    assert moved[2:] == [24, 24]
    boxes = [element["boxes"]["portrait"] for element in kept(ca)["design"]["elements"]]
    assert boxes[-1][0] == boxes[1][0] == min(moved[0], 90)


def test_what_a_thumb_presses_is_large_enough(ca: Person) -> None:
    page = ca.page
    page.get_by_role("button", name="Lapisan", exact=True).tap()

    sizes = page.locator(THUMB_BUTTONS).evaluate_all(
        "all => all.map(one => [one.textContent.trim() || one.ariaLabel, one.offsetWidth, one.offsetHeight])"
    )

    assert len(sizes) > 15
    assert [size for size in sizes if size[1] < THUMB or size[2] < THUMB] == []
