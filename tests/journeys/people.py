"""The people of a journey, each with a browser of their own, doing what they do at work."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Error, Page, expect

from tests.journeys.conftest import DESK, PHONE, Installation, new_page
from tests.waiting import until

JAKARTA = ZoneInfo("Asia/Jakarta")
SECRET = "kuda-bersayap-330"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Bengkulu."""
    return datetime.combine(day, clock_time(hour, minute), JAKARTA)


@dataclass
class Person:
    """Somebody with a browser."""

    page: Page
    base: str

    def go(self, path: str) -> None:
        try:
            answer = self.page.goto(self.base + path)
        except Error:  # the page was just reloading itself, as it does when a chat is closed
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
    begin_the_office(person, code=code, name=name, city=city)
    person.page.set_input_files("input[type=file]", staff)
    person.press("Lihat hasilnya dulu")
    person.press("Ambil 64 pegawai")


def begin_the_office(person: Person, *, code: str, name: str, city: str) -> None:
    """The first two steps: the office and its first person, who is asked for the staff list next."""
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
    expect(page.locator("input[type=file]")).to_be_attached()


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


def choose_templates(person: Person, period: str) -> None:
    """Activity 2: all that are shipped."""
    person.go(f"/kartu/templat/?periode={period}")
    person.page.get_by_role("button", name=re.compile("^Pilih templat")).click()
    expect(person.page.get_by_text(re.compile("[Dd]ipilih")).first).to_be_visible()


def send_messages(person: Person, *, wanted: int) -> list[str]:
    """Open and confirm each waiting message, as on the day; return the personal addresses that stood in them.

    Who has no number gets the text another way; the person in charge says so all the same.
    """
    page = person.page
    waiting = page.locator("article.delivery-card")

    def there() -> bool:
        person.go("/pesan/")
        return waiting.count() >= wanted

    until(there, what=f"{wanted} messages to send", pause=0.3)
    links: list[str] = []
    while waiting.count():
        first = waiting.first
        first.locator("details.delivery-bubble").click()
        links += re.findall(r"/[tj]/[\w-]+/", first.locator(".delivery-text").inner_text())
        if first.get_by_role("button", name="Buka WhatsApp").count():
            # These offices run on this machine alone, which Pegasus says before a link leaves.
            if (understood := first.get_by_label("Saya paham tautannya hanya terbuka di komputer ini")).count():
                understood.check()
            with page.expect_popup() as opened:
                first.get_by_role("button", name="Buka WhatsApp").click()
            chat = urlsplit(opened.value.url)
            if chat.netloc == "wa.me":
                assert re.fullmatch(r"/62\d+", chat.path)
                assert "Terima kasih" in parse_qs(chat.query)["text"][0]
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
    page.set_input_files("input[type=file]", files=[shot])  # type: ignore[arg-type] # Playwright's own TypedDict
    person.press("Simpan tangkapan layar")
    expect(page.get_by_role("heading", name=re.compile("^Terima kasih"))).to_be_visible()


def post_to_instagram(person: Person, code: str) -> None:
    page = person.page
    person.go("/unggahan/")
    page.get_by_label(re.compile("Tempel tautan")).first.fill(f"https://www.instagram.com/p/{code}/")
    person.press("Simpan bukti")
    expect(page.get_by_text("Ganti bukti").first).to_be_visible()


def note_obstacle(person: Person, period: str, text: str) -> None:
    person.go(f"/laporan/catatan/?periode={period}")
    form = person.page.locator("form", has=person.page.get_by_role("button", name="Catat kendala"))
    form.get_by_label("Kendala").fill(text)
    form.get_by_label(re.compile("Solusi")).fill("Pengingat dikirim lebih pagi.")
    form.get_by_role("button", name="Catat kendala").click()
    expect(person.page.locator(".report-note", has_text=text)).to_be_visible()


