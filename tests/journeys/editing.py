"""What a journey does in the template editor: look at it, take hold of things on the card, read what is kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import CDPSession, ConsoleMessage, Page, expect

from tests.journeys.people import Person

MOST_TABS = 160  # once round the page, wherever the browser lets the first press begin
AXE = Path(__file__).parents[2] / ".assets" / "test" / "axe.min.js"
GRAVE = ("serious", "critical")
Point = tuple[float, float]


def no_violation(message: ConsoleMessage) -> None:
    assert "Content Security Policy" not in message.text, message.text


def open_fresh(person: Person) -> None:
    person.go("/kartu/templat/")
    person.press("Buat templat")
    is_ready(person.page)


def is_ready(page: Page) -> None:
    page.wait_for_selector("[data-editor][data-ready]")
    expect(page.locator("[data-picture] > svg").first).to_be_visible()


def on_card(page: Page, x: float, y: float) -> Point:
    """Where a place of the card is on the screen."""
    box = page.locator("[data-picture]").bounding_box()
    assert box is not None
    return box["x"] + x * box["width"] / 1080, box["y"] + y * box["width"] / 1080


def pull(page: Page, start_at: Point, to: Point) -> None:
    page.mouse.move(*on_card(page, *start_at))
    page.mouse.down()
    page.mouse.move(*on_card(page, *to), steps=8)
    page.mouse.up()


def box(page: Page) -> list[int]:
    """The box of what is selected, as the properties show it."""
    return [
        int(page.get_by_label(name, exact=True).input_value())
        for name in ("Dari kiri", "Dari atas", "Lebar", "Tinggi")
    ]


def saved(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))


def kept(person: Person) -> dict[str, Any]:
    """The design as the server keeps it."""
    address = person.page.url.replace("/sunting/", "/rancangan/")
    found: dict[str, Any] = person.page.request.get(address).json()
    return found


def sample(person: Person, name: str, size: str, words: str = "usual") -> Image.Image:
    """The published template as the gallery shows it."""
    person.go("/kartu/templat/")
    shown = person.page.get_by_role("img", name=f"Contoh kartu dengan templat {name}", exact=True)
    address = str(shown.get_attribute("src")).partition("?")[0].replace("portrait-usual", f"{size}-{words}")
    answer = person.page.request.get(person.base + address)
    assert answer.ok
    return Image.open(BytesIO(answer.body())).convert("RGB")


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= 12 for one, other in zip(found, wanted, strict=True))


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "(() => { const at = document.activeElement;"
            " return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent })()"
        )
    ).strip()


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    for _ in range(MOST_TABS):
        if focused(page) == name:
            return
        page.keyboard.press(key)
    pytest.fail(f"{name} cannot be reached by {key}; the focus is on {focused(page)}")


def grave_faults(page: Page) -> list[str]:
    """What keeps people out of a page, as axe finds it."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


@dataclass
class Fingers:
    """One or two fingers on a tablet's glass."""

    page: Page
    _glass: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        self._glass = self.page.context.new_cdp_session(self.page)

    def _say(self, kind: str, points: Sequence[Point]) -> None:
        touches = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        self._glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def move(self, *ways: tuple[Point, Point], steps: int = 8) -> None:
        """Put fingers down one after the other, move all of them, take them off."""
        for count in range(len(ways)):
            self._say("touchStart", [start for start, _ in ways[: count + 1]])
        for step in range(1, steps + 1):
            part = step / steps
            self._say(
                "touchMove",
                [(one[0] + (to[0] - one[0]) * part, one[1] + (to[1] - one[1]) * part) for one, to in ways],
            )
        self._say("touchEnd", [])

    def drag(self, start: Point, to: Point) -> None:
        """Move something on the card from one of its places to another."""
        self.move((on_card(self.page, *start), on_card(self.page, *to)))

    def tap(self, at: Point) -> None:
        self._say("touchStart", [at])
        self._say("touchEnd", [])
