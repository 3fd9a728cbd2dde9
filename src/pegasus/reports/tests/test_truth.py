"""A report says nothing false: each test is a fault that was found in one."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.archive.files import content_of
from pegasus.people.models import Office
from pegasus.publishing.tests.builders import make_sop, make_task
from pegasus.reports import actions, document, queries, tables
from pegasus.reports.domain import frozen
from pegasus.reports.models import Obstacle, Report
from pegasus.reports.tests.builders import AFTER, Q4, make_quarter, make_report
from pegasus.reports.tests.reading import lines_of, text_of
from pegasus.sop.actions import add_evidence
from pegasus.sop.models import Evidence, Programme, Task

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(days=30)
S2 = Q4.of(Q4.starts_on, "semester")


@pytest.fixture
def clock(tmp_path: Path, settings: object) -> Path:
    path = tmp_path / "clock"
    path.write_text(AFTER.isoformat())
    settings.PEGASUS_TEST_CLOCK = str(path)  # type: ignore[attr-defined] # pytest-django's fixture
    return path


@pytest.fixture
def office() -> Office:
    office = make_office(name="BPS Kota Uji", region="KOTA UJI", city="Uji")
    make_employee(office, name="Win Rizal", title_after="S.Si., M.E.", roles=("head",))
    make_employee(office, name="Sari Wulandari", roles=("ca",))
    return office


@pytest.fixture
def report(office: Office) -> Report:
    return make_report(office)


def note(report: Report, text: str, *, solution: str = "", period: str = "2026Q4", at: object = AFTER) -> Obstacle:
    assert report.programme is not None
    return actions.note_obstacle(
        office=report.office,
        programme=report.programme,
        period=period,
        text=text,
        solution=solution,
        by="Sari",
        at=at,  # type: ignore[arg-type] # a moment
    )


def page_of(client: Client, report: Report) -> str:
    return client.get(reverse("reports:report", args=[report.pk])).content.decode()


def margin_of(client: Client, report: Report) -> str:
    page = page_of(client, report)
    return " ".join(page[page.index("Yang masih kurang") :].split())


def semester_of(office: Office) -> Report:
    return actions.draft(office=office, kind="semester", period=S2, programme=None, at=AFTER)


def words_of(data: bytes) -> str:
    word = docx.Document(BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


# S8


def test_what_is_written_after_finality_shows_nowhere_in_the_final_report(
    client: Client, office: Office, report: Report, clock: Path
) -> None:
    old = note(report, "Jaringan kantor terputus")
    actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    kept = queries.contents(report, AFTER)

    note(report, "Ditulis belakangan", at=LATER)
    actions.solve_obstacle(obstacle=old, text="Diubah belakangan", solution="Baru", by="Sari", at=LATER)
    Task.objects.filter(office=office).update(closed_at=None, outcome="")
    Office.objects.filter(pk=office.pk).update(name="BPS Lain", city="Lain")
    report = Report.objects.get(pk=report.pk)
    sign_in(client, office, "ca")

    for shown in (
        page_of(client, report).split("<article")[1].split("</article>")[0],
        words_of(document.docx(report, LATER)),
        text_of(document.pdf(report, LATER)),
    ):
        assert "Jaringan kantor terputus" in shown
        assert "belakangan" not in shown
        assert "BPS Lain" not in shown
    assert queries.contents(report, LATER) == kept


def test_the_file_for_signing_has_the_contents_of_the_final(office: Office, report: Report) -> None:
    record = actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    note(report, "Ditulis belakangan", at=LATER)
    Task.objects.filter(office=office).update(closed_at=None, outcome="")

    request = actions.request_signature(report=report, road="own_certificate", signer=None, by="Sari", at=LATER)

    final, signing = (lines_of(content_of(one)) for one in (record, request.document))
    ours = {record.code, request.code, "Halaman", "Final", "ditandatangani", "elektronik", "Sertifikat", "Pindai"}
    ours |= {"Uji, ", "belum", "Kode dokumen", "http", "sertifikat"}
    assert [line for line in final if not any(word in line for word in ours)] == [
        line for line in signing if not any(word in line for word in ours)
    ]


def test_a_report_that_is_opened_again_follows_its_rows(report: Report) -> None:
    actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    note(report, "Ditulis belakangan", at=LATER)

    actions.reopen(report=report, by="Sari", at=LATER, reason="Kurang satu kendala")

    assert [item.text for item in queries.contents(report, LATER).obstacles] == ["Ditulis belakangan"]
    assert report.frozen is None


def test_what_was_final_before_contents_were_kept_knows_no_later_obstacle(report: Report) -> None:
    note(report, "Jaringan kantor terputus")
    actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    Report.objects.update(frozen=None)
    note(report, "Ditulis belakangan", at=LATER)
    report.refresh_from_db()

    assert [item.text for item in queries.contents(report, LATER).obstacles] == ["Jaringan kantor terputus"]


def test_contents_survive_being_kept_as_data(office: Office, report: Report) -> None:
    note(report, "Satu")
    for one in (report, semester_of(office)):
        contents = queries.contents(one, AFTER)

        assert frozen.thaw(json.loads(json.dumps(frozen.freeze(contents)))) == contents


def test_a_picture_of_a_frozen_report_still_opens(client: Client, office: Office, report: Report, clock: Path) -> None:
    actions.finalise(report=report, by="Sari Wulandari", at=AFTER)
    picture = queries.contents(report, AFTER).cards[0].record
    Task.objects.filter(office=office).update(period="2026Q1")
    sign_in(client, office, "ca")

    answer = client.get(reverse("reports:picture", args=[report.pk, picture]))

    assert answer.content[:2] == b"\xff\xd8"


# M4


def test_a_list_stays_a_list_in_every_file(report: Report) -> None:
    text = "Saran kami:\n1. Satu saja\n2. Dua saja\n\nAlinea lain"
    actions.write_section(report=report, key="suggestions", text=text, by="S", at=AFTER)

    printed = lines_of(document.pdf(report, AFTER))
    word = [paragraph.text for paragraph in docx.Document(BytesIO(document.docx(report, AFTER))).paragraphs]

    wanted = ["Saran kami:", "1. Satu saja", "2. Dua saja", "Alinea lain"]
    assert [line for line in printed if line in wanted] == wanted
    assert [line for line in word if line in wanted] == wanted


# M6


def test_each_activity_says_its_own_way_of_counting_days(report: Report) -> None:
    found = tables.all_of(queries.contents(report, AFTER))["times0"].note

    assert "Aktivitas 3, 4, dan 5 dihitung mulai hari aktivitas dibuka" in found
    assert "aktivitas 1, 2, dan 6 dihitung mulai hari kerja sesudahnya" in found
    assert "aktivitas 7 tidak diukur" in found


# M7


def test_a_report_does_not_call_itself_undone(office: Office, report: Report) -> None:
    assert report.programme is not None
    version = report.programme.procedure.versions.get()
    make_task(version, 6, "period:2026Q4", AFTER.date() - timedelta(days=3), period="2026Q4", role="ca")
    make_task(version, 7, "period:2026S2", AFTER.date() - timedelta(days=3), period="2026Q4", role="cc")

    quarter, semester = (queries.contents(one, AFTER) for one in (report, semester_of(office)))

    rows = {row[0]: row for row in tables.all_of(quarter)["times0"].rows}
    assert rows["6"][3:5] == ("laporan ini", tables.NONE)
    assert rows["7"][3:5] == ("laporan semester", tables.NONE)
    own = {row[0]: row for row in tables.all_of(semester)["times0"].rows}
    assert own["6"][3:5] == ("1", "0")
    assert own["7"][3:5] == ("laporan ini", tables.NONE)
    assert not any("Penyusunan Laporan Triwulan" in gap.text for gap in quarter.gaps)
    assert not any("Laporan Semesteran" in gap.text for gap in semester.gaps)
    assert any("Penyusunan Laporan Triwulan" in gap.text for gap in semester.gaps)
    assert [source.planned for source in semester.programmes[0].sources] == [0, 16]


# M8


def test_who_does_not_answer_for_a_report_is_not_offered_to_write_it(
    client: Client, office: Office, report: Report, clock: Path
) -> None:
    semester = semester_of(office)
    sign_in(client, office, "ca")
    write = reverse("reports:section", args=[semester.pk, "closing"])

    assert "Ubah<span" in page_of(client, report)
    assert "Ubah<span" not in page_of(client, semester)
    assert client.post(write, {"text": "Punya CC"}).status_code == 403
    semester.refresh_from_db()
    assert semester.narrative == {}

    sign_in(client, office, "cc")
    assert "Ubah<span" in page_of(client, semester)
    assert "Ubah<span" not in page_of(client, report)


# M9


def test_every_gap_names_whose_turn_it_is_and_who_owes_it(office: Office, report: Report) -> None:
    make_employee(office, name="Humas Satu", roles=("humas",))

    gaps = queries.contents(report, AFTER).gaps

    instagram = next(gap for gap in gaps if "Instagram" in gap.text)
    reminder = next(gap for gap in gaps if "H-5" in gap.text)
    assert instagram.text == "Memposting konten Pegasus (Instagram), giliran Penulis 02 belum selesai"
    assert instagram.owner == "Humas Satu (Humas)"
    assert "giliran Penulis 0" in reminder.text
    assert reminder.owner == "Sari Wulandari (Change Agent)"


# M11


def test_what_is_open_is_not_called_left_out(office: Office, report: Report) -> None:
    assert report.programme is not None
    version = report.programme.procedure.versions.get()
    Task.objects.filter(activity__rhythm="reminder").update(closed_at=NOW, outcome="not_needed")
    left_out = make_task(version, 2, "period:2026Q4", NOW.date(), period="2026Q4")
    Task.objects.filter(pk=left_out.pk).update(closed_at=NOW, outcome="skipped", closed_by="Sari")

    words = queries.contents(semester_of(office), AFTER).sections["evaluation"].text

    assert "dua pelaksanaan aktivitas selesai melewati batas waktu" in words
    assert "dua belum selesai meskipun batas waktunya sudah lewat" in words
    assert "satu tidak dilaksanakan" in words


def test_nothing_is_said_as_none_and_not_as_zero(office: Office) -> None:
    make_sop(office)

    words = " ".join(section.text for section in queries.contents(semester_of(office), AFTER).sections.values())

    assert "tidak ada" in words
    assert " 0 " not in f" {words} "
    assert "nol" not in words.split()


# M13


def test_a_semester_says_where_an_obstacle_was_met_and_says_it_once(office: Office, report: Report) -> None:
    note(report, "Gambar terlambat", solution="Diingatkan", period="2026Q3", at=NOW)
    note(report, "Gambar terlambat", solution="Diingatkan")
    note(report, "Grup penuh")
    assert report.programme is not None
    for period in ("2026Q3", "2026Q4"):
        actions.plan_follow_up(
            office=office,
            programme=report.programme,
            period=period,
            text="Menambah templat",
            owner="Sari",
            due_on=None,
            by="Sari",
            at=AFTER,
        )

    found = tables.all_of(queries.contents(semester_of(office), AFTER))
    quarterly = tables.all_of(queries.contents(report, AFTER))

    assert [row[1:4] for row in found["obstacles"].rows] == [
        ("Pegasus\ntriwulan III dan IV", "Gambar terlambat", "Diingatkan"),
        ("Pegasus\ntriwulan IV", "Grup penuh", "belum ada"),
    ]
    assert [row[1:3] for row in found["follow_ups"].rows] == [("Pegasus\ntriwulan III dan IV", "Menambah templat")]
    assert quarterly["obstacles"].header == ("No.", "Kendala", "Solusi", "Dicatat")


# M14


def test_the_call_that_begins_a_draft_writes_the_bytes_of_the_next(tmp_path: Path, office: Office) -> None:
    make_quarter(make_sop(office))
    written, target = [], tmp_path / "a.pdf"
    for _again in range(2):
        call_command(
            "report", "quarter", "2026", "4", "--office", office.code, "--out", str(target), stdout=StringIO()
        )
        written.append(target.read_bytes())

    assert written[0] == written[1]


# M16


def test_proofs_are_called_complete_only_when_there_are_some(
    client: Client, office: Office, report: Report, clock: Path
) -> None:
    make_sop(office, "bgc", "Birthday Greeting Card")
    empty = actions.draft(
        office=office, kind="quarter", period=Q4, programme=Programme.objects.get(code="bgc"), at=AFTER
    )
    sign_in(client, office, "ca")
    nothing = margin_of(client, empty)
    version = Programme.objects.get(code="bgc").procedure.versions.get()
    task = make_task(version, 5, "birthday:1:2027", LATER.date(), period="2026Q4")
    waiting = margin_of(client, empty)
    Task.objects.filter(pk=task.pk).update(opens_at=NOW, due_at=AFTER, closed_at=NOW, outcome="done")
    unproven = margin_of(client, empty)
    add_evidence(task=task, kind=Evidence.Kind.CONFIRMATION, by="Sari", at=NOW, text="Saya lihat sendiri")
    proven = margin_of(client, empty)

    assert "Belum ada pelaksanaan yang tercatat" in nothing
    assert "satu belum jatuh tempo" in waiting
    assert "belum ada buktinya" in unproven
    assert "Semua bukti lengkap" not in nothing + waiting + unproven
    assert "Semua bukti lengkap" in proven


# M17


def test_the_periods_on_offer_begin_with_the_office(client: Client, office: Office, clock: Path) -> None:
    make_task(make_sop(office), 1, "period:2026Q3", NOW.date() - timedelta(days=80), period="2026Q3")
    sign_in(client, office, "ca")

    page = client.get(reverse("reports:index")).content.decode()

    assert [key for key in ("2027Q1", "2026Q4", "2026Q3", "2026S2") if f'value="{key}"' in page] == [
        "2027Q1",
        "2026Q4",
        "2026Q3",
        "2026S2",
    ]
    assert 'value="2026Q2"' not in page
    assert 'value="2026S1"' not in page


# The running quarter


def test_a_running_quarter_divides_by_the_turns_that_are_due(client: Client, office: Office, clock: Path) -> None:
    clock.write_text(NOW.isoformat())
    report = make_report(office, turns=13, at=NOW)  # the last turn of the quarter is on 28 December
    sign_in(client, office, "ca")

    contents = queries.contents(report, NOW)
    words = contents.sections["conclusion"].text
    page = page_of(client, report)

    assert "5<small> / 7</small>" in page
    assert "giliran jatuh tempo terlaksana lengkap" in page
    assert contents.totals is not None
    assert (contents.totals.planned, contents.totals.due, contents.totals.complete) == (13, 7, 5)
    assert contents.totals.share_done == 71
    assert words.startswith("Sampai 23 November 2026, lima dari tujuh giliran yang sudah jatuh tempo terlaksana")


# Titles and dates


def test_titles_are_written_as_offices_write_them(office: Office, report: Report) -> None:
    assert queries.contents(report, AFTER).title == "Laporan Kegiatan Pegasus Triwulan IV Tahun 2026"
    assert queries.contents(semester_of(office), AFTER).title == "Laporan Manajemen Perubahan Semester II Tahun 2026"
    assert "1 Oktober–31 Desember 2026" in text_of(document.pdf(report, AFTER))


def test_a_quarter_that_went_well_is_told_in_sentences(office: Office) -> None:
    report = make_report(office, turns=1)

    sections = queries.contents(report, AFTER).sections

    assert sections["conclusion"].text == (
        "Pada triwulan IV tahun 2026 satu-satunya giliran terlaksana; semua kartu dan unggahannya tepat waktu."
    )
    assert sections["times"].title == "Ketepatan Waktu terhadap Standar SOP"


def test_tables_and_figures_are_numbered_with_title_and_source(office: Office, report: Report) -> None:
    note(report, "Satu")
    contents = queries.contents(report, AFTER)
    text = text_of(document.pdf(report, AFTER))
    word = words_of(document.docx(report, AFTER))

    for line in (
        "Gambar 1. Giliran yang direncanakan dan diunggah per bulan",
        "Tabel 1. Rencana dan realisasi setiap giliran",
        "Tabel 2. Ketepatan waktu terhadap standar SOP",
        "Tabel 3. Kendala dan solusi",
        "Sumber: catatan pelaksanaan SOP di Pegasus, data per 5 Januari 2027.",
    ):
        assert line in text, line
        assert line in word, line
    assert tables.all_of(replace(contents, obstacles=()))["obstacles"].caption == ""