def open_report(person: Person, title: str) -> None:
    """Wait for the draft that comes by itself on the first working day, and open it."""

    def there() -> bool:
        person.go("/laporan/")
        return person.page.locator("a.row-item", has_text=title).count() > 0

    until(there, what=f"the draft {title}", pause=0.3)
    person.page.locator("a.row-item", has_text=title).first.click()
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(title)


def write_section(person: Person, key: str, text: str) -> None:
    section = person.page.locator(f"#bagian-{key}")
    section.get_by_role("link", name=re.compile("^Ubah")).click()
    section.locator("textarea").fill(text)
    section.get_by_role("button", name="Simpan bagian").click()
    expect(section.get_by_text(text)).to_be_visible()


def finalise(person: Person) -> None:
    person.press("Nyatakan final")
    expect(person.page.get_by_role("link", name="PDF final")).to_be_visible()


def fetch(person: Person, link: str) -> bytes:
    """Download what a link leads to."""
    address = person.page.get_by_role("link", name=link).first.get_attribute("href")
    assert address is not None
    answer = person.page.request.get(person.base + address)
    assert answer.ok, f"{address} answered {answer.status}"
    return answer.body()


def ask_for_signature(person: Person) -> None:
    person.page.locator("[name=road][value=own_certificate]").check()
    person.press("Minta tanda tangan")
    expect(person.page.get_by_role("link", name="Buka permintaan")).to_be_visible()


def sign(person: Person, title: str, p12: bytes, passphrase: str) -> None:
    """The head signs with a certificate; the wrong passphrase first, which loses nothing."""
    page = person.page
    person.go("/tanda-tangan/")
    page.get_by_role("link", name=re.compile(title)).first.click()
    for phrase in ("bukan ini", passphrase):
        certificate = {"name": "kantor.p12", "mimeType": "application/x-pkcs12", "buffer": p12}
        page.set_input_files("input[name=p12]", files=[certificate])  # type: ignore[arg-type] # as above
        page.get_by_label("Frasa sandi sertifikat").fill(phrase)
        person.press("Tanda tangani sekarang")
        if phrase != passphrase:
            expect(page.get_by_text("Frasa sandi tidak cocok").first).to_be_visible()
    expect(page.get_by_role("link", name="Unduh yang bertanda tangan")).to_be_visible()


def check_document(person: Person, code: str, pdf: bytes) -> str:
    """A stranger scans the QR and drops the file: return what the page says of both."""
    page = person.page
    person.go(f"/v/{code}")
    page.set_input_files(
        "input[type=file]",
        files=[{"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": pdf}],  # type: ignore[arg-type] # as above
    )
    person.press("Periksa berkas")
    expect(page.locator("section.verdict[role=status]")).to_be_visible()
    return page.locator("main").inner_text()


def hand_over(person: Person, link: str, desk: Person) -> None:
    """The employee cannot; the person in charge appoints the fairest substitute."""
    page = person.page
    person.go(link)
    page.locator("summary", has_text="Tidak bisa minggu ini").click()
    page.get_by_label(re.compile("Alasan")).fill("Dinas luar kota")
    person.press("Minta pengganti")
    expect(page.get_by_text("Pengganti sudah diminta")).to_be_visible()
    desk.go("/jadwal/")
    desk.page.get_by_text("Cari pengganti").first.click()
    desk.page.get_by_role("button", name=re.compile("tunjuk ")).first.click()
    person.page.goto(person.base + link)
    expect(page.get_by_role("heading", name=re.compile("sudah dialihkan"))).to_be_visible()


def close_by_hand(person: Person, address: str, note: str) -> None:
    """Another programme's task: its proof and its end are written down by a person."""
    page = person.page
    person.go(address)
    page.locator("a[href*='/sop/tugas/']").first.click()
    page.get_by_label(re.compile("Keterangan|Catatan|Uraian")).first.fill(note)
    person.press("Simpan bukti")
    expect(page.get_by_text(note).first).to_be_visible()
    person.press("Catat selesai")
    expect(page.get_by_text("Ditutup").first).to_be_visible()
