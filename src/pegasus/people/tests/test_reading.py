"""What is true of every table that is read: nothing is lost, nothing is moved, nothing dangerous is unpacked."""

import csv
import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.kernel.text import clean_lines
from pegasus.people import sheets
from pegasus.people.domain.leave_list import LEAVE
from pegasus.people.sheets import SheetRefused
from pegasus.people.tests.builders import make_book, make_xlsx
from pegasus.people.tests.test_sheets import repacked, worksheet

HEADER = ["Nama", "NIP", "Tim"]
WINDOWS = "".join(
    sign
    for code in (*range(32, 127), *range(161, 256))
    if clean_lines(sign := bytes([code]).decode("cp1252", "ignore")) == sign
)
words = (
    st.text(st.sampled_from(WINDOWS + "\n;,\t|\"'"), max_size=8).map(str.strip).map(lambda text: text.strip("\x1f"))
)
tables = st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=6)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def as_csv(rows: list[list[str]], separator: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows([HEADER, *rows])
    return stream.getvalue()


def as_clipboard(rows: list[list[str]]) -> str:
    """What a spreadsheet puts on the clipboard: tabs, and quotation marks only around cells that need them."""

    def cell(text: str) -> str:
        needs = any(sign in text for sign in '\t\r\n"')
        return '"' + text.replace('"', '""') + '"' if needs else text

    return "\n".join("\t".join(map(cell, row)) for row in [HEADER, *rows])


def cells(sheet: sheets.Sheet) -> list[list[object]]:
    return [list(row.cells) for row in sheet.people]


@settings(max_examples=60)
@given(tables, encodings, st.sampled_from(";,\t|"))
def test_any_table_survives_csv_in_any_encoding_and_separator(
    rows: list[list[str]], encoding: str, separator: str
) -> None:
    sheet = sheets.read(as_csv(rows, separator).encode(encoding), "daftar.csv")

    assert cells(sheet) == rows
    assert [row.number for row in sheet.people] == list(range(2, len(rows) + 2))


@settings(max_examples=60)
@given(tables)
def test_any_table_survives_the_clipboard(rows: list[list[str]]) -> None:
    sheet = sheets.read(as_clipboard(rows).encode(), sheets.PASTED)

    assert cells(sheet) == rows
    assert [row.number for row in sheet.people] == list(range(2, len(rows) + 2))


@settings(max_examples=25, deadline=None)
@given(tables, st.integers(0, 5))
def test_any_table_survives_a_workbook_with_its_own_row_numbers(rows: list[list[str]], above: int) -> None:
    sheet = sheets.read(make_xlsx(*rows, header=HEADER, above=above), "daftar.xlsx")

    filled = [(number, row) for number, row in enumerate(rows, above + 2) if any(row)]
    read = [(row.number, list(row.cells)) for row in sheet.people if any(cell != "" for cell in row.cells)]
    assert [(number, row[: len(HEADER)]) for number, row in read] == filled


def test_a_quotation_mark_that_belongs_to_a_pasted_text_swallows_nothing() -> None:
    sheet = sheets.read(b'Nama\tTim\n"Ani Lestari\tNeraca\nBayu\tUmum\n', sheets.PASTED)

    assert cells(sheet) == [['"Ani Lestari', "Neraca"], ["Bayu", "Umum"]]


def test_a_list_of_names_alone_keeps_its_titles() -> None:
    for name in ("daftar.csv", sheets.PASTED):
        sheet = sheets.read(b"Nama\nSari Wulandari, S.ST.\nBayu Pratama, S.Si\n", name)

        assert cells(sheet) == [["Sari Wulandari, S.ST."], ["Bayu Pratama, S.Si"]]


def test_a_wrong_extension_is_no_obstacle_to_what_is_inside() -> None:
    as_text = sheets.read(make_xlsx(("Sari",)), "daftar.csv")
    as_workbook = sheets.read(b"Nama;Tim\nSari;Neraca\n", "daftar.xlsx")

    assert cells(as_text)[0][0] == cells(as_workbook)[0][0] == "Sari"


def workbook(write: object) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        write(book, book.add_worksheet("Daftar"))  # type: ignore[operator] # a function below
    return stream.getvalue()


def test_a_formula_counts_by_its_stored_value_and_one_without_is_told() -> None:
    def write(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(0, 0, ["Nama", "Tim"])
        sheet.write_formula(1, 0, '=UPPER("sari wulandari")', None, "SARI WULANDARI")
        sheet.write(1, 1, "Neraca")

    computed = sheets.read(workbook(write), "daftar.xlsx")
    bare = worksheet(
        '<row r="1"><c r="A1" t="str"><v>Nama</v></c></row>'
        '<row r="2"><c r="A2"><f>CMD()</f></c><c r="B2"><v>1</v></c></row>'
    )
    uncomputed = sheets.read(repacked(make_xlsx(("Sari",)), "xl/worksheets/sheet1.xml", bare), "daftar.xlsx")

    assert cells(computed) == [["SARI WULANDARI", "Neraca"]]
    assert computed.notes == ()
    assert cells(uncomputed) == [["", 1.0]]
    assert "dibaca kosong: kolom A “Nama” (1 sel, mulai baris 2)" in uncomputed.notes[0]


def test_macros_are_left_alone_and_told() -> None:
    stream = io.BytesIO(make_xlsx(("Sari",)))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")

    sheet = sheets.read(stream.getvalue(), "daftar.xlsm")

    assert cells(sheet)[0][0] == "Sari"
    assert "Makronya tidak dijalankan" in sheet.notes[0]


def test_hidden_rows_are_read_and_told() -> None:
    def write(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_column(0, 0, ["Nama", "Sari", "Bayu", ""])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})

    sheet = sheets.read(workbook(write), "daftar.xlsx")

    assert [row[0] for row in cells(sheet)][:2] == ["Sari", "Bayu"]
    assert sheet.notes == ("1 baris yang tersembunyi di lembarnya ikut dibaca.",)


def test_a_team_merged_over_its_people_is_each_one_s_team() -> None:
    def write(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 1, "DAFTAR PEGAWAI")
        sheet.write_row(1, 0, ["Tim", "Nama"])
        sheet.merge_range(2, 0, 4, 0, "Neraca")
        sheet.write_column(2, 1, ["Sari", "Bayu"])
        sheet.write(5, 1, "Ani")

    sheet = sheets.read(workbook(write), "daftar.xlsx")

    assert cells(sheet) == [["Neraca", "Sari"], ["Neraca", "Bayu"], ["", ""], ["", "Ani"]]


def test_real_dates_are_read_also_before_1970() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Nama", "Mulai"])
        sheet.write_row(1, 0, ["Sari"])
        sheet.write_datetime(1, 1, date(1965, 3, 4), style)
        sheet.write_row(2, 0, ["Bayu", 46307])

    sheet = sheets.read(workbook(write), "cuti.xlsx", kind=LEAVE)

    assert cells(sheet) == [["Sari", date(1965, 3, 4).isoformat()], ["Bayu", 46307.0]]


def test_a_visible_sheet_comes_before_a_hidden_one_and_any_can_be_chosen() -> None:
    data = make_book(
        {"Lama": [HEADER, ["Bayu", "", ""]], "Kosong": [], "Baru": [HEADER, ["Sari", "", ""]]}, hidden=["Lama"]
    )

    best, chosen, beyond = (sheets.read(data, "daftar.xlsx", chosen=number) for number in (None, 0, 7))

    assert (best.names, best.chosen) == (("Lama", "Baru"), 1)
    assert cells(best)[0][0] == cells(beyond)[0][0] == "Sari"
    assert cells(chosen)[0][0] == "Bayu"


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(SheetRefused, match="Tidak ada satu pun baris"):
        sheets.read(make_book({"Kosong": []}), "daftar.xlsx")


@pytest.mark.parametrize(("name", "part"), [("daftar.xlsb", "xl/workbook.bin"), ("daftar.xlsx", "xl/workbook.bin")])
def test_another_program_s_workbook_is_named(name: str, part: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "<x/>")

    with pytest.raises(SheetRefused, match="lembar kerja jenis lain"):
        sheets.read(stream.getvalue(), name)


def test_one_long_text_behind_many_cells_is_refused_before_it_is_copied() -> None:
    text = "panjang " * 4000
    strings = f'<sst xmlns="{SPACE}"><si><t>Nama</t></si><si><t>{text}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}">' + '<c t="s"><v>1</v></c>' * 20 + "</row>" for n in range(2, 200))
    data = repacked(
        make_xlsx(("Sari",)), "xl/worksheets/sheet1.xml", worksheet(f'<row r="1"><c t="s"><v>0</v></c></row>{rows}')
    )

    with pytest.raises(SheetRefused, match="jauh lebih besar"):
        sheets.read(repacked(data, "xl/sharedStrings.xml", strings), "bom.xlsx")


