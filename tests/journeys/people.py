"""The people of a journey, each with a browser of their own, doing what they do at work."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESK, PHONE, Installation, new_page

JAKARTA = ZoneInfo("Asia/Jakarta")
SECRET = "kuda-bersayap-330"
LONGEST_WAIT = 30.0


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Bengkulu."""
    return datetime.combine(day, clock_time(hour, minute), JAKARTA)


def until(what: str, tries: Callable[[], bool]) -> None:
    """Wait for something the worker does by itself."""
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        if tries():
            return
        time.sleep(0.3)
    raise AssertionError(f"waited {LONGEST_WAIT:.0f} s in vain: {what}")


@dataclass
class Person:
    """Somebody with a browser."""

    page: Page
    base: str

    def go(self, path: str) -> None:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def sign_in(self, username: str, password: str) -> None:
        self.go("/akun/login/")
        self.page.get_by_label("Nama pengguna atau surel").fill(username)
        self.page.get_by_label("Kata sandi", exact=True).fill(password)
        self.press("Masuk")
        expect(self.page).not_to_have_url(re.compile("/akun/"))

    def sign_in_first_time(self, username: str, password: str) -> None:
        """Somebody else has seen the first password, so it is changed before anything else."""
        self.go("/akun/login/")
        self.page.get_by_label("Nama pengguna atau surel").fill(username)
        self.page.get_by_label("Kata sandi", exact=True).fill(password)
        self.press("Masuk")
        self.page.get_by_label("Kata sandi sekarang").fill(password)
        self.page.get_by_label("Kata sandi baru", exact=True).fill(SECRET)
        self.page.get_by_label("Ulangi kata sandi baru").fill(SECRET)
        self.press("Simpan kata sandi")
        expect(self.page).not_to_have_url(re.compile("/akun/password/"))

    def download(self, click: Callable[[], None], to: Path) -> bytes:
        with self.page.expect_download() as found:
            click()
        found.value.save_as(to)
        return to.read_bytes()


def at_desk(browser: Browser, installation: Installation) -> Person:
    return Person(new_page(browser, installation, DESK), installation.base)


def on_phone(browser: Browser, installation: Installation) -> Person:
    return Person(new_page(browser, installation, PHONE), installation.base)


def found_the_office(person: Person, *, code: str, name: str, city: str, staff: Path) -> None:
    """The first visit: three steps, from nothing to an imported staff list."""
    page = person.page
    person.go("/")
    expect(page).to_have_url(re.compile("/mulai/$"))
    page.get_by_role("link", name="Mulai menyiapkan").click()
    page.get_by_label("Nama kantor").fill(name)
    page.get_by_label("Kode satker").fill(code)
    page.get_by_label("Kota").fill(city)
    person.press("Lanjut")
    page.get_by_label("Nama", exact=True).fill("Wulan Kartika")
    page.get_by_label("Nama pengguna").fill("ca")
    page.get_by_label("Kata sandi").first.fill(SECRET)
    person.press("Siapkan kantor")
    page.set_input_files("input[type=file]", staff)
    person.press("Lihat hasilnya dulu")
    person.press("Ambil 64 pegawai")


def give_role(person: Person, name: str, role: str, username: str, valid_from: date) -> str:
    """Give somebody a role by decree and an account; return the password that is shown once."""
    page = person.page
    person.go(f"/pegawai/?cari={name}")
    page.get_by_role("link", name=name).first.click()
    page.locator("summary", has_text="Beri peran").click()
    page.get_by_label("Peran", exact=True).select_option(role)
    page.get_by_label("Nomor SK").fill("SK-12/17000/2026")
    page.get_by_label("Berlaku sejak").fill(valid_from.isoformat())
    person.press("Beri peran")
    expect(page.get_by_text("SK-12/17000/2026").first).to_be_visible()
    page.get_by_label("Nama pengguna").fill(username)
    person.press("Beri akun")
    return page.locator("code.people-secret").inner_text()


def publish_roster(person: Person, period: str) -> None:
    page = person.page
    person.go("/jadwal/buat/")
    page.get_by_label("Periode").select_option(period)
    person.press("Susun jadwal")
    person.press("Terbitkan jadwal")
    expect(page.get_by_role("heading", name=re.compile("^Jadwal "))).to_be_visible()


def send_reminders(person: Person, *, wanted: int) -> list[str]:
    """Open and confirm each waiting message, as on the day; return the personal addresses that stood in them."""
    page = person.page

    def there() -> bool:
        person.go("/pesan/")
        return page.get_by_role("button", name="Buka WhatsApp").count() >= wanted

    until(f"{wanted} messages to send", there)
    links: list[str] = []
    while page.get_by_role("button", name="Buka WhatsApp").count():
        page.locator("details.delivery-bubble").first.click()
        text = page.locator(".delivery-text").first.inner_text()
        links += re.findall(r"/t/[\w-]+/", text)
        with page.expect_popup() as opened:
            person.press("Buka WhatsApp")
        chat = urlsplit(opened.value.url)
        if chat.netloc == "wa.me":
            assert re.fullmatch(r"/62\d+", chat.path)
            assert "/t/" in parse_qs(chat.query)["text"][0]
        opened.value.close()
        person.go("/pesan/")
        person.press("Sudah saya kirim")
        person.go("/pesan/")
    return links


def write_card(person: Person, link: str, words: str) -> None:
    """The employee's minute: open the link, write, see the card change, send."""
    page = person.page
    person.go(link)
    before = page.locator(".pp-stage").inner_html()
    page.get_by_label("Kata motivasi").fill(words)
    page.wait_for_function("before => document.querySelector('.pp-stage').innerHTML !== before", arg=before)
    person.press("Kirim kartu")
    expect(page.get_by_role("heading", name="Kartu sudah masuk")).to_be_visible()


def card_picture(person: Person, link: str) -> Image.Image:
    """The card's file as the employee gets it."""
    answer = person.page.request.get(f"{person.base}{link}bagikan/kartu.jpg")
    assert answer.ok
    return Image.open(BytesIO(answer.body())).convert("RGB")


def photographed(card: Image.Image) -> bytes:
    """A phone's screenshot of a chat that shows the card."""
    screen = Image.new("RGB", (720, 1480), "#e9e2d6")
    screen.paste(card.resize((600, 750)), (60, 220))
    out = BytesIO()
    screen.save(out, "JPEG", quality=85)
    return out.getvalue()


def post_to_group(person: Person, link: str) -> None:
    page = person.page
    card = card_picture(person, link)
    assert card.size == (1080, 1350)
    assert len(card.resize((90, 112)).getcolors(90 * 112) or []) > 50, "the card is not one flat colour"
    person.go(f"{link}bagikan/")
    shot = {"name": "grup.jpg", "mimeType": "image/jpeg", "buffer": photographed(card)}
    page.set_input_files("input[type=file]", files=[shot])  # type: ignore[list-item] # Playwright's own TypedDict
    person.press("Simpan tangkapan layar")
    expect(page.get_by_role("heading", name=re.compile("^Terima kasih"))).to_be_visible()


def post_to_instagram(person: Person, code: str) -> None:
    page = person.page
    person.go("/unggahan/")
    page.get_by_label(re.compile("Tempel tautan")).first.fill(f"https://www.instagram.com/p/{code}/")
    person.press("Simpan bukti")
    expect(page.get_by_text("Simpan bukti")).to_have_count(0)
