"""A file that was signed elsewhere is brought back: another document, by the wrong person, written anew, and right."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pegasus.signing.tests.builders import letter, signed_elsewhere, signed_onto
from pegasus.signing.tests.certificates import authority
from tests.journeys import people
from tests.journeys.conftest import Installation, running
from tests.journeys.people import Person, at, at_desk
from tests.waiting import until

STAFF = Path(__file__).resolve().parents[2] / "src/pegasus/people/tests/data/pegawai-contoh.xlsx"
MORNING = at(date(2026, 6, 15), 8)
NAME = "Wulan Kartika"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Serve an office whose operator has pinned an invented BSrE root."""
    with running(tmp_path / "data", MORNING) as made:
        roots = made.data / "trust" / "bsre"
        roots.mkdir(parents=True)
        (roots / "uji.pem").write_bytes(authority("BSrE").pem)
        yield made


@pytest.fixture
def ca(browser: Browser, installation: Installation) -> Person:
    person = at_desk(browser, installation)
    people.found_the_office(person, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu", staff=STAFF)
    people.publish_roster(person, "2026Q3")
    return person


def test_only_the_right_file_by_the_right_person_becomes_the_signed_one(ca: Person, tmp_path: Path) -> None:
    """The roster list goes out for a BSrE signature and comes back four times."""
    ask_for_a_signature(ca)
    sent = ca.download(lambda: ca.page.get_by_role("link", name="Unduh naskah").click(), tmp_path / "naskah.pdf")

    another = letter("Laporan lain")
    bring(ca, tmp_path, signed(signed_onto, another))
    expect(ca.page.get_by_text("Ini bukan dokumen yang dikirim").first).to_be_visible()

    bring(ca, tmp_path, signed(signed_onto, sent, name="Orang Lain"))
    expect(ca.page.get_by_text(f"sedangkan yang diminta menandatangani adalah {NAME}").first).to_be_visible()

    bring(ca, tmp_path, signed(signed_elsewhere, sent))
    expect(ca.page.get_by_role("heading", name="Cocokkan berkas")).to_be_visible()
    expect(ca.page.get_by_alt_text("Halaman 1 dari berkas yang kembali")).to_be_visible()
    ca.press("Tolak berkas ini")
    expect(ca.page.get_by_text("Berkas ditolak.")).to_be_visible()

    right = signed(signed_onto, sent)
    bring(ca, tmp_path, right)
    expect(ca.page.get_by_role("link", name="Unduh yang bertanda tangan")).to_be_visible()
    expect(ca.page.get_by_text("Berkas yang sama, ditambah tanda tangan.")).to_be_visible()

    ca.page.get_by_role("link", name="Halaman pemeriksaan").first.click()
    expect(ca.page.get_by_text("Dokumen ini diterbitkan dan ditandatangani secara elektronik")).to_be_visible()
    check(ca, tmp_path, right)
    expect(ca.page.get_by_text("Berkas ini persis sama dengan yang diterbitkan")).to_be_visible()
    check(ca, tmp_path, sent)
    expect(ca.page.get_by_text("Berkas ini bukan yang diterbitkan")).to_be_visible()


def ask_for_a_signature(ca: Person) -> None:
    """Find the kept list in the archive and ask for the own signature on it, by way of BSrE."""

    def kept() -> bool:
        ca.go("/arsip/")
        return ca.page.get_by_role("link", name=re.compile("^Daftar Petugas Pegasus")).count() > 0

    until(kept)
    ca.page.get_by_role("link", name=re.compile("^Daftar Petugas Pegasus")).first.click()
    ca.page.get_by_role("link", name="Minta tanda tangan").click()
    ca.page.get_by_label("Penanda tangan").select_option(label=NAME)
    ca.page.get_by_label(re.compile("^Ditandatangani di luar")).check()
    ca.press("Minta tanda tangan")
    expect(ca.page.get_by_text(f"Menunggu tanda tangan {NAME}")).to_be_visible()


def signed(way: Callable[..., bytes], document: bytes, *, name: str = NAME) -> bytes:
    """Sign on a thread of its own: the browser's event loop runs on this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(way, document, name=name, at=MORNING).result()


def bring(ca: Person, folder: Path, data: bytes) -> None:
    """Upload what came back, from the request's page."""
    path = folder / "kembali.pdf"
    path.write_bytes(data)
    ca.page.get_by_label("Berkas PDF").set_input_files(path)
    ca.press("Unggah yang bertanda tangan")


def check(ca: Person, folder: Path, data: bytes) -> None:
    """Drop a file on the public page."""
    path = folder / "periksa.pdf"
    path.write_bytes(data)
    ca.page.get_by_label("Berkas yang Anda terima").set_input_files(path)
    ca.press("Periksa berkas")