def test_many_sheets_with_one_far_cell_each_are_refused() -> None:
    data = make_book({f"L{n}": [HEADER] for n in range(5)})
    far = worksheet('<row r="5000"><c r="BH5000"><v>1</v></c></row>')
    for number in range(1, 6):
        data = repacked(data, f"xl/worksheets/sheet{number}.xml", far)

    with pytest.raises(SheetRefused, match="jauh lebih besar"):
        sheets.read(data, "bom.xlsx")


def test_a_dimension_that_lies_is_not_believed() -> None:
    lie = worksheet(
        '<row r="1"><c r="A1" t="str"><v>Nama</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    ).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')

    sheet = sheets.read(repacked(make_xlsx(("Sari",)), "xl/worksheets/sheet1.xml", lie), "daftar.xlsx")

    assert cells(sheet) == [[1.0]]


def test_merged_blocks_that_overlap_without_end_cost_nothing() -> None:
    blocks = "".join('<mergeCell ref="A1:A1048576"/>' for _block in range(2000))
    rows = '<row r="1"><c r="A1" t="str"><v>Nama</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    xml = worksheet(rows).replace(b"</sheetData>", f"</sheetData><mergeCells>{blocks}</mergeCells>".encode())

    sheet = sheets.read(repacked(make_xlsx(("Sari",)), "xl/worksheets/sheet1.xml", xml), "bom.xlsx")

    assert cells(sheet) == [[1.0]]


def test_forty_columns_and_many_rows_are_read() -> None:
    header = ["Nama", *(f"Kolom {n}" for n in range(39))]

    sheet = sheets.read(make_xlsx(*[["Sari", *["isi"] * 39]] * 300, header=header), "daftar.xlsx")

    assert (len(sheet.people), sheet.width) == (300, 40)
