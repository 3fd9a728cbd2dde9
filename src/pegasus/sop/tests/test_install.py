from datetime import date

import pytest
from tests.builders import NOW, make_office

from pegasus.kernel.models import AuditEntry
from pegasus.sop import actions, queries, shipped
from pegasus.sop.models import Programme
from pegasus.sop.tests.builders import make_office_with_sop

pytestmark = pytest.mark.django_db

# (No, Aktivitas, Pelaksana with symbol, Kelengkapan, Waktu, Output, Keterangan) as the SOP's flow table has them
PEGASUS = [
    (
        1,
        "Penyusunan jadwal pelaksanaan Pegasus",
        [("ca", "start")],
        "Daftar pegawai dari community/profstat",
        ("3 Hari Kerja", "working_days", 3, 3),
        "Daftar petugas pegasus setiap minggu",
        "",
    ),
    (
        2,
        "Pembuatan template/format desain Pegasus",
        [("ca", "process")],
        "Aplikasi desain grafis, link jadwal pegasus",
        ("1 Hari Kerja", "working_days", 1, 1),
        "Desain template/format pegasus",
        "",
    ),
    (
        3,
        "Reminder jadwal Pegasus H-5 dan H-3 untuk pegawai yang bertugas",
        [("ca", "process")],
        "Aplikasi whatsapp, jadwal pegasus",
        ("2 Hari Kerja", "working_days", 2, 2),
        "Pesan pengingat via whatsapp",
        "",
    ),
    (
        4,
        "Penyiapan materi dan desain Pegasus",
        [("pegawai", "process")],
        "Kata motivasi, desain, link template/format pegasus",
        ("3 Hari Kerja", "working_days", 3, 3),
        "Desain pegasus",
        "",
    ),
    (
        5,
        "Memposting konten Pegasus ke WA grup kantor/media sosial instagram",
        [("pegawai", "process"), ("humas", "process")],
        "Desain pegasus",
        ("1 Hari Kerja", "working_days", 1, 1),
        "Desain pegasus terunggah di whatsapp grup kantor/instagram",
        "",
    ),
    (
        6,
        "Penyusunan Laporan Triwulan Kegiatan Pegasus",
        [("ca", "process")],
        "File desain pegasus, screenshot desain pegasus yang telah diunggah",
        ("5 Hari Kerja", "working_days", 5, 5),
        "Laporan Pegasus Triwulan",
        "",
    ),
    (
        7,
        "Evaluasi dan Penyusunan Laporan Semesteran",
        [("cc", "end")],
        "Laporan Pegasus Triwulan",
        ("Semesteran", "frequency", None, None),
        "Laporan MP Semesteran",
        "Laporan Semesteran untuk Keseluruhan Agenda Kegiatan Manajemen Perubahan",
    ),
]
BGC = [
    (1, "Menyusun daftar ulang tahun pegawai tahun 2025", "CAN (PJ BGC)", "1 Minggu", "Daftar ulang tahun pegawai"),
    (2, "Membuat template flyer BGC", "CAN (PJ BGC)", "1 Hari Kerja", "Template desain flyer BGC"),
    (
        3,
        "Membuat desain flyer BGC untuk pegawai yang berulang tahun",
        "CAN (PJ BGC Bulanan)",
        "1 Hari Kerja",
        "Desain flyer BGC pegawai yang berulang tahun",
    ),
    (
        4,
        "Memposting flyer BGC ke WA grup kantor dilengkapi dengan caption di hari ulang tahun ybs",
        "CAN (PJ BGC Bulanan)",
        "1 Hari Kerja",
        "Desain flyer BGC terupload di WA Grup kantor",
    ),
    (5, "Membuat laporan BGC triwulanan", "CAN (PJ BGC)", "1 Minggu", "Laporan BGC Triwulanan"),
    (6, "Evaluasi dan Penyusunan Laporan Semesteran", "CC", "Semesteran", "Laporan MP Semesteran"),
]


def test_sop_330_has_the_rows_of_its_flow_table() -> None:
    office = make_office_with_sop()

    rows = queries.version_in_force(office).activities.order_by("number")

    assert [
        (
            row.number,
            row.title,
            [(performer["lane"], performer["symbol"]) for performer in row.performers],
            row.required_input,
            (row.time_standard, row.time_unit, row.time_least, row.time_most),
            row.output,
            row.remark,
        )
        for row in rows
    ] == PEGASUS


