import os
import re
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pikepdf
import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from tests.builders import NOW, make_employee, make_office

from pegasus.archive.files import content_of
from pegasus.archive.signable import CannotTypeset
from pegasus.publishing.tests.builders import make_sop, make_task
from pegasus.reports import actions, document, jobs, queries
from pegasus.reports.models import Report
from pegasus.reports.tests.builders import AFTER, MONDAYS, Q4, make_report
from pegasus.reports.tests.reading import pages_of, text_of
from pegasus.signing import actions as signing
from pegasus.signing.models import SignatureRequest
from pegasus.sop.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    office = make_office(name="BPS Kota Uji", region="KOTA UJI", city="Uji")
    make_employee(office, name="Win Rizal", title_after="S.Si., M.E.", roles=("head",))
    make_employee(office, name="Sari Wulandari", roles=("ca",))
    return make_report(office)


def test_the_pdf_says_what_a_laporan_must_say(report: Report) -> None:
    data = document.pdf(report, AFTER)
    text = text_of(data)

    chapters = [
        "Pendahuluan",
        "Pelaksanaan",
        "Ketepatan Waktu terhadap Standar SOP",
        "Kendala, solusi",
        "Simpulan",
        "Penutup",
    ]
    places = [text.rindex(chapter) for chapter in chapters]
    assert places == sorted(places)
    assert "BADAN PUSAT STATISTIK KOTA UJI" in text
    assert "Penulis 00" in text
    assert "Kepala BPS Kota Uji," in text
    assert "Win Rizal" in text
    assert "S.Si." not in text
    assert f"Halaman 1 dari {pages_of(data)}" in text


def test_a_draft_says_so_on_every_page_and_carries_no_code(report: Report) -> None:
    data = document.pdf(report, AFTER)

    text = text_of(data)
    # At every foot, and once under the title, where it is read aloud.
    assert text.count("KONSEP – belum ditandatangani") == pages_of(data) + 1
    assert "/v/" not in text
    assert "sertifikat elektronik" not in text


def test_the_pdf_is_an_archive_file_that_can_be_read_aloud(report: Report) -> None:
    with pikepdf.open(BytesIO(document.pdf(report, AFTER))) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["pdfuaid:part"] == "1"
        assert str(meta["dc:title"]) == "Laporan Kegiatan Pegasus Triwulan IV Tahun 2026"
        assert pdf.Root.Lang == "id"
        assert bool(pdf.Root.MarkInfo.Marked)


def test_the_same_rows_give_the_same_bytes(report: Report) -> None:
    assert document.pdf(report, AFTER) == document.pdf(report, AFTER)
    assert document.docx(report, AFTER) == document.docx(report, AFTER)


def test_an_open_period_makes_a_draft_that_says_so(report: Report) -> None:
    text = text_of(document.pdf(report, NOW))

    assert "Periode masih berjalan" in text
    assert "data per 23 November 2026" in text


def test_a_final_report_carries_its_code_and_is_judged_as_of_then(report: Report) -> None:
    record = actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    late = Task.objects.filter(part="group", closed_at=None).first()
    assert late is not None
    Task.objects.filter(pk=late.pk).update(closed_at=AFTER.replace(month=2), closed_by="x", outcome="done")

    text = text_of(content_of(record))
    totals = queries.contents(report, AFTER.replace(month=3)).totals

    assert f"/v/{record.code}" in text
    assert "KONSEP" not in text
    assert document.pdf(report, AFTER) == content_of(record)
    assert totals is not None
    assert totals.group == 2


@pytest.mark.parametrize(
    ("road", "sentence"),
    [("own_certificate", "bukan sertifikat BSrE"), ("brought_back", "Balai Sertifikasi Elektronik (BSrE), BSSN")],
)
def test_the_version_for_signing_has_the_roads_sentence_and_the_requests_code(
    report: Report, road: str, sentence: str
) -> None:
    signer = report.office.employees.get(name="Win Rizal")
    actions.finalise(report=report, by="Sari Wulandari", at=AFTER)

    request = actions.request_signature(report=report, road=road, signer=signer, by="Sari Wulandari", at=AFTER)

    text = text_of(content_of(request.document))
    assert sentence in text
    assert f"/v/{request.code}" in text
    assert "Uji, 5 Januari 2027" in text
    assert not request.document.is_public
    with pytest.raises(actions.AlreadyRequested):
        actions.request_signature(report=report, road=road, signer=signer, by="Sari", at=AFTER)


