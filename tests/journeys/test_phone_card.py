"""SOP 1.4 by thumb: an employee who has never seen the page makes a card, also on a line that comes and goes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys import people
from tests.journeys.conftest import PHONE, Installation, new_page, running
from tests.journeys.people import Person, at, at_desk
from tests.waiting import until

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
SIZES = {"portrait": (1080, 1350), "square": (1080, 1080), "story": (1080, 1920)}
MOST_TAPS = 4
MOST_TRANSFERRED = 150_000
GREEN = (22, 150, 60)
THUMB = 44
PATIENCE = 30_000


@dataclass
class Turns:
    """An office in the week before Hari Pahlawan, and the personal addresses of the turns to come."""

    installation: Installation
    links: list[str]


@pytest.fixture(scope="module")
def turns(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Turns]:
    with running(tmp_path_factory.mktemp("kartu") / "data", at(date(2026, 11, 3), 8)) as installation:
        yield Turns(installation, links_of(browser, installation))


def links_of(browser: Browser, installation: Installation) -> list[str]:
    """Found an office, and send the personal addresses of the next three turns."""
    ca = at_desk(browser, installation)
    people.found_the_office(ca, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)
    people.publish_roster(ca, "2026Q4")
    installation.say(at(date(2026, 11, 4), 9))
    links_in_messages(ca, wanted=1)  # H-3 of 9 November
    for already, day in enumerate(("16 November", "23 November"), start=1):
        ca.go("/pengingat/")
        turn = ca.page.get_by_role("listitem").filter(has_text=f"tayang Senin, {day}")
        turn.get_by_role("button", name=re.compile("Kirim tautan sekarang")).click()
        links_in_messages(ca, wanted=already + 1)
    links = links_in_messages(ca, wanted=3)
    return [links[day] for day in ("9 November", "16 November", "23 November")]


def links_in_messages(ca: Person, *, wanted: int) -> dict[str, str]:
    """Read the personal addresses in the messages that wait to be sent, by the day of their turn."""
    waiting = ca.page.locator("article.delivery-card")

    def there() -> bool:
        ca.go("/pesan/")
        return waiting.count() >= wanted

    until(there, what=f"{wanted} messages", pause=0.3)
    found: dict[str, str] = {}
    for message in waiting.all():
        message.locator("details.delivery-bubble").click()
        said = message.locator(".delivery-text").inner_text()
        day, link = re.search(r"Senin, (\d+ \w+)", said), re.search(r"/t/[\w-]+/", said)
        if day and link:
            found[day[1]] = link[0]
    return found


class Thumb:
    """A person with a phone: every tap is counted, and nothing is smaller than a thumb."""

    def __init__(self, browser: Browser, turns: Turns, turn: int) -> None:
        self.page: Page = new_page(browser, turns.installation, PHONE, touch=True)
        self.link = turns.links[turn]
        self.base = turns.installation.base
        self.taps = 0

    def open(self) -> None:
        self.page.goto(self.base + self.link, wait_until="networkidle")

    def tap(self, goal: Locator) -> None:
        self.taps += 1
        goal.scroll_into_view_if_needed()
        box = goal.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= THUMB - 0.5, f"{goal} is {box}"
        goal.tap()

    def press(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def arrives(self) -> None:
        """The card is drawn in three sizes and kept; a busy machine takes its time."""
        expect(self.page.get_by_role("heading", name="Kartu sudah masuk")).to_be_visible(timeout=PATIENCE)

    def changes(self, what: str) -> "Watch":
        """Wait until the picture that `what` shows is another one."""
        return Watch(self.page, what)

    def write(self, words: str) -> None:
        with self.changes(".pp-card"):
            self.page.get_by_label("Kata motivasi").fill(words)

    def picture(self, size: str) -> Image.Image:
        answer = self.page.request.get(f"{self.base}{self.link}gambar/{size}.jpg")
        assert answer.ok
        return Image.open(BytesIO(answer.body())).convert("RGB")


class Watch:
    def __init__(self, page: Page, what: str) -> None:
        self.page, self.what = page, what

    def __enter__(self) -> None:
        self.before = self.page.locator(self.what).inner_html()

    def __exit__(self, *fault: object) -> None:
        if fault[0] is None:
            differs = "([what, before]) => document.querySelector(what)?.innerHTML !== before"
            self.page.wait_for_function(differs, arg=[self.what, self.before])


def test_the_simplest_way_takes_four_taps_at_most(browser: Browser, turns: Turns) -> None:
    """Words that suit the week from the bank, and send: nothing else is asked."""
    phone = Thumb(browser, turns, 0)
    line = weigh(phone.page)
    phone.open()
    transferred = dict(line)
    page = phone.page
    expect(page.get_by_text("tayang Senin, 9 November")).to_be_visible()

    phone.tap(page.locator("summary", has_text="Pilih dari bank kata"))
    expect(page.get_by_text("Hari Pahlawan")).to_be_in_viewport()
    saying = page.locator(".pp-saying").first
    words = str(saying.get_attribute("data-words"))
    with phone.changes(".pp-card"):
        phone.tap(saying)
    phone.press("Kirim kartu")

    phone.arrives()
    assert phone.taps <= MOST_TAPS
    assert words.partition(" ")[0] in str(page.locator(".pp-done img").get_attribute("alt"))
    assert {size: phone.picture(size).size for size in SIZES} == SIZES
    assert 50_000 < sum(transferred.values()) < MOST_TRANSFERRED, transferred


def weigh(page: Page) -> dict[str, int]:
    """Count what comes over the line, as it was sent; pictures aside."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    kinds: dict[str, tuple[str, str]] = {}
    found: dict[str, int] = {}

    def begins(event: dict[str, dict[str, str]]) -> None:
        kinds[str(event["requestId"])] = (str(event["type"]), event["response"]["url"])

    def ends(event: dict[str, object]) -> None:
        kind, url = kinds.get(str(event["requestId"]), ("Image", ""))
        if kind != "Image":
            found[url] = int(float(str(event["encodedDataLength"])))

    line.on("Network.responseReceived", begins)
    line.on("Network.loadingFinished", ends)
    return found


def test_everything_by_thumb(browser: Browser, turns: Turns, tmp_path: Path) -> None:
    """A suggestion, another template, a photo, a colour, all sizes, one finding mended by a tap, and send."""
    phone = Thumb(browser, turns, 1)
    phone.open()
    page = phone.page
    phone.tap(page.locator("summary", has_text="Pilih dari bank kata"))
    phone.tap(page.locator(".pp-saying").first)
    colour = choose_a_colour(phone)
    add_a_photo(phone, tmp_path)
    look_at_all_sizes(phone)
    mend_a_finding(phone)

    phone.press("Kirim kartu")

    phone.arrives()
    for size, frame in SIZES.items():
        card = phone.picture(size)
        assert card.size == frame
        assert share(card, colour) > 0.001, f"the words of {size} are not {colour}"
        assert share(card, GREEN, near=40) > 0.005, f"the photo of {size} is missing"


TAP_AND_READ = """() => {
  const next = document.querySelector('.pp-switch button:last-child');
  next.click();
  return document.querySelector('#kartu-form').elements.template.value === next.value.split('-')[1];
}"""


def choose_a_colour(phone: Thumb) -> tuple[int, int, int]:
    """Go on to a template that leaves the words' colour free, and take its second colour."""
    page = phone.page
    with phone.changes(".pp-name"):
        assert page.evaluate(TAP_AND_READ)  # whatever is sent next takes the new template along
    for _template in range(12):
        if page.locator(".pp-name strong").inner_text() == "Lembar Pagi":
            break
        with phone.changes(".pp-name"):
            phone.press("Templat berikutnya")
    swatch = page.locator(".pp-swatch").nth(1)
    expect(swatch).to_be_visible()
    with phone.changes("#panggung"), phone.changes("#ukuran"):
        phone.tap(swatch)
    value = str(swatch.locator("input").get_attribute("value"))
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def add_a_photo(phone: Thumb, folder: Path) -> None:
    photo = folder / "saya.jpg"
    Image.new("RGB", (1200, 1500), GREEN).save(photo, "JPEG", quality=95)
    with phone.page.expect_navigation():
        phone.page.set_input_files("#id_photo", photo)
    expect(phone.page.locator(".pp-card image[href*='/foto/']")).to_be_attached()
    expect(phone.page.locator(".pp-swatch").nth(1).locator("input")).to_be_checked()


