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
from tests.journeys import documents, messy_list, people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import at, at_desk, on_phone

HEAD = "Maria Renyaan"
SETTING_UP = "Wulan Kartika"  # who sets the office up is in no list


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path / "data", at(date(2026, 11, 23), 8)) as made:
        yield made


def test_a_new_office_revises_its_sop_and_its_signature_leads_to_its_own_page(
    browser: Browser, installation: Installation, tmp_path: Path
) -> None:
    ca = at_desk(browser, installation)
    set_up(ca)
    take_staff(ca, messy_list.write_staff(tmp_path / "pegawai.xlsx"))
    assert people_of(ca) == messy_list.PEOPLE
    take_leave(ca, messy_list.write_leave(tmp_path / "cuti.csv"))
    head = at_desk(browser, installation)
    head.sign_in_first_time("maria", people.give_role(ca, HEAD, "head", "maria", date(2026, 11, 2)))

    revise(ca)
    put_in_force(head)
    signed = sign(head, ca)

    read(signed, browser, installation)


def set_up(ca: people.Person) -> None:
    """The first two steps, with the head's name and the SOP's own."""
    page = ca.page
    ca.go("/")
    page.get_by_role("link", name="Mulai menyiapkan").click()
    page.get_by_label("Nama kantor").fill("BPS Kota Tual")
    page.get_by_label("Kode satker").fill("8172")
    page.get_by_label("Kota").fill("Tual")
    page.get_by_label("Nama Kepala").fill("Maria Renyaan, S.Si.")
    page.get_by_label("Pesan Penggungah Semangat untuk Sukses").check()
    ca.press("Lanjut")
    page.get_by_label("Nama", exact=True).fill(SETTING_UP)
    page.get_by_label("Nama pengguna").fill("ca")
    page.get_by_label("Kata sandi").first.fill(people.SECRET)
    ca.press("Siapkan kantor")


def take_staff(ca: people.Person, path: Path) -> None:
    """Take in a list with every fault that lists have: what is odd is said, who is who is asked."""
    page, total = ca.page, len(messy_list.PEOPLE)
    page.set_input_files("input[type=file]", path)
    ca.press("Lihat hasilnya dulu")
    asked = page.locator("section[aria-labelledby=orang-sama]")
    expect(asked.locator("legend")).to_have_text([f"Baris {row}" for row in messy_list.ASKED])
    doubted = page.locator("section[aria-labelledby=diragukan] tbody th").all_inner_texts()
    assert {int(row.removeprefix("Baris ")) for row in doubted} == messy_list.DOUBTED
    for answered, row in enumerate(messy_list.ASKED, 1):
        asked.get_by_role("group", name=f"Baris {row}", exact=True).get_by_label("Orang yang sama").check()
        left = len(messy_list.ASKED) - answered
        expect(asked.get_by_text(f"{left} belum dijawab" if left else "semua sudah dijawab")).to_be_visible()
    ca.press(f"Ambil {total} pegawai")
    expect(page.get_by_text(f"{total} pegawai diambil").first).to_be_visible()


def people_of(ca: people.Person) -> set[messy_list.Listed]:
    """Return everybody whom the list brought in, as their own pages show them."""
    ca.go("/pegawai/")
    cards = ca.page.locator("a.people-card")
    addresses = [str(card.get_attribute("href")) for card in cards.all() if SETTING_UP not in card.inner_text()]
    return {person_at(ca, address) for address in addresses}


def person_at(ca: people.Person, address: str) -> messy_list.Listed:
    ca.go(address)
    section = ca.page.locator("section[aria-labelledby=data] dl")
    facts = dict(zip(section.locator("dt").all_inner_texts(), section.locator("dd").all_inner_texts(), strict=True))
    return messy_list.Listed(
        ca.page.locator("h1").inner_text(),
        facts["NIP"],
        ca.page.locator("p.lede").inner_text(),
        facts.get("Tanggal lahir", ""),
        facts["Surel"],
        facts["Nomor WhatsApp"].partition("••••")[2],
    )


def take_leave(ca: people.Person, path: Path) -> None:
    """Take in the leave list: over New Year, day ranges, a month in short."""
    page = ca.page
    ca.go("/pegawai/impor-cuti/")
    page.set_input_files("input[type=file]", path)
    ca.press("Lihat hasilnya dulu")
    ca.press(f"Catat {len(messy_list.LEAVE)} ketidakhadiran")
    expect(page).not_to_have_url(re.compile("/impor-cuti/[^/]+/$"))
    ca.go("/pegawai/?cari=Rina")
    page.get_by_role("link", name="Rina Kartika").first.click()
    expect(page.locator("section[aria-labelledby=tidak-hadir] .row-title")).to_have_text(messy_list.RINA_AWAY)


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