def test_sop_330_has_the_fields_of_its_identity_page_in_the_office_that_wrote_it() -> None:
    office = make_office_with_sop(name="BPS Provinsi Bengkulu", region="PROVINSI BENGKULU")

    version = queries.version_in_force(office)

    assert version.procedure.number == "SOP-330/17000/2025"
    assert version.version == 1
    assert version.unit == "CHANGE AGENT NETWORK"
    assert version.title == "SOP Penyelenggaraan Kegiatan Pegasus (Pesona Pengungahan Semangat untuk Sukses)"
    assert (version.created_on, version.revised_on, version.effective_on) == (
        date(2025, 1, 2),
        None,
        date(2025, 1, 2),
    )
    assert (version.approved_by_position, version.approved_by_name) == ("Kepala BPS Provinsi Bengkulu", "Win Rizal")
    assert [lane["label"] for lane in version.lanes] == ["CA (PJ Pegasus)", "Pegawai", "Humas", "CC"]
    assert (version.related, version.warnings) == ([], [])
    assert version.equipment == ["PC/Laptop", "Jaringan/Internet", "Aplikasi Desain Grafis"]
    assert version.recording == "Disimpan sebagai data elektronik dan manual"
    assert version.in_force_from == NOW


def test_another_office_has_a_copy_of_its_own_without_the_first_offices_head() -> None:
    office = make_office(name="BPS Kota Tual", region="KOTA TUAL")
    actions.install(
        office=office, code="pegasus", at=NOW, head="Maria Renyaan, S.Si.", title=shipped.titles("pegasus")[1]
    )
    actions.install(office=office, code="bgc", at=NOW)

    mine, cards = (queries.version_in_force(office, code) for code in ("pegasus", "bgc"))

    assert mine.agency == ["BADAN PUSAT STATISTIK", "KOTA TUAL"]
    assert (mine.approved_by_position, mine.approved_by_name) == ("Kepala BPS Kota Tual", "Maria Renyaan, S.Si.")
    assert (cards.approved_by_position, cards.approved_by_name) == ("Kepala BPS Kota Tual", "Maria Renyaan, S.Si.")
    assert mine.title == "SOP Penyelenggaraan Kegiatan Pegasus (Pesan Penggungah Semangat untuk Sukses)"
    assert mine.qualifications[3].endswith("di lingkungan BPS Kota Tual.")
    assert "Bengkulu" not in str({**queries.text_of(mine), "number": ""})
    assert "Win Rizal" not in str(queries.text_of(mine))


def test_what_the_first_office_answers_otherwise_waits_as_a_draft() -> None:
    office = make_office(name="BPS Provinsi Bengkulu", region="PROVINSI BENGKULU")
    actions.install(office=office, code="pegasus", at=NOW, head="Yuli Astuti, M.E.")

    assert queries.version_in_force(office).approved_by_name == "Win Rizal"
    assert queries.drafts_of(office).get().text["approved_by_name"] == "Yuli Astuti, M.E."


def test_the_legal_basis_and_the_qualifications_are_complete_and_without_remarks() -> None:
    text = shipped.procedure("pegasus")

    assert len(text["legal_basis"]) == 10
    assert text["legal_basis"][0] == "Undang-Undang Nomor 16 Tahun 1997 Tentang Statistik;"
    assert text["legal_basis"][5].endswith("Evaluasi Zona Integritas Menuju Wilayah")
    assert text["legal_basis"][9].endswith("Administrasi Pemerintah di Lingkungan Badan Pusat Statistik.")
    assert [line[:27] for line in text["qualifications"]] == [
        "Siap mendukung pelaksanaan ",
        "Mampu menyusun desain visua",
        "Bersikap terbuka terhadap p",
        "Menjadi bagian dari penguat",
    ]
    assert "cut off" not in str(text)


def test_birthday_greeting_card_is_data_too() -> None:
    office = make_office_with_sop("bgc")

    version = queries.version_in_force(office, "bgc")
    labels = {lane["key"]: lane["label"] for lane in version.lanes}

    assert [
        (row.number, row.title, labels[row.performers[0]["lane"]], row.time_standard, row.output)
        for row in version.activities.order_by("number")
    ] == BGC


def test_installing_twice_keeps_what_is_there() -> None:
    office = make_office_with_sop()

    again = actions.install(office=office, code="pegasus", at=NOW)

    assert list(Programme.objects.filter(office=office)) == [again]
    assert AuditEntry.objects.filter(action="programme.installed", office_id=office.pk).count() == 1


def test_an_unknown_procedure_is_refused() -> None:
    with pytest.raises(shipped.UnknownProcedure):
        actions.install(office=make_office(), code="joss", at=NOW)


def test_each_activity_of_sop_330_is_found_by_its_rhythm() -> None:
    office = make_office_with_sop()

    rhythms = ["roster", "templates", "reminder", "card", "posting", "quarter", "semester"]

    assert [queries.activity(office, rhythm).number for rhythm in rhythms] == [1, 2, 3, 4, 5, 6, 7]
