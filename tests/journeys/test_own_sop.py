"""An office's own SOP: from set-up with its own Kepala to a signed version 2 whose QR leads to its own page."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, expect

from pegasus.signing.tests.certificates import PASSPHRASE, p12
from tests.journeys import documents, people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import at, at_desk, on_phone

STAFF = Path(__file__).with_name("data") / "daftar-tual.csv"
HEAD = "Maria Renyaan"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data", at(date(2026, 11, 23), 8)) as made:
        yield made


def test_a_new_office_revises_its_sop_and_its_signature_leads_to_its_own_page(
    browser: Browser, installation: Installation
) -> None:
    ca = at_desk(browser, installation)
    set_up(ca)
    head = at_desk(browser, installation)
    head.sign_in_first_time("maria", people.give_role(ca, HEAD, "head", "maria", date(2026, 11, 2)))

    revise(ca)
    put_in_force(head)
    signed = sign(head, ca)

    read(signed, browser, installation)


def set_up(ca: people.Person) -> None:
    """The first three steps, with the head's name and the SOP's own, and a list as an office has it."""
    page = ca.page
    ca.go("/")
    page.get_by_role("link", name="Mulai menyiapkan").click()
    page.get_by_label("Nama kantor").fill("BPS Kota Tual")
    page.get_by_label("Kode satker").fill("8172")
    page.get_by_label("Kota").fill("Tual")
    page.get_by_label("Nama Kepala").fill("Maria Renyaan, S.Si.")
    page.get_by_label("Pesan Penggungah Semangat untuk Sukses").check()
    ca.press("Lanjut")
    page.get_by_label("Nama", exact=True).fill("Wulan Kartika")
    page.get_by_label("Nama pengguna").fill("ca")
    page.get_by_label("Kata sandi").first.fill(people.SECRET)
    ca.press("Siapkan kantor")
    page.set_input_files("input[type=file]", STAFF)
    ca.press("Lihat hasilnya dulu")
    page.get_by_role("button", name=re.compile("^Ambil 5 pegawai")).click()
    expect(page.get_by_text("5 pegawai diambil").first).to_be_visible()


def revise(ca: people.Person) -> None:
    """Correct what the shipped text has wrong; a time nobody can read is said, and nothing typed is lost."""
    page = ca.page
    ca.go("/sop/pegasus/versi/")
    page.get_by_role("link", name="Revisi SOP").click()
    page.get_by_label("Nomor SOP").fill("SOP-330/81720/2026")
    page.locator("#id_legal_basis-5").fill("Peraturan Menteri PANRB Nomor 5 Tahun 2024;")
    page.locator("#id_row-3-time_standard").fill("2 Purnama")
    ca.press("Lihat perubahan")
    expect(page.get_by_text("Perbaiki dahulu sebelum diberlakukan")).to_be_visible()
    page.get_by_role("link", name=re.compile("Waktu ini tidak terbaca")).click()
    expect(page.locator("#id_row-3-time_standard")).to_have_value("2 Purnama")
    page.locator("#id_row-3-time_standard").fill("2 Hari Kerja")
    ca.press("Lihat perubahan")
    expect(page.get_by_text("SOP-330/81720/2026")).to_be_visible()
    expect(page.locator("ins", has_text="2 Hari Kerja")).to_be_visible()


def put_in_force(head: people.Person) -> None:
    head.go("/sop/pegasus/revisi/perubahan/")
    head.page.get_by_role("button", name=re.compile("^Berlakukan mulai 23 November 2026")).click()
    expect(head.page.get_by_role("heading", name="Versi 2")).to_be_visible()


def sign(head: people.Person, ca: people.Person) -> bytes:
    ca.go("/sop/pegasus/versi/")
    ca.press("Minta tanda tangan")
    ca.page.get_by_label("Penanda tangan").select_option(label="Maria Renyaan")
    ca.page.locator("[name=road][value=own_certificate]").check()
    ca.press("Minta tanda tangan")
    expect(ca.page.get_by_text(re.compile("Menunggu tanda tangan")).first).to_be_visible()
    people.sign(head, "versi 2", p12(HEAD), PASSPHRASE)
    return people.fetch(head, "Unduh yang bertanda tangan")


def read(signed: bytes, browser: Browser, installation: Installation) -> None:
    """What the file says, what its QRs hold as a screen shows them, and what a stranger sees behind them."""
    text = documents.text_of(signed)
    assert "KONSEP" not in text
    assert "Win Rizal" not in text
    assert "SOP-330/81720/2026" in text
    assert "2 Hari Kerja" in text
    assert "Pesan Penggungah Semangat untuk Sukses" in text
    assert "(bukan sertifikat BSrE)" in text
    found = {
        code.text
        for page in pypdfium2.PdfDocument(signed)
        for code in zxingcpp.read_barcodes(page.render(scale=1).to_pil())
    }
    (address,) = found
    assert address.startswith(f"{installation.base}/v/")
    stranger = on_phone(browser, installation)
    stranger.go(address.removeprefix(installation.base))
    expect(stranger.page.get_by_text("SOP-330/81720/2026").first).to_be_visible()
    expect(stranger.page.get_by_text(re.compile(f"{HEAD} menandatangani")).first).to_be_visible()
