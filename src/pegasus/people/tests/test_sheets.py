import io
import zipfile

import pytest

from pegasus.people import sheets
from pegasus.people.sheets import SheetRefused
from pegasus.people.tests.builders import SAMPLE, make_csv, make_xlsx

SARI = ("Sari Wulandari", "198312312004092005", "Neraca", "sari@contoh.id", "081234567890")


def repacked(data: bytes, part: str, content: bytes, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same workbook with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", packing) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


def worksheet(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_the_sample_s_heading_stands_in_its_fourth_row() -> None:
    sheet = sheets.read(SAMPLE.read_bytes(), SAMPLE.name)

    assert sheet.rows[sheet.header or 0].number == 4
    assert sheet.mapping == {"name": 1, "nip": 2, "position": 4, "team": 5, "email": 6, "phone": 7}
    assert sheet.headings[3] == "Gol."


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_any_usual_encoding_and_separator(encoding: str, separator: str) -> None:
    text = make_csv(("Zoë Lestari", *SARI[1:]), separator=separator)

    sheet = sheets.read(text.encode(encoding), "daftar.csv")

    assert [list(row.cells) for row in sheet.people] == [["Zoë Lestari", *SARI[1:]]]
    assert sheet.people[0].number == 2


def test_the_hint_of_a_separator_is_no_record() -> None:
    sheet = sheets.read(b"sep=;\n" + make_csv(SARI, separator=";").encode(), "daftar.csv")

    assert (sheet.header, sheet.people[0].number) == (0, 2)


def test_a_line_break_inside_a_cell_does_not_count_as_a_record() -> None:
    sheet = sheets.read(b'Nama,Tim\n"Sari\nWulandari",Neraca\nBayu,Umum\n', "daftar.csv")

    assert [row.number for row in sheet.people] == [2, 3]


def test_formulas_are_only_text() -> None:
    sheet = sheets.read(make_xlsx(('=HYPERLINK("http://x")', *SARI[1:])), "daftar.xlsx")

    assert sheet.people[0].cells[0] == '=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    ("data", "filename", "sentence"),
    [
        (b"", "daftar.xlsx", "kosong"),
        (b"\xef\xbb\xbf \r\n", "daftar.csv", "kosong"),
        (b"%PDF-1.7 ...", "daftar.pdf", "bukan XLSX, XLS, ODS, atau CSV"),
        (b"%PDF-1.7 ...", "daftar.csv", "bukan XLSX, XLS, ODS, atau CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "daftar.csv", "bukan XLSX, XLS, ODS, atau CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "daftar.xls", "rusak"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "daftar.xlsx", "dilindungi sandi"),
        (b"<html><table><tr><td>Nama", "daftar.xls", "jenis lain"),
        (b"<html><table><tr><td>Nama", "daftar.csv", "bukan XLSX, XLS, ODS, atau CSV"),
        (b'Nama,Tim\n"Sari,Neraca\nBayu,Umum\n', "daftar.csv", "tidak ditutup di baris 2"),
        (b"PK\x03\x04 torn", "daftar.xlsx", "rusak"),
        (b"Nama\r\n" + b"Sari\r\n" * 6000, "daftar.csv", "paling banyak 5.000"),
        (b",".join(b"Kolom" for _ in range(61)) + b"\r\n", "daftar.csv", "paling banyak 60"),
        (b"x" * (10 * 1024 * 1024 + 1), "daftar.csv", "lebih besar dari 10 MB"),
        (b',,\r\n"",,\r\n', "daftar.csv", "kosong"),
    ],
)
def test_what_is_no_staff_list_is_refused_with_a_sentence(data: bytes, filename: str, sentence: str) -> None:
    with pytest.raises(SheetRefused, match=sentence):
        sheets.read(data, filename)


def test_another_kind_of_zip_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    with pytest.raises(SheetRefused, match="bukan XLSX"):
        sheets.read(stream.getvalue(), "surat.xlsx")


def test_a_list_of_more_than_five_thousand_people_is_refused() -> None:
    with pytest.raises(SheetRefused, match=r"5\.101 baris; paling banyak"):
        sheets.read(make_xlsx(*[("Sari",)] * 5100), "daftar.xlsx")
    with pytest.raises(SheetRefused, match=r"5\.001 baris; paling banyak"):
        sheets.read(make_xlsx(*[("Sari",)] * 5001), "daftar.xlsx")


def test_a_wide_sheet_is_refused() -> None:
    with pytest.raises(SheetRefused, match="61 kolom; paling banyak 60"):
        sheets.read(make_xlsx(header=["Nama"] * 61), "daftar.xlsx")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c><v>1</v></c></row>",
        "<row>" + "<c><v>1</v></c>" * 16384 + "</row>",
        '<row r="1"><c r="&#88;FD1"><v>1</v></c></row>',
    ],
)
def test_a_far_cell_is_refused_before_room_is_made_for_it(cells: str) -> None:
    bomb = repacked(make_xlsx(SARI), "xl/worksheets/sheet1.xml", worksheet(cells))

    with pytest.raises(SheetRefused, match="paling banyak"):
        sheets.read(bomb, "bom.xlsx")


def test_a_far_cell_with_a_style_alone_is_no_reason_to_refuse() -> None:
    cells = '<row r="1"><c r="A1" t="str"><v>Nama</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    data = repacked(make_xlsx(SARI), "xl/worksheets/sheet1.xml", worksheet(cells))

    assert sheets.read(data, "daftar.xlsx").mapping == {"name": 0}


def test_a_small_file_that_unpacks_into_a_huge_one_is_refused() -> None:
    bomb = repacked(make_xlsx(SARI), "xl/worksheets/sheet1.xml", b"<a>" + b" " * 20_000_000 + b"</a>")

    with pytest.raises(SheetRefused, match="jauh lebih besar"):
        sheets.read(bomb, "bom.xlsx")


def test_entities_are_refused() -> None:
    xml = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + worksheet("<row><c><v>&a;</v></c></row>")

    with pytest.raises(SheetRefused, match="rusak"):
        sheets.read(repacked(make_xlsx(SARI), "xl/worksheets/sheet1.xml", xml), "bom.xlsx")


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_columns_are_lettered_as_in_a_spreadsheet(column: int, letters: str) -> None:
    assert sheets.letter(column) == letters


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_whose_packing_is_torn_is_refused(packing: int) -> None:
    part = "xl/worksheets/sheet1.xml"
    torn = bytearray(repacked(make_xlsx(SARI), part, worksheet("<row><c><v>1</v></c></row>" * 200), packing))
    with zipfile.ZipFile(io.BytesIO(torn)) as archive:
        begins = archive.getinfo(part).header_offset + 30 + len(part)
    torn[begins : begins + 40] = b"\xff" * 40

    with pytest.raises(SheetRefused, match="rusak"):
        sheets.read(bytes(torn), "daftar.xlsx")
