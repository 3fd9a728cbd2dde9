from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import Settings
from python_calamine import CalamineWorkbook
from tests.builders import make_employee, sign_in

from pegasus.archive.models import Record
from pegasus.archive.signable import CannotTypeset, SigningCopy, SigningTerms, typesetter_of
from pegasus.calendar.models import Holiday
from pegasus.people.models import Office, RoleAssignment
from pegasus.roster import actions, queries
from pegasus.roster.tests.builders import BEFORE_Q4, make_draft, make_published, make_staffed_office, repair_everything
from pegasus.typeset.render import PageBox

pytestmark = pytest.mark.django_db
LATER = BEFORE_Q4 + timedelta(days=3)  # 24 September 2026
HEAD = 9  # the row of the column names


@pytest.fixture
def clock(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "clock"
    path.write_text("2026-11-23T02:00:00+00:00")  # Monday, 23 November 2026, 09.00 WIB
    settings.PEGASUS_TEST_CLOCK = str(path)
    return path


@pytest.fixture(autouse=True)
def _today(clock: Path) -> None:
    """Every test here runs on that day."""


def fetch(client: Client, suffix: str) -> bytes:
    answer = client.get(reverse("roster:list-file", args=["2026Q4", suffix]))
    assert answer.status_code == 200
    return bytes(answer.content)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def sheet_of(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def office_with_ca(**given: Any) -> Office:  # noqa: ANN401 - any field of the model
    office = make_staffed_office(**given)
    make_employee(office, name="Ayu Lestari", roles=("ca",))
    return office


def test_the_signature_line_carries_the_day_of_publishing(client: Client) -> None:
    office = office_with_ca()
    make_published(office)
    sign_in(client, office)

    text = text_of(fetch(client, "pdf"))

    assert "Uji, 21 September 2026" in text
    assert "23 November 2026" not in text.replace("Senin, 23 November 2026", "")
    assert text.endswith("Halaman 1 dari 1")


def test_the_one_who_signs_held_the_role_on_the_day_of_publishing(client: Client) -> None:
    office = office_with_ca()
    make_published(office)
    RoleAssignment.objects.filter(employee__office=office).update(valid_until=date(2026, 10, 31))
    make_employee(office, name="Penerus", roles=())
    sign_in(client, office)

    assert "Ayu Lestari" in text_of(fetch(client, "pdf"))


@pytest.mark.parametrize("suffix", ["pdf", "xlsx"])
def test_the_same_data_give_the_same_bytes_on_any_day(client: Client, clock: Path, suffix: str) -> None:
    office = office_with_ca()
    make_published(office)
    sign_in(client, office)
    first = fetch(client, suffix)

    clock.write_text("2026-11-25T04:30:00+00:00")

    assert fetch(client, suffix) == first


def test_the_list_says_what_has_changed_since_it_was_published(client: Client) -> None:
    office = office_with_ca()
    make_published(office)
    duty = queries.duties_of(office)[3]
    old, new = duty.holder, queries.substitutes(duty, LATER)[0].employee
    assert old is not None
    actions.reassign_duty(duty=duty, to=new, by="Ayu", at=LATER, reason="")
    actions.publishing.cancel_duties([queries.duties_of(office)[5]], by="Ayu", at=LATER)
    sign_in(client, office)

    text = text_of(fetch(client, "pdf"))

    assert "Perubahan sejak diterbitkan, sampai 24 September 2026" in text
    assert f"Minggu 26 Oktober 2026: {old.name} digantikan {new.name}." in text
    assert "Minggu 9 November 2026" in text
    assert "dibatalkan" in text
    assert "12 minggu, 12 giliran" in text


def test_a_week_that_moved_is_said_once_and_a_title_does_not_end_a_sentence_twice(client: Client) -> None:
    office = office_with_ca()
    make_published(office, per_week=2)
    first, second = queries.duties_of(office)[2:4]
    new = queries.substitutes(first, LATER)[0].employee
    new.title_after = "M.Si."
    new.save()
    actions.reassign_duty(duty=first, to=new, by="Ayu", at=LATER, reason="")
    Holiday.objects.create(office=office, on=first.posts_on, name="Pilkada", kind="local")
    repair_everything(office, at=LATER)
    assert first.posts_on == second.posts_on
    sign_in(client, office)

    remarks = [str(row[0]) for row in sheet_of(fetch(client, "xlsx")).iter_rows(values_only=True)]

    moved = [line for line in remarks if "bergeser" in line]
    assert moved == [
        "Minggu 12 Oktober 2026: hari tayang bergeser dari Senin, 12 Oktober 2026 ke Selasa, 13 Oktober 2026."
    ]
    assert any(line.endswith(f"digantikan {new.name}, M.Si.") for line in remarks)


def test_the_list_names_the_days_off_that_explain_a_week(client: Client) -> None:
    office = office_with_ca()
    for day in range(14, 19):
        Holiday.objects.create(office=office, on=date(2026, 12, day), name="Banjir", kind="local")
    make_published(office)
    sign_in(client, office)

    text = text_of(fetch(client, "pdf"))
    sheet = sheet_of(fetch(client, "xlsx"))

    assert "Tidak ada hari kerja pada minggu ini (14 Des Banjir; 15 Des Banjir;" in text
    remarks = {sheet.cell(row, 2).value: sheet.cell(row, 7).value for row in range(HEAD + 1, HEAD + 14)}
    by_week = {str(week)[:10]: remark for week, remark in remarks.items()}
    assert str(by_week["2026-12-14"]).startswith("Tidak ada hari kerja pada minggu ini (14 Des Banjir")
    assert "25 Des" in str(by_week["2026-12-21"])


def test_a_draft_says_so_and_is_not_dated(client: Client) -> None:
    office = office_with_ca()
    draft = make_draft(office)
    sign_in(client, office, "ca")

    text = text_of(bytes(client.get(reverse("roster:draft-file", args=[draft.pk, "pdf"])).content))

    assert "KONSEP Triwulan IV Tahun 2026" in text
    assert "KONSEP – belum ditandatangani" in text
    assert "Uji, …" in text


def test_the_sheet_opens_again_with_frozen_head_filter_and_print_set_up(client: Client) -> None:
    office = office_with_ca()
    make_published(office, per_week=2)
    sign_in(client, office)

    data = fetch(client, "xlsx")

    sheet = sheet_of(data)
    assert [cell.value for cell in sheet[HEAD]][:5] == [
        "No.",
        "Minggu mulai",
        "Hari tayang",
        "Tanggal tayang",
        "Nama petugas",
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A10", "A9:G35")
    assert (sheet.print_title_rows, sheet.page_setup.paperSize) == ("$9:$9", 9)
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet["D10"].value, sheet["C10"].value) == (sheet["B10"].value, "Senin")
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[4][0] == "Daftar Petugas Pegasus"
    assert rows[9][3] == date(2026, 10, 5)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "{="])
def test_nothing_that_people_typed_becomes_a_formula(client: Client, start: str) -> None:
    name = f'{start}HYPERLINK("http://x","y")'
    office = make_staffed_office(0, name=name, region=name)
    make_employee(office, name=name, team=name)
    make_published(office)
    sign_in(client, office)

    sheet = sheet_of(fetch(client, "xlsx"))

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet.cell(HEAD + 1, 5).value == name


def test_a_quarter_of_a_semester_s_roster_names_no_change_outside_it(client: Client) -> None:
    office = office_with_ca(roster_period="semester")
    make_published(office)
    sign_in(client, office)

    assert "Perubahan" not in text_of(fetch(client, "pdf"))


def terms(signer: str, position: str = "Kepala BPS Kota Uji") -> SigningTerms:
    return SigningTerms(
        code="ABCD2345EFGH",
        address="http://testserver/v/ABCD2345EFGH",
        way="any",
        footer=("Dokumen ini ditandatangani secara elektronik", "Pindai kode QR di samping"),
        signer_name=signer,
        signer_position=position,
        at=LATER,
    )


def kept_list(office: Office) -> Record:
    roster = make_published(office)
    actions.keep_list(roster=roster, at=LATER)
    roster.refresh_from_db()
    assert roster.document is not None
    return roster.document


def signing_copy(record: Record, asked: SigningTerms) -> SigningCopy:
    typesetter = typesetter_of(record.kind)
    assert typesetter is not None
    return typesetter(record, asked)


def words_above(data: bytes, place: PageBox) -> str:
    """Return what stands right above a place, in its column."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[place.page].get_textpage()
        return str(page.get_text_bounded(place.left, place.top, place.right, place.top + 30)).strip()
    finally:
        document.close()


def test_the_list_is_typeset_for_its_signature_with_footer_qr_and_room_for_the_head() -> None:
    office = make_staffed_office()
    make_employee(office, name="Win Rizal", roles=("head",))

    copy = signing_copy(kept_list(office), terms("Win Rizal"))

    text = text_of(copy.data)
    assert "belum ditandatangani" not in text
    assert "Dokumen ini ditandatangani secara elektronik Pindai kode QR di samping" in text
    assert copy.place is not None
    assert words_above(copy.data, copy.place).endswith(f"Kepala {office.name},")
    assert codes_in(copy.data) == ["http://testserver/v/ABCD2345EFGH"]


def test_the_room_is_empty_paper() -> None:
    copy = signing_copy(kept_list(make_staffed_office()), terms("Win Rizal"))

    assert copy.place is not None
    document = pypdfium2.PdfDocument(copy.data)
    picture = document[copy.place.page].render(scale=2).to_pil().convert("L")
    document.close()
    height = picture.height / 2
    box = (copy.place.left, height - copy.place.top, copy.place.right, height - copy.place.bottom)
    assert picture.crop(tuple(round(edge * 2) for edge in box)).getextrema() == (255, 255)


def test_the_one_who_was_asked_stands_in_the_block_and_no_other_head() -> None:
    office = make_staffed_office()
    make_employee(office, name="Win Rizal", roles=("head",))

    text = text_of(signing_copy(kept_list(office), terms("Kepala Yang Baru")).data)

    assert "Kepala Yang Baru" in text
    assert "Win Rizal" not in text


def test_a_list_whose_version_is_gone_cannot_be_typeset() -> None:
    record = kept_list(make_staffed_office())
    record.subject = "roster:999999"

    with pytest.raises(CannotTypeset):
        signing_copy(record, terms("Win Rizal"))


def codes_in(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=2).to_pil()
    document.close()
    return [found.text for found in zxingcpp.read_barcodes(picture)]
