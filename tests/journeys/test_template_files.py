"""A template goes out as one file and comes back; what nobody uses is deleted; nobody is kept out of these pages."""

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys import people
from tests.journeys.conftest import Installation, running
from tests.journeys.editing import box, grave_faults, is_ready, kept, no_violation, open_fresh, pull, saved
from tests.journeys.people import Person, at, at_desk


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("files") / "data", at(date(2026, 6, 15), 8)) as made:
        yield made


@pytest.fixture(scope="module")
def ca(browser: Browser, installation: Installation) -> Person:
    person = at_desk(browser, installation)
    person.page.on("console", no_violation)
    people.begin_the_office(person, code="1700", name="BPS Provinsi Bengkulu", city="Bengkulu")
    return person


def drawn(colour: str) -> Any:  # noqa: ANN401 - Playwright's own TypedDict
    out = BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "PNG")
    return {"name": "gambar.png", "mimeType": "image/png", "buffer": out.getvalue()}


def named(person: Person, name: str) -> None:
    person.page.get_by_label("Nama templat").fill(name)
    person.page.get_by_label("Nama templat").press("Tab")


def bring(page: Page, data: bytes) -> None:
    sheet: Any = {"name": "templat.zip", "mimeType": "application/zip", "buffer": data}
    page.get_by_label("Berkas templat dari kantor lain (.zip)").set_input_files(sheet)
    page.get_by_role("button", name="Impor").click()


def without_numbers(design: dict[str, Any]) -> dict[str, Any]:
    """A design without the numbers that each office gives its pictures."""
    return {**design, "elements": [{**one, "file": "?"} if "file" in one else one for one in design["elements"]]}


def test_a_template_with_a_picture_goes_out_as_one_file_and_comes_back(ca: Person, tmp_path: Path) -> None:
    page = ca.page
    open_fresh(ca)
    named(ca, "Pergi pulang")
    with page.expect_file_chooser() as chooser:  # an office without pictures goes straight to its files
        page.get_by_role("button", name="Gambar", exact=True).first.click()
    chooser.value.set_files(drawn("#b83a14"))
    expect(page.get_by_role("option", name="Gambar")).to_be_visible()
    pull(page, (540, 675), (700, 300))
    page.locator("[data-focus-pad]").click(position={"x": 8, "y": 8})
    assert box(page)[1] < 300
    saved(page)
    before = kept(ca)["design"]
    assert before["elements"][-1]["focus"] == pytest.approx([0.05, 0.08], abs=0.08)

    ca.go("/kartu/templat/")
    link = page.get_by_role("link", name="Unduh Pergi pulang sebagai satu berkas")
    data = ca.download(link.click, tmp_path / "templat.zip")
    bring(page, data)
    is_ready(page)

    assert zipfile.ZipFile(BytesIO(data)).namelist() == ["design.json", "pictures/1.jpg"]
    expect(page.get_by_label("Nama templat")).to_have_value("Pergi pulang")
    assert without_numbers(kept(ca)["design"]) == without_numbers(before)
    ca.go("/kartu/templat/")
    expect(page.get_by_role("link", name="Sunting Pergi pulang")).to_have_count(2)


def test_a_file_that_is_no_template_is_refused_with_a_sentence(ca: Person) -> None:
    page = ca.page
    ca.go("/kartu/templat/")
    own = page.get_by_role("link", name="Sunting").count()

    bring(page, b"bukan zip")
    expect(page.get_by_text("Berkas ini tidak dapat dibaca sebagai templat Pegasus.")).to_be_visible()
    bring(page, b"PK\x05\x06" + bytes(18))
    expect(page.get_by_text("Berkas ini bukan templat Pegasus.")).to_be_visible()

    expect(page.get_by_role("heading", name="Templat kantor")).to_be_visible()
    assert page.get_by_role("link", name="Sunting").count() == own


def test_a_picture_is_chosen_again_and_both_go_when_nothing_uses_them(ca: Person) -> None:
    page = ca.page
    open_fresh(ca)
    named(ca, "Sementara")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Gambar", exact=True).first.click()
        page.get_by_role("button", name="Unggah dari perangkat ini").click()
    chooser.value.set_files(drawn("#0b4f9e"))
    expect(page.get_by_role("option", name="Gambar")).to_be_visible()
    page.get_by_role("button", name="Gambar", exact=True).first.click()
    page.get_by_role("dialog", name="Pilih gambar").get_by_role("button", name="Gambar 1").click()
    expect(page.get_by_role("option", name="Gambar")).to_have_count(2)
    saved(page)
    files = {element.get("file") for element in kept(ca)["design"]["elements"] if element["kind"] == "picture"}
    assert len(files) == 1

    ca.go("/kartu/templat/gambar-kantor/")
    expect(page.get_by_text("Dipakai di Sementara")).to_be_visible()
    ca.go("/kartu/templat/")
    page.get_by_role("link", name="Hapus Sementara").click()
    expect(page.get_by_role("heading", name="Hapus “Sementara”?")).to_be_visible()
    ca.press("Hapus templat ini")
    expect(page.get_by_text("Templat “Sementara” sudah dihapus.")).to_be_visible()
    expect(page.get_by_role("link", name="Sunting Sementara")).to_have_count(0)
    ca.go("/kartu/templat/gambar-kantor/")
    page.locator("summary", has_text="Hapus gambar 1").click()
    page.get_by_role("button", name="Hapus gambar ini").first.click()
    expect(page.get_by_text("Gambar sudah dihapus.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_pages_of_templates(ca: Person, scheme: Any) -> None:  # noqa: ANN401 - a Literal
    page = ca.page
    page.emulate_media(color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for path in ("/kartu/templat/", "/kartu/templat/gambar-kantor/", "/kartu/merek/"):
        ca.go(path)
        found[path] = grave_faults(page)

    open_fresh(ca)
    found["editor"] = grave_faults(page)
    for kind in ("Foto", "Persegi", "QR", "Garis", "Teks"):
        page.get_by_role("button", name=kind, exact=True).first.click()
        found[f"editor, {kind}"] = grave_faults(page)
    page.keyboard.press("?")
    found["keys"] = grave_faults(page)
    page.keyboard.press("Escape")
    saved(page)

    assert {place: faults for place, faults in found.items() if faults} == {}
