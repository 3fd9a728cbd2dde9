from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.builders import make_employee, make_office, sign_in

from pegasus.kernel import clock
from pegasus.people import uploads
from pegasus.people.models import Employee
from pegasus.people.tests.builders import SAMPLE, make_xlsx

pytestmark = pytest.mark.django_db


def upload(client: Client, data: bytes, name: str = "daftar.xlsx") -> str:
    """Upload a list and return where it leads."""
    answer = client.post(reverse("people:import"), {"sheet": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def stored() -> list[str]:
    return default_storage.listdir(uploads.FOLDER)[1] if default_storage.exists(uploads.FOLDER) else []


@pytest.fixture(autouse=True)
def _empty_folder() -> None:
    for name in stored():
        default_storage.delete(f"{uploads.FOLDER}/{name}")


def test_a_list_is_shown_first_then_taken_then_told(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    preview = upload(client, SAMPLE.read_bytes())
    shown = client.get(preview).content.decode()
    before = Employee.objects.filter(office=office).count()
    result = client.post(preview, {"name": 1, "nip": 2, "position": 4, "team": 5, "email": 6, "phone": 7}, follow=True)

    told = result.content.decode()
    assert "Ambil 64 pegawai" in shown
    assert "Baris 70" in shown
    assert "NIP harus 18 digit." in shown
    assert before == 1
    assert "64 pegawai diambil" in told
    assert "Dua nomor dalam satu sel" in told
    assert Employee.objects.filter(office=office).count() == 65


def test_neither_preview_nor_result_shows_a_phone(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    preview = upload(client, SAMPLE.read_bytes())
    pages = client.get(preview).content.decode()
    pages += client.post(preview, {"name": 1, "phone": 7}, follow=True).content.decode()

    assert "•••• 707" in pages
    for digits in ("8291141707", "829114", "0736", "3456 7890"):
        assert digits not in pages


def test_columns_can_be_corrected_before_anything_is_taken(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    data = make_xlsx(("x", "Sari Wulandari", "Neraca"), header=("Nama", "Sebutan", "Isi"))
    preview = upload(client, data)

    corrected = client.get(preview, {"name": "1", "team": "2"}).content.decode()
    unnamed = client.get(preview, {"name": "", "team": "2"})

    assert '<input type="hidden" name="team" value="2">' in corrected
    assert "Sari Wulandari" in corrected
    assert "Pilih kolom yang berisi nama." in unnamed.content.decode()
    assert unnamed.status_code == 422


def test_a_list_without_a_known_name_column_asks_for_it(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.get(upload(client, make_xlsx(("1", "2"), header=("Kode", "Angka")))).content.decode()

    assert "Kolom yang dikenali" in page
    assert "Ambil" not in page


def test_the_refused_rows_can_be_taken_home_as_a_sheet(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    preview = upload(client, make_xlsx(("Sari", "=1+1"), ("", "", "Neraca", "sari@contoh.id")))
    client.post(preview, {"name": 0, "nip": 1, "team": 2, "email": 3})

    answer = client.get(f"{preview}perlu-diperbaiki.xlsx")

    path = Path(settings.PEGASUS_DATA) / "ditolak.xlsx"
    path.write_bytes(answer.content)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Baris", 2.0, 3.0]
    assert rows[1][1:] == ["Sari", "Ditolak", "NIP", "NIP hanya boleh berisi angka.", "=1+1"]
    assert b"<f>" not in answer.content


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("daftar.xlsx", b"", "Berkas ini kosong."),
        ("surat.pdf", b"%PDF-1.7", "bukan XLSX atau CSV"),
        ("daftar.xlsx", b"PK\x03\x04 torn", "rusak"),
        ("daftar.csv", b"Nama\n" + b"Sari\n" * 6000, "paling banyak 5.000"),
    ],
)
def test_a_file_that_is_no_list_is_told_and_not_kept(client: Client, name: str, data: bytes, sentence: str) -> None:
    sign_in(client, make_office(), "ca")

    answer = client.post(reverse("people:import"), {"sheet": SimpleUploadedFile(name, data)})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert stored() == []


def test_no_file_at_all_is_told(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    assert "Pilih berkas daftar pegawai." in client.post(reverse("people:import")).content.decode()


def test_a_kept_list_is_unreadable_belongs_to_its_office_and_expires(client: Client) -> None:
    office = make_office()
    at = clock.now()
    token = uploads.keep(office=office, filename="daftar.csv", data=b"Nama\nSari Wulandari\n", at=at)

    on_disk = (Path(settings.PEGASUS_DATA) / "media" / uploads.FOLDER / stored()[0]).read_bytes()
    found = uploads.find(office=office, token=token, at=at)

    assert b"Sari" not in on_disk
    assert found is not None
    assert found.data == b"Nama\nSari Wulandari\n"
    assert uploads.find(office=make_office(), token=token, at=at) is None
    assert uploads.find(office=office, token=token, at=at + timedelta(hours=3)) is None
    uploads.forget_expired(at=at + timedelta(hours=3))
    assert stored() == []


def test_a_foreign_or_expired_token_leads_back_to_the_upload(client: Client) -> None:
    elsewhere = uploads.keep(office=make_office(), filename="daftar.csv", data=b"Nama\nSari\n", at=clock.now())
    sign_in(client, make_office(), "ca")

    for token in (elsewhere, "0-abc", "bukan"):
        answer = client.get(reverse("people:preview", args=[token]), follow=True)

        assert answer.redirect_chain == [(reverse("people:import"), 302)]
        assert "Unggah sekali lagi" in answer.content.decode()


def test_taking_the_list_twice_takes_it_once(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    preview = upload(client, make_xlsx(("Sari Wulandari", "", "Neraca")))

    for _click in range(2):
        client.post(preview, {"name": 0, "team": 2})

    assert Employee.objects.filter(name="Sari Wulandari").count() == 1


def test_only_who_keeps_the_list_may_import(client: Client) -> None:
    office = make_office()
    token = uploads.keep(office=office, filename="daftar.csv", data=b"Nama\nSari\n", at=clock.now())
    sign_in(client, office, "humas")
    make_employee(office)

    answers = [
        client.get(reverse("people:import")),
        client.get(reverse("people:preview", args=[token])),
        client.post(reverse("people:preview", args=[token]), {"name": 0}),
        client.get(reverse("people:imported", args=[token])),
        client.get(reverse("people:refused", args=[token])),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