def look_at_all_sizes(phone: Thumb) -> None:
    """All three are in sight at once; a tap makes one of them large."""
    little = phone.page.locator(".pp-size")
    expect(little).to_have_count(len(SIZES))
    for place, size in enumerate(SIZES):
        expect(little.nth(place)).to_be_in_viewport()
        phone.tap(little.nth(place))
        expect(phone.page.locator(".pp-card")).to_have_attribute("data-size", size, timeout=PATIENCE)
        expect(little.nth(place)).to_have_attribute("aria-pressed", "true")


def mend_a_finding(phone: Thumb) -> None:
    words = phone.page.get_by_label("Kata motivasi")
    before = words.input_value()
    phone.write(f"{before} 你")
    finding = phone.page.locator("#temuan")
    expect(finding).to_contain_text("Huruf ini tidak dapat digambar: 你", timeout=PATIENCE)
    phone.tap(finding.get_by_role("button", name="Hapus huruf itu"))
    expect(finding).not_to_contain_text("tidak dapat digambar", timeout=PATIENCE)
    assert words.input_value().strip() == before.strip()


def share(card: Image.Image, colour: tuple[int, int, int], near: int = 14) -> float:
    """How much of a picture has a colour, as nearly as JPEG keeps it."""
    bands = [
        band.point([255 if abs(value - wanted) < near else 0 for value in range(256)])
        for band, wanted in zip(card.split(), colour, strict=True)
    ]
    both = Image.composite(bands[0], Image.new("L", card.size), bands[1])
    every = Image.composite(both, Image.new("L", card.size), bands[2])
    return every.histogram()[255] / (card.width * card.height)


def test_nothing_is_lost_when_the_line_drops(browser: Browser, turns: Turns) -> None:
    """What is typed without a line is there after a reload; a card that did not go is not said to have gone."""
    phone = Thumb(browser, turns, 2)
    page = phone.page
    phone.open()
    with page.expect_response(re.compile("/simpan/$")):
        phone.write("Ditulis di kantor.")
    expect(page.locator("#tersimpan")).to_contain_text("Draf tersimpan", timeout=PATIENCE)

    page.context.set_offline(True)
    page.get_by_label("Kata motivasi").fill("Ditulis di jalan tanpa sinyal.")
    expect(page.locator("#sambungan")).to_contain_text("tersimpan di perangkat ini", timeout=PATIENCE)
    phone.press("Kirim kartu")
    expect(page.locator("#sambungan")).to_contain_text("kartu belum terkirim", timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Halo")
    assert page.get_by_label("Kata motivasi").input_value() == "Ditulis di jalan tanpa sinyal."

    page.context.set_offline(False)
    page.reload(wait_until="networkidle")
    expect(page.get_by_label("Kata motivasi")).to_have_value("Ditulis di jalan tanpa sinyal.")
    expect(page.locator("#tersimpan")).to_contain_text("Draf tersimpan", timeout=PATIENCE)

    tap_a_template_that_never_comes(phone)
    send_and_lose_the_answer(phone)
    phone.press("Kirim kartu")
    expect(page.get_by_text("baru saja dikirim")).to_be_visible(timeout=PATIENCE)
    phone.arrives()


def tap_a_template_that_never_comes(phone: Thumb) -> None:
    """The next template's picture gets lost on the way: its card is not sent before it has been seen."""
    page, name = phone.page, phone.page.locator(".pp-name strong")
    seen = name.inner_text()
    page.route("**/pratinjau/", lambda route: route.abort("connectionfailed"))
    phone.press("Templat berikutnya")
    expect(page.locator("#sambungan")).to_contain_text("Sambungan terputus", timeout=PATIENCE)
    assert name.inner_text() == seen
    page.unroute("**/pratinjau/")

    phone.press("Kirim kartu")

    expect(page.locator("#temuan")).to_contain_text("sudah berubah sejak terakhir tampil", timeout=PATIENCE)
    expect(page.get_by_label("Kata motivasi")).to_have_value("Ditulis di jalan tanpa sinyal.")
    assert name.inner_text() != seen


def send_and_lose_the_answer(phone: Thumb) -> None:
    """The card reaches the server, but the line drops before its answer is back."""
    sent: list[int] = []

    def lose(route: Route) -> None:
        sent.append(route.fetch(max_redirects=0).status)
        route.abort("connectionfailed")

    address = phone.base + phone.link
    phone.page.route(address, lose, times=1)
    phone.press("Kirim kartu")
    expect(phone.page.locator("#sambungan")).to_contain_text("belum tentu terkirim", timeout=PATIENCE)
    assert sent == [302]
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Halo")
