"""The files of a report as they are seen, opened and read aloud."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pdfua
import pytest
import zxingcpp
from PIL import ImageFont
from tests.builders import make_employee, make_office

from pegasus.archive.files import content_of
from pegasus.people.models import Office
from pegasus.reports import actions, document, queries, tables, word
from pegasus.reports.domain import galleries
from pegasus.reports.models import Report
from pegasus.reports.tests.builders import AFTER, Q4, make_report
from pegasus.reports.tests.reading import (
    disagreeing_tables,
    docx_links,
    docx_xml,
    links_of,
    picture_of,
    structure_of,
    text_of,
)
from pegasus.typeset.lanes import FONTS

pytestmark = pytest.mark.django_db
INSTAGRAM = ["https://www.instagram.com/p/DRabc000/", "https://www.instagram.com/p/DRabc001/"]


@pytest.fixture
def office() -> Office:
    office = make_office(name="BPS Kota Uji", region="KOTA UJI", city="Uji")
    make_employee(office, name="Win Rizal", roles=("head",))
    make_employee(office, name="Sari Wulandari", roles=("ca",))
    return office


@pytest.fixture
def report(office: Office) -> Report:
    return make_report(office)


def semester_of(office: Office) -> Report:
    period = Q4.of(Q4.starts_on, "semester")
    return actions.draft(office=office, kind="semester", period=period, programme=None, at=AFTER)


# M2


def test_no_word_that_we_write_is_wider_than_its_column(office: Office, report: Report) -> None:
    font = ImageFont.truetype(str(FONTS / "Arimo-Regular.ttf"), 1000)
    bold = ImageFont.truetype(str(FONTS / "Arimo-Bold.ttf"), 1000)
    quarter, semester = queries.contents(report, AFTER), queries.contents(semester_of(office), AFTER)
    steps = {at for at, name in enumerate(tables.weeks(quarter.rows).header) if name in tables.STEPS.values()}

    def width(text: str, of: ImageFont.FreeTypeFont = font) -> float:
        pieces = re.split(r"[\s/]+", text)
        return max(of.getlength(piece) for piece in pieces) / 1000 * tables.TEXT_SIZE

    for contents in (quarter, semester):
        for table in tables.all_of(contents).values():
            room = [tables.LINE * share / sum(table.widths) - 2 * tables.INSET for share in table.widths]
            for at, name in enumerate(table.header):
                assert width(name, bold) <= room[at], name
            for row in table.rows:
                assert [at for at, text in enumerate(row) if width(text) > room[at]] == [], row
    plan = tables.weeks(quarter.rows)
    for at in steps | {len(plan.header) - 1}:
        room_here = tables.LINE * plan.widths[at] / sum(plan.widths) - 2 * tables.INSET
        assert all(width(text) <= room_here for text in (*tables.WORDS.values(), "(terlambat)", "30 Sep"))


# M3


def test_the_docx_has_the_widths_of_the_pdf_everywhere(office: Office, report: Report) -> None:
    for one in (report, semester_of(office)):
        bad, seen = disagreeing_tables(document.docx(one, AFTER))

        assert bad == 0
        assert seen >= 2


def test_the_docx_has_what_the_pdf_has(report: Report) -> None:
    record = actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    data = document.docx(report, AFTER)
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]

    assert "Daftar isi" in paragraphs
    assert [line.split("\t")[0] for line in paragraphs if line.startswith(("I. ", "VI. "))][:2] == [
        "I. Pendahuluan",
        "VI. Penutup",
    ]
    assert "Uji, 5 Januari 2027" in paragraphs
    assert "Pengesahan" in paragraphs
    assert any(f"Kode dokumen {record.code}" in line for line in paragraphs)
    assert any("Disusun oleh Change Agent, Sari Wulandari" in line for line in paragraphs)
    assert docx_xml(data).count("PAGEREF") >= 6


@pytest.mark.parametrize("count", range(1, 60))
def test_no_page_of_pictures_ends_with_one_or_two_alone(count: int) -> None:
    a_row = galleries.per_row(count)

    last_page = count % (a_row * galleries.ROWS_A_PAGE)
    assert last_page == 0 or last_page >= min(3, count)


def test_a_tall_picture_is_no_higher_in_the_docx_than_in_the_pdf(report: Report) -> None:
    shapes = docx.Document(BytesIO(document.docx(report, AFTER))).inline_shapes

    assert all(shape.height <= word.HIGHEST for shape in list(shapes)[1:])


# M5


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "https://pegasus.bps-provinsi-bengkulu.example.go.id"])
def test_the_code_at_the_foot_is_read_from_a_screen(report: Report, base: str, settings: object) -> None:
    settings.PEGASUS_BASE_URL = base  # type: ignore[attr-defined] # pytest-django's fixture
    record = actions.finalise(report=report, by="Sari Wulandari", at=AFTER)

    found = zxingcpp.read_barcodes(picture_of(content_of(record), dpi=72))

    assert [one.text for one in found] == [f"{base}/v/{record.code}"]


# M12


def test_the_address_of_a_post_stands_beside_its_picture_and_opens(report: Report) -> None:
    printed, word_file = document.pdf(report, AFTER), document.docx(report, AFTER)

    assert sorted(set(links_of(printed))) == INSTAGRAM
    assert docx_links(word_file) == INSTAGRAM
    assert "instagram.com/p/DRabc000" in text_of(printed)


# M21


def test_the_letterhead_and_the_signature_are_paragraphs_and_the_status_is_read(report: Report) -> None:
    spoken = structure_of(document.pdf(report, AFTER))

    for line in ("BADAN PUSAT STATISTIK", "KOTA UJI", "Kepala BPS Kota Uji,", "Win Rizal"):
        assert ("P", line) in spoken, line
    order = [text for _kind, text in spoken]
    status = next(at for at, text in enumerate(order) if text == "KONSEP – belum ditandatangani")
    assert status < order.index("Daftar isi")
    assert order.index("Kepala BPS Kota Uji,") < order.index("belum ditandatangani") < order.index("Win Rizal")


def test_the_pdfs_of_reports_pass_what_a_machine_can_check(office: Office, report: Report, tmp_path: Path) -> None:
    semester = semester_of(office)
    files = {"draft": document.pdf(report, AFTER), "semester": document.pdf(semester, AFTER)}
    files["final"] = content_of(actions.finalise(report=report, by="Sari", at=AFTER))
    for name, data in files.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)

        assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []
