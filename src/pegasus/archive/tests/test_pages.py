from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import NOW, make_office, sign_in

from pegasus.archive import actions
from pegasus.archive.models import Record
from pegasus.archive.tests.builders import make_record
from pegasus.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db

FACTS = {
    "title": "Laporan Triwulan IV 2026",
    "classification": "TS.260",
    "security_class": "limited",
    "copy_status": "copy",
    "retention_active_years": "5",
    "retention_inactive_years": "0",
    "fate": "keep",
}


def text_of(client: Client, **query: str) -> str:
    return client.get(reverse("archive:index"), query).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("ca", 200), ("admin", 200), ("cc", 200), ("head", 200), ("assessor", 200), ("humas", 403)],
)
def test_who_sees_the_archive(client: Client, role: str, status: int) -> None:
    record = make_record()
    sign_in(client, record.office, role)

    for address in (reverse("archive:index"), reverse("archive:record", args=[record.pk])):
        assert client.get(address).status_code == status


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(reverse("archive:index")).status_code == 302


def test_records_are_of_the_own_office(client: Client) -> None:
    record = make_record(title="Laporan kantor sendiri")
    other = make_record(title="Laporan kantor lain")
    sign_in(client, record.office, "ca")

    text = text_of(client)

    assert "Laporan kantor sendiri" in text
    assert "Laporan kantor lain" not in text
    assert client.get(reverse("archive:record", args=[other.pk])).status_code == 404


@pytest.mark.parametrize(("role", "sees"), [("ca", True), ("head", True), ("assessor", False)])
def test_confidential_records_are_for_those_who_answer(client: Client, role: str, sees: bool) -> None:  # noqa: FBT001 - a table of cases
    record = make_record(title="Sangat tertutup")
    Record.objects.filter(pk=record.pk).update(security_class="confidential")
    sign_in(client, record.office, role)

    assert ("Sangat tertutup" in text_of(client)) == sees
    assert (client.get(reverse("archive:record", args=[record.pk])).status_code == 200) == sees
    assert (client.get(reverse("archive:file", args=[record.pk])).status_code == 200) == sees


def test_records_are_found_by_words_kind_and_year(client: Client) -> None:
    office = make_office()
    make_record(office, title="Jadwal Triwulan I", kind="roster")
    make_record(office, title="Kartu lama", kind="card", at=NOW - timedelta(days=400))
    sign_in(client, office, "ca")

    assert "Kartu lama" not in text_of(client, kind="roster")
    assert "Jadwal Triwulan I" not in text_of(client, year="2025")
    assert "Kartu lama" in text_of(client, q="kartu", year="2025")
    assert "Tidak ada arsip yang cocok" in text_of(client, q="zzz")
    assert "Jadwal Triwulan I" in text_of(client, kind="tidak-ada", year="abc", page="99")


def test_an_empty_archive_says_what_will_be_here(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    assert "Belum ada arsip" in text_of(client)


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_the_same_however_many_records(
    client: Client,
    rows: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - a fixture of pytest-django
) -> None:
    office = make_office()
    for number in range(rows):
        make_record(office, data=str(number).encode())
    sign_in(client, office, "ca")

    with django_assert_max_num_queries(9):
        text_of(client)


def test_classification_and_retention_are_changed_and_audited(client: Client) -> None:
    record = make_record()
    sign_in(client, record.office, "ca", name="Sari")

    client.post(reverse("archive:describe", args=[record.pk]), FACTS)

    record.refresh_from_db()
    assert (record.classification, record.security_class, record.fate) == ("TS.260", "limited", "keep")
    entry = AuditEntry.objects.get(action="archive.described")
    assert (entry.actor, entry.before["classification"], entry.after["classification"]) == ("Sari", "PR.640", "TS.260")
    assert "title" not in entry.after


@pytest.mark.parametrize(
    "wrong",
    [
        {"classification": "laporan"},
        {"retention_active_years": "-1"},
        {"retention_active_years": "9999"},
        {"title": ""},
    ],
)
def test_wrong_facts_are_told_and_nothing_changes(client: Client, wrong: dict[str, str]) -> None:
    record = make_record()
    sign_in(client, record.office, "ca")

    answer = client.post(reverse("archive:describe", args=[record.pk]), FACTS | wrong)

    record.refresh_from_db()
    assert answer.status_code == 422
    assert record.classification == "PR.640"


@pytest.mark.parametrize("name", ["describe", "paper"])
def test_an_assessor_only_reads(client: Client, name: str) -> None:
    record = make_record()
    sign_in(client, record.office, "assessor")

    assert client.post(reverse(f"archive:{name}", args=[record.pk]), FACTS).status_code == 403
    assert "Simpan uraian" not in client.get(reverse("archive:record", args=[record.pk])).content.decode()


def test_where_the_paper_is_stands_with_who_and_when(client: Client) -> None:
    record = make_record()
    sign_in(client, record.office, "ca", name="Sari Wulandari")

    answer = client.post(reverse("archive:paper", args=[record.pk]), {"location": "Lemari 2, laci 3"}, follow=True)

    record.refresh_from_db()
    assert (record.paper_location, record.paper_filed_by) == ("Lemari 2, laci 3", "Sari Wulandari")
    assert "Lembar kertas tercatat di Lemari 2, laci 3." in answer.content.decode()


def test_the_list_as_a_sheet_holds_texts_alone(client: Client) -> None:
    record = make_record(title="=HYPERLINK(1)")
    actions.file_paper(record=record, location="Lemari 2", by="Sari", at=NOW)
    sign_in(client, record.office, "assessor")

    answer = client.get(reverse("archive:sheet"))

    header, row = openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert found["Uraian informasi arsip"] == "=HYPERLINK(1)"
    assert found["Kurun waktu"] == "November 2026"
    assert found["Media simpan"] == "Elektronik dan kertas"
    assert found["Lokasi simpan"] == "Lemari 2"
    assert found["Retensi"] == "aktif 2 tahun, inaktif 3 tahun, dinilai kembali"
    assert found["SHA-256"] == record.sha256
    assert all(isinstance(cell, str) for cell in row if cell is not None)


def test_the_list_as_a_document_has_the_columns_of_the_form(client: Client) -> None:
    record = make_record(title="Laporan Triwulan IV 2026")
    make_record(record.office, title="Jadwal", kind="roster", data=b"2")
    sign_in(client, record.office, "ca")

    answer = client.get(reverse("archive:document"), {"kind": "quarter_report"})

    with pikepdf.open(BytesIO(answer.content)) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
    document = pypdfium2.PdfDocument(answer.content)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "DAFTAR ARSIP" in text
    assert "Laporan Triwulan IV 2026" in text.replace("\r\n", " ")
    assert "Jadwal" not in text


def test_a_record_shows_its_versions(client: Client) -> None:
    old = make_record(title="Versi lama")
    new = make_record(old.office, title="Versi baru", data=b"2", replaces=old)
    sign_in(client, old.office, "ca")

    assert "Versi baru" in client.get(reverse("archive:record", args=[old.pk])).content.decode()
    assert "Versi lama" in client.get(reverse("archive:record", args=[new.pk])).content.decode()