def test_the_room_for_the_signature_is_where_the_name_stands(report: Report) -> None:
    actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    request = actions.request_signature(report=report, road="own_certificate", signer=None, by="Sari", at=AFTER)

    left, bottom, right, top = request.place["box"]

    pdf = pypdfium2.PdfDocument(content_of(request.document))
    page = pdf[request.place["page"]].get_textpage()
    inside = page.get_text_bounded(left, bottom, right, top).strip()
    below = page.get_text_bounded(left, bottom - 24, right, bottom)
    pdf.close()
    assert (inside, "Win Rizal" in below) == ("", True)


def test_a_report_signed_from_the_archive_is_known_as_signed(report: Report) -> None:
    record = actions.finalise(report=report, by="Sari Wulandari", at=AFTER)

    request = signing.ask(record=record, road="own_certificate", signer=None, by="Sari", at=AFTER)

    assert (request.on_signed, request.origin) == ("reports.signed", record)
    assert "bukan sertifikat BSrE" in text_of(content_of(request.document))


def test_a_final_that_was_replaced_is_not_typeset_for_a_signature(report: Report) -> None:
    old = actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    actions.reopen(report=report, by="Sari", at=AFTER, reason="Kurang")

    with pytest.raises(CannotTypeset):
        signing.ask(record=old, road="own_certificate", signer=None, by="Sari", at=AFTER)


def test_only_a_final_report_can_be_signed(report: Report) -> None:
    with pytest.raises(actions.NotFinal):
        actions.request_signature(report=report, road="own_certificate", signer=None, by="Sari", at=AFTER)


def test_the_signed_file_makes_the_report_signed(report: Report) -> None:
    record = actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    request = actions.request_signature(report=report, road="own_certificate", signer=None, by="Sari", at=AFTER)
    jobs.signed.func(request.pk)
    report.refresh_from_db()
    waiting = report.state
    SignatureRequest.objects.filter(pk=request.pk).update(signed=record, state="signed")

    jobs.signed.func(request.pk)

    report.refresh_from_db()
    assert (waiting, report.state, report.signed) == (Report.State.FINAL, Report.State.SIGNED, record)


def test_words_that_no_font_has_and_control_characters_do_no_harm(report: Report) -> None:
    actions.write_section(
        report=report, key="results", text="A & B < C\x07 #panic(1) $x$ \U00012000 *tebal*", by="Sari", at=AFTER
    )

    text = text_of(document.pdf(report, AFTER))
    word = docx.Document(BytesIO(document.docx(report, AFTER)))

    assert "A & B < C #panic(1) $x$" in text
    assert any("A & B < C #panic(1) $x$" in paragraph.text for paragraph in word.paragraphs)


def test_a_soft_line_break_of_a_word_processor_separates_words(report: Report) -> None:
    actions.write_section(report=report, key="results", text="Satu langkah\x0bdua langkah", by="Sari", at=AFTER)

    word = docx.Document(BytesIO(document.docx(report, AFTER)))

    assert re.search(r"Satu langkah\s+dua langkah", text_of(document.pdf(report, AFTER)))
    assert "Satu langkah\ndua langkah" in "\n".join(paragraph.text for paragraph in word.paragraphs)


def test_the_docx_of_a_final_report_does_not_call_itself_a_draft(report: Report) -> None:
    report.state = Report.State.FINAL

    word = docx.Document(BytesIO(document.docx(report, AFTER)))

    footer = word.sections[0].footer.paragraphs[0].text
    assert "KONSEP" not in footer
    assert "yang berlaku adalah PDF" in footer


