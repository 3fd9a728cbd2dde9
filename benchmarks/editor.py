"""From a key in the template editor to the picture on the screen, in Chromium, beside the server's answer alone."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright
from tests.journeys import people
from tests.journeys.conftest import CHROMIUM, DESK, new_page, start
from tests.journeys.editing import is_ready

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ROUNDS = 40
TARGET = "< 100 ms"
# The clock starts with the key; it stops when the next picture, its parts decoded, stands in the page.
WATCH = """() => {
  window.took = [];
  window.began = 0;
  addEventListener("keydown", () => { window.began = performance.now(); }, true);
  const picture = document.querySelector("[data-picture]");
  new MutationObserver(() => {
    const last = picture.lastElementChild;
    if (!window.began || !last || last.classList.contains("is-coming")) return;
    window.took.push(performance.now() - window.began);
    window.began = 0;
  }).observe(picture, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
}"""


def run() -> Iterator[tuple[str, str, str]]:
    """Yield what was measured, the least and the median of many keys."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        yield "key to picture in the editor", "no Chromium here", TARGET
        return
    installation = start(Path(tempfile.mkdtemp(prefix="pegasus-bench-")) / "data", NOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        try:
            person = people.Person(new_page(browser, installation, DESK), installation.base)
            people.begin_the_office(person, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu")
            person.go("/kartu/templat/")
            person.page.get_by_role("button", name="Salin dan sunting Lembar Pagi").click()
            is_ready(person.page)
            yield from _measured(person.page)
        finally:
            browser.close()
            installation.stop()


def _measured(page: Page) -> Iterator[tuple[str, str, str]]:
    page.evaluate(WATCH)
    page.get_by_role("option", name="Kata, sumber").click()
    canvas, words = page.locator("[data-canvas]"), page.get_by_label("Isi", exact=True).first
    canvas.focus()
    moved, answered = _keys(page, ["ArrowRight", "ArrowLeft"])
    yield "the server's answer alone", _said(answered), "(alternative)"
    yield "an arrow key moves a text", _said(moved), TARGET
    words.focus()
    yield "a letter typed into a text", _said(_keys(page, ["a", "Backspace"])[0]), TARGET
    page.get_by_role("option", name="Foto pegawai").click()
    canvas.focus()
    yield "an arrow key moves a photo", _said(_keys(page, ["ArrowRight", "ArrowLeft"])[0]), TARGET


def _keys(page: Page, keys: list[str]) -> tuple[list[float], list[float]]:
    """Press keys one after the other, each after the last one's picture came."""
    page.evaluate("window.took = []")
    answered = []
    for number in range(ROUNDS):
        page.keyboard.press(keys[number % len(keys)])
        page.wait_for_function("wanted => window.took.length === wanted", arg=number + 1)
        answered.append(float(page.locator("[data-editor]").get_attribute("data-took") or 0))
        page.wait_for_timeout(60)
    found: list[float] = page.evaluate("window.took")
    return found, answered


def _said(found: list[float]) -> str:
    return f"{min(found):.0f} / {median(found):.0f} ms"
