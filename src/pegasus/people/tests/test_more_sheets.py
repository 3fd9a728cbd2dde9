"""XLS and OpenDocument, what workbooks hide, rows that are nobody, and files that would cost too much."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from pegasus.people import sheets
from pegasus.people.domain import columns
from pegasus.people.domain.columns import Kind
from pegasus.people.domain.leave_list import LEAVE
from pegasus.people.readers.limits import MOST_COLUMNS
from pegasus.people.sheets import Sheet, SheetRefused
from pegasus.people.tests.builders import SAMPLE, make_book, make_xlsx
from pegasus.people.tests.test_sheets import repacked, worksheet

XLS = Path(__file__).with_name("data") / "pegawai-contoh.xls"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def cell(text: object, more: str = "") -> str:
    if text == "":
        return f"<table:table-cell {more}/>"
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{escape(str(text))}</text:p></table:table-cell>'
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods(*rows: str, columns_xml: str = "", manifest: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Daftar">{columns_xml}{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def written(sheet: Sheet) -> list[list[object]]:
    return [list(one.cells) for one in sheet.people]


HEADING = row(cell("Nama"), cell("NIP"), cell("Tim"))
SARI = row(cell("Sari Wulandari"), cell("198312312004092005"), cell("Neraca"))


def test_an_old_workbook_gives_the_same_people_as_the_new_one() -> None:
    new, old = sheets.read(SAMPLE.read_bytes(), SAMPLE.name), sheets.read(XLS.read_bytes(), XLS.name)

    assert (old.header, old.mapping, len(old.people)) == (new.header, new.mapping, len(new.people))
    assert written(old) == written(new)
    assert new.notes == ()
    assert old.notes == ("Ada lembar tersembunyi yang tidak dibaca: Catatan.",)


def test_open_document_is_read() -> None:
    sheet = sheets.read(ods(HEADING, SARI, row(cell(""), more='table:number-rows-repeated="1048570"')), "daftar.ods")

    assert written(sheet)[0] == ["Sari Wulandari", "198312312004092005", "Neraca"]
    assert sheet.mapping == {"name": 0, "nip": 1, "team": 2}
    assert sheet.notes == ()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (ods(HEADING, row(cell("Sari"), more='table:number-rows-repeated="1000000"')), "1.000.001 baris"),
        (ods(HEADING, row(cell("Sari", 'table:number-columns-repeated="16384"'))), "16.384 kolom"),
        (
            ods(
                HEADING,
                row(
                    cell("x" * 40_000, 'table:number-columns-repeated="60"'), more='table:number-rows-repeated="4000"'
                ),
            ),
            "jauh lebih besar",
        ),
        (ods(HEADING, SARI, manifest="<manifest:encryption-data/>"), "dilindungi sandi"),
        (ods("<table:broken"), "rusak"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 5000, "rusak"),
        (XLS.read_bytes()[:9000], "rusak"),
    ],
)
def test_a_workbook_that_is_no_list_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(SheetRefused, match=sentence):
        sheets.read(data, "daftar.ods" if data.startswith(b"PK") else "daftar.xls")


def test_what_open_document_hides_or_never_calculated_is_said() -> None:
    sheet = sheets.read(
        ods(
            HEADING,
            SARI,
            row(cell("Bayu"), cell("", 'table:formula="of:=X()"'), cell("Umum"), more='table:visibility="collapse"'),
            columns_xml='<table:table-column/><table:table-column/><table:table-column table:visibility="collapse"/>',
        ),
        "daftar.ods",
    )

    assert sheet.notes == (
        "1 baris yang tersembunyi di lembarnya ikut dibaca.",
        "Kolom yang tersembunyi di lembarnya ikut dibaca: C “Tim”.",
        (
            "Rumus yang hasilnya tidak tersimpan dibaca kosong: kolom B “NIP” (1 sel, mulai baris 3). "
            "Buka dan simpan sekali di Excel, lalu unggah lagi."
        ),
    )


def test_what_excel_hides_is_said_of_the_sheet_that_is_read() -> None:
    hidden = worksheet(
        '<row r="1"><c r="A1" t="str"><v>Nama</v></c><c r="B1" t="str"><v>Tim</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>Sari</v></c><c r="B2"><f>X()</f></c></row>'
        '<row r="3"><c r="A3" t="str"><v>Bayu</v></c><c r="B3"><f>X()</f></c></row>'
    ).replace(
        b"<sheetData>",
        b'<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="1"/></cols><sheetData>',
    )
    book = repacked(make_xlsx(("Sari",)), "xl/worksheets/sheet1.xml", hidden)

    assert sheets.read(book, "daftar.xlsx").notes == (
        "Kolom yang tersembunyi di lembarnya ikut dibaca: B “Tim”.",
        (
            "Rumus yang hasilnya tidak tersimpan dibaca kosong: kolom B “Tim” (2 sel, mulai baris 2). "
            "Buka dan simpan sekali di Excel, lalu unggah lagi."
        ),
    )
    other = make_book({"Satu": [["Nama"], ["Sari"]], "Dua": [["Catatan"]]}, hidden=["Dua"])
    assert sheets.read(other, "daftar.xlsx").notes == ("Ada lembar tersembunyi yang tidak dibaca: Dua.",)


@pytest.mark.parametrize(
    "nobody",
    [
        "1\t2\t3\nSari\t\tUmum",
        "(1)\t(2)\t(3)\nSari\t\tUmum",
        "Sari\t\tUmum\nJumlah\t8\t",
        "Sari\t\tUmum\nJumlah 8",
        "Sari\t\tUmum\nTotal pegawai: 8 \t\t",
        "Sari\t\tUmum\n\tTOTAL\t8 orang",
    ],
)
def test_numbers_of_columns_and_sums_are_said_and_nobody(nobody: str) -> None:
    sheet = sheets.read(f"Nama\tNIP\tTim\n{nobody}".encode(), sheets.PASTED, kind=LEAVE)

    assert [one[0] for one in written(sheet)] == ["Sari"]
    assert "hanya berisi nomor kolom atau jumlah" in sheet.notes[0]


def test_people_whose_names_look_like_sums_stay() -> None:
    rows = "Total Sihombing\t198312312004092005\tUmum\nJumlah Rahayu\t\tUmum\n1\t2\t4"
    sheet = sheets.read(f"Nama\tNIP\tTim\n{rows}".encode(), sheets.PASTED, kind=LEAVE)

    assert len(sheet.people) == 3
    assert sheet.notes == ()


def test_every_text_of_a_file_is_clean() -> None:
    dirty = ["Rina\u200b\xa0Kartika", "19831231\u200b2004092005", "Umum_x000D_\nLantai 2"]
    pasted = "Nama\tNIP\tTim\n" + "\t".join(dirty[:2]) + '\t"Umum\x0bLantai 2"'

    read = [
        sheets.read(ods(HEADING, row(*map(cell, dirty))), "daftar.ods"),
        sheets.read(make_book({"A": [["Nama", "NIP", "Tim"], dirty]}), "daftar.xlsx"),
        sheets.read(pasted.encode(), sheets.PASTED),
    ]

    for sheet in read:
        assert [str(one).replace("\n\n", "\n") for one in written(sheet)[0]] == [
            "Rina Kartika",
            "198312312004092005",
            "Umum\nLantai 2",
        ]


@pytest.mark.parametrize(
    "text",
    [
        "x" + ";" * 400_000,
        "x" + ";" * 9_000_000,
        "Nama;Tim" + ";" * 400_000 + "\nx;Umum\n",
        "Nama\nx\n" + (";" * 5_000 + "\n") * 80,
    ],
    ids=["0.4 MB", "9 MB", "under a heading", "in many lines"],
)
def test_a_line_of_separators_costs_nearly_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    by_heading = columns.by_heading

    def counting(cells: Sequence[columns.Value], kind: Kind) -> dict[str, int]:
        nonlocal looked_at
        looked_at += len(cells)
        return by_heading(cells, kind)

    monkeypatch.setattr(columns, "by_heading", counting)

    sheet = sheets.read(text.encode(), "daftar.csv")

    assert sheet.width <= MOST_COLUMNS
    assert written(sheet)[0][0] == "x"
    assert looked_at < 30_000  # a heading is looked for in 30 rows of 61 cells, a few times over


def test_a_line_that_is_really_too_wide_is_refused() -> None:
    with pytest.raises(SheetRefused, match=r"3\.000 kolom"):
        sheets.read((",".join(f"K{n}" for n in range(3_000)) + "\n").encode(), "daftar.csv")


EVENT = "BEGIN:VEVENT\r\nSUMMARY:Cuti Sari\r\nDTSTART;VALUE=DATE:20261012\r\n{}END:VEVENT\r\n"
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        (EVENT.format("DESCRIPTION:" + "x" * 2_900_000 + "\r\n"), "jauh lebih besar"),
        (EVENT.format("DESCRIPTION:x\r\n" + " x\r\n" * 500_000), "jauh lebih besar"),
        (EVENT.format("X:1\r\n" * 400_000), "jauh lebih besar"),
        ("BEGIN:VEVENT\r\n" * 400 + "END:VEVENT\r\n" * 400, "jauh lebih besar"),
        ("BEGIN:X\r\n" * 100_000, "jauh lebih besar"),
        (EVENT.format("X:" + "y" * 3_200_000 + "\r\n"), "lebih besar dari 3 MB"),
        (EVENT.format("") * 5_001, "paling banyak 5.000"),
        ("", "Tidak ada satu pun acara"),
    ],
    ids=["a huge line", "a huge folded line", "many properties", "deep", "never closed", "big", "many", "none"],
)
def test_a_hostile_calendar_is_refused(inside: str, sentence: str) -> None:
    with pytest.raises(SheetRefused, match=sentence):
        sheets.read(CALENDAR.format(inside).encode(), "cuti.ics", kind=LEAVE)


def test_a_rule_of_repetition_is_never_unrolled() -> None:
    rule = "RRULE:FREQ=SECONDLY;COUNT=2147483647;BYSECOND=" + ",".join(map(str, range(60))) + "\r\n"

    sheet = sheets.read(CALENDAR.format(EVENT.format(rule * 50)).encode(), "cuti.ics", kind=LEAVE)

    assert written(sheet)[0][3] == "RRULE"