def test_the_docx_does_not_keep_the_moment_of_packing(report: Report) -> None:
    with ZipFile(BytesIO(document.docx(report, AFTER))) as packed:
        assert {item.date_time for item in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_docx_holds_the_same_content(report: Report) -> None:
    word = docx.Document(BytesIO(document.docx(report, AFTER)))
    xml = word.element.xml
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]

    assert [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 1"] == [
        "I. Pendahuluan",
        "II. Pelaksanaan",
        "III. Ketepatan Waktu terhadap Standar SOP",
        "IV. Kendala, solusi, dan tindak lanjut",
        "V. Simpulan dan saran",
        "VI. Penutup",
        "Lampiran",
    ]
    assert "Penulis 00\nNeraca" in cells
    assert xml.count("w:tblHeader") >= 2
    assert xml.count("w:cantSplit") == sum(len(table.rows) for table in word.tables)
    assert len(re.findall(r'docPr [^>]*descr="[^"]+"', xml)) == len(word.inline_shapes) == 6
    assert "NUMPAGES" in word.sections[0].footer._element.xml  # noqa: SLF001 - the field's own text


def test_a_semester_report_covers_every_programme_also_those_without_records(report: Report) -> None:
    office = report.office
    make_sop(office, "bgc", "Birthday Greeting Card")
    actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    semester = actions.draft(
        office=office, kind="semester", period=Q4.of(Q4.starts_on, "semester"), programme=None, at=AFTER
    )

    contents = queries.contents(semester, AFTER)
    text = text_of(document.pdf(semester, AFTER))

    assert [part.name for part in contents.programmes] == ["Pegasus", "Birthday Greeting Card"]
    assert [part.has_records for part in contents.programmes] == [True, False]
    assert [source.state for source in contents.programmes[0].sources] == ["", "final"]
    assert "Kegiatan ini belum mempunyai catatan pelaksanaan" in text
    assert "Evaluasi" in text


def test_the_final_semester_report_closes_the_task_of_every_programme(report: Report) -> None:
    office = report.office
    bgc = make_sop(office, "bgc", "Birthday Greeting Card")
    versions = [bgc, report.programme.procedure.versions.get()] if report.programme else [bgc]
    tasks = [make_task(version, 7, "period:2026S2", AFTER.date(), period="2026Q4") for version in versions]
    semester = actions.draft(
        office=office, kind="semester", period=Q4.of(Q4.starts_on, "semester"), programme=None, at=AFTER
    )

    record = actions.finalise(report=semester, by="Citra", at=AFTER)

    for task in tasks:
        task.refresh_from_db()
        assert (task.closed_by, task.evidence.get().record) == ("Citra", record)


def test_drafts_begin_by_themselves_once_their_time_has_come() -> None:
    office = make_office()
    version = make_sop(office)
    make_task(version, 6, "period:2026Q4", AFTER.date(), period="2026Q4")
    make_task(version, 7, "period:2026S2", AFTER.date(), period="2026Q4")

    before = actions.draft_due(office=office, at=NOW)
    made = actions.draft_due(office=office, at=AFTER)
    again = actions.draft_due(office=office, at=AFTER)

    assert (before, again) == ([], [])
    assert sorted((one.kind, one.period) for one in made) == [("quarter", "2026Q4"), ("semester", "2026S2")]


def test_the_command_writes_pdf_and_docx(report: Report, tmp_path: Path) -> None:
    out = StringIO()
    for name in ("a.pdf", "a.docx"):
        target = tmp_path / name
        call_command(
            "report", "quarter", "2026", "4", "--office", report.office.code, "--out", str(target), stdout=out
        )
        assert target.stat().st_size > 10_000

    assert text_of((tmp_path / "a.pdf").read_bytes()).count("Penulis 00") >= 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("quarter", "2026", "5", "0000", "a.pdf"), "tidak ada satker dengan kode '0000'"),
        (("quarter", "2026", "5", "", "a.pdf"), "setahun terdiri atas triwulan 1 sampai 4; 5 tidak ada"),
        (("quarter", "2026", "4", "", "a.txt"), "harus berakhir .pdf atau .docx"),
    ],
)
def test_the_command_refuses_in_a_sentence(
    report: Report, tmp_path: Path, given: tuple[str, ...], sentence: str
) -> None:
    kind, year, number, code, name = given

    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command(
            "report", kind, year, number, "--office", code or report.office.code, "--out", str(tmp_path / name)
        )

    assert os.listdir(tmp_path) == []  # noqa: PTH208 - names are all that is asked


def test_many_turns_are_each_told() -> None:
    office = make_office()
    report = make_report(office, turns=13)

    rows = queries.contents(report, AFTER).rows

    assert [row.duty.posts_on for row in rows] == MONDAYS
