import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook
from tests.builders import make_employee, make_office, sign_in

from pegasus.kernel import clock
from pegasus.people import uploads
from pegasus.people.models import Employee, ImportMapping, Office
from pegasus.people.tests.builders import SAMPLE, make_book, make_xlsx

pytestmark = pytest.mark.django_db


def upload(client: Client, data: bytes, name: str = "daftar.xlsx") -> str:
    """Upload a list and return where it leads."""
    answer = client.post(reverse("people:import"), {"sheet": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def chosen(**columns: int) -> dict[str, str]:
    """What the page sends when a column is chosen for each of these fields."""
    return {f"k{column}": field for field, column in columns.items()}


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
    result = client.post(preview, chosen(name=1, nip=2, position=4, team=5, email=6, phone=7), follow=True)

    told = result.content.decode()
    assert "Ambil 64 pegawai" in shown
    assert "Baris 70" in shown
    assert "NIP harus 18 digit." in shown
    assert before == 1
    assert "64 pegawai diambil" in told
    assert "Dua nomor dalam satu sel" in told
    assert Employee.objects.filter(office=office).count() == 65


def test_a_second_row_with_the_same_nip_completes_the_first_and_the_preview_says_so(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    nip = "199204142015022001"
    rows = (("Rina Kartika", nip, "Umum", ""), ("Rina Kartika, S.Si", nip, "Neraca", "rina@contoh.id"))

    preview = upload(client, make_xlsx(*rows))
    shown = client.get(preview).content.decode()
    client.post(preview, chosen(name=0, nip=1, team=2, email=3))

    assert "Orang yang sama dengan baris 2. Isi baris ini melengkapi baris itu." in shown
    assert "Isinya berbeda dari baris 2. Yang disimpan isi baris 2." in shown
    found = Employee.objects.filter(office=office).exclude(nip="").values_list("name", "title_after", "team", "email")
    assert list(found) == [("Rina Kartika", "S.Si", "Umum", "rina@contoh.id")]


def test_a_binary_workbook_is_refused_with_what_to_do(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")

    for name in ("daftar.xlsb", "DAFTAR.XLSB", "daftar.xlsx", "daftar"):
        answer = client.post(reverse("people:import"), {"sheet": SimpleUploadedFile(name, stream.getvalue())})

        assert "Ini berkas lembar kerja jenis lain, bukan XLSX, XLS, ODS, atau CSV." in answer.content.decode()
        assert "pilih Simpan sebagai (atau Unduh) “Excel Workbook (.xlsx)”" in answer.content.decode()
    assert stored() == []


def test_neither_preview_nor_result_shows_a_phone(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    preview = upload(client, SAMPLE.read_bytes())
    pages = client.get(preview).content.decode()
    pages += client.post(preview, chosen(name=1, phone=7), follow=True).content.decode()

    assert "•••• 707" in pages
    for digits in ("8291141707", "829114", "0736", "3456 7890"):
        assert digits not in pages


def test_columns_can_be_corrected_before_anything_is_taken(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    data = make_xlsx(("x", "Sari Wulandari", "Neraca"), header=("Nama", "Sebutan", "Isi"))
    preview = upload(client, data)

    corrected = client.get(preview, chosen(name=1, team=2)).content.decode()
    unnamed = client.get(preview, chosen(team=2))
    twice = client.get(preview, chosen(name=1, team=2) | {"k0": "name"})

    assert '<input type="hidden" name="k2" value="team">' in corrected
    assert '<th scope="row">Sari Wulandari</th>' in corrected
    assert "Pilih kolom yang berisi nama." in unnamed.content.decode()
    assert "Nama sudah dipilih untuk kolom Nama." in twice.content.decode()
    assert '<option value="team" selected>' in twice.content.decode()
    assert unnamed.status_code == 422


def test_a_list_without_a_known_name_column_asks_for_it(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.get(upload(client, make_xlsx(("1", "2"), header=("Kode", "Angka")))).content.decode()

    assert "Susunan kolom" in page
    assert "Pilih kolom yang berisi nama." in page
    assert "Ambil" not in page


def test_the_refused_rows_can_be_taken_home_as_a_sheet(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    preview = upload(client, make_xlsx(("Sari", "=1+1"), ("", "", "Neraca", "sari@contoh.id")))
    client.post(preview, chosen(name=0, nip=1, team=2, email=3))

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
        ("surat.pdf", b"%PDF-1.7", "bukan XLSX, XLS, ODS, atau CSV"),
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

    assert "Pilih berkasnya, atau tempel tabelnya di bawah." in client.post(reverse("people:import")).content.decode()


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


def test_every_column_is_shown_with_what_stands_in_it(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    data = make_xlsx(
        ("Sari Wulandari", "III/c", 1234567890123, "081234567890"),
        header=("Nama", "Gol.", "Rekening", "WA"),
    )

    page = client.get(upload(client, data)).content.decode()

    assert "1 kolom lain tidak diambil" not in page
    assert "2 kolom lain tidak diambil" in page
    assert "III/c" in page
    assert "Nama (wajib)" in page
    assert "•••• 123" in page
    for hidden in ("1234567890123", "081234567890"):
        assert hidden not in page


def test_the_choice_of_columns_is_remembered_and_can_be_forgotten(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    header = ("Sebutan", "Nama", "Isi")
    client.post(upload(client, make_xlsx(("Sari Wulandari", "x", "Neraca"), header=header)), chosen(name=0, team=2))

    preview = upload(client, make_xlsx(("Bayu Pratama", "y", "Umum"), header=header))
    remembered = client.get(preview).content.decode()
    other = client.get(upload(client, make_xlsx(("Bayu", "y"), header=("Nama", "Isi")))).content.decode()
    forgotten = client.post(f"{preview}lupakan/", follow=True).content.decode()

    assert "Susunan kolom dikenali dari impor" in remembered
    assert '<th scope="row">Bayu Pratama</th>' in remembered
    assert "Susunan kolom dikenali" not in other
    assert "Susunan kolom dilupakan" in forgotten
    assert '<th scope="row">y</th>' not in forgotten
    assert "Susunan kolom dikenali" not in forgotten
    assert not ImportMapping.objects.filter(office=office).exists()


def test_the_arrangement_of_one_office_is_not_another_s(client: Client) -> None:
    header = ("Sebutan", "Nama", "Isi")
    data = make_xlsx(("Sari Wulandari", "x", "Neraca"), header=header)
    sign_in(client, make_office(), "ca")
    client.post(upload(client, data), chosen(name=0, team=2))
    sign_in(client, make_office(), "ca")

    assert "Susunan kolom dikenali" not in client.get(upload(client, data)).content.decode()


def test_a_table_can_be_pasted(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    table = "Nama\tTim\tHP\r\nSari Wulandari, S.ST.\tNeraca\t0812 3456 7890\r\n\tUmum\t0813\r\n"

    preview = client.post(reverse("people:import"), {"pasted": table}).headers["Location"]
    shown = client.get(preview).content.decode()
    client.post(preview, chosen(name=0, team=1, phone=2))

    assert "Tabel yang ditempel" in shown
    assert "Baris 3" in shown
    assert "Nama kosong." in shown
    assert Employee.objects.get(name="Sari Wulandari").phone == "+6281234567890"


def test_a_file_and_a_table_at_once_are_not_guessed_at(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    answer = client.post(
        reverse("people:import"), {"pasted": "Nama\nSari", "sheet": SimpleUploadedFile("a.csv", b"Nama\nBayu\n")}
    )

    assert answer.status_code == 422
    assert "Pilih salah satu" in answer.content.decode()
    assert "Nama\nSari</textarea>" in answer.content.decode()


def test_another_sheet_of_the_workbook_can_be_chosen(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    data = make_book(
        {"Aktif": [("Nama", "NIP", "Tim"), ("Sari", "", "Neraca")], "Pensiun": [("Nama",), ("Bayu Pratama",)]}
    )

    preview = upload(client, data)
    first = client.get(preview).content.decode()
    second = client.get(preview, {"lembar": "1"}).content.decode()

    assert '<th scope="row">Sari</th>' in first
    assert '<option value="1">Pensiun</option>' in first
    assert '<th scope="row">Bayu Pratama</th>' in second


def test_the_refused_rows_can_be_taken_home_before_anything_is_taken(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    preview = upload(client, make_xlsx(("Sari", "1"), ("Bayu", "2")))

    answer = client.get(f"{preview}perlu-diperbaiki.xlsx", chosen(name=0, nip=1))

    rows = CalamineWorkbook.from_object(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Nama", "Sari", "Bayu"]
    assert not Employee.objects.filter(name="Sari").exists()


def test_a_page_of_five_hundred_refused_rows_stays_small(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.get(upload(client, make_xlsx(*[(f"Orang {n}a", "1") for n in range(500)]))).content.decode()

    assert page.count("NIP harus 18 digit.") == 100
    assert "100 dari 500 ditunjukkan di sini" in page


@pytest.mark.parametrize("people", [1, 30])
def test_a_preview_costs_the_same_however_many_rows(
    client: Client, people: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, make_office(), "ca")
    preview = upload(client, make_xlsx(*[(f"Orang {n}a",) for n in range(people)]))

    with django_assert_max_num_queries(11):
        client.get(preview)


def test_taking_the_list_twice_takes_it_once(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    preview = upload(client, make_xlsx(("Sari Wulandari", "", "Neraca")))

    for _click in range(2):
        client.post(preview, chosen(name=0, team=2))

    assert Employee.objects.filter(name="Sari Wulandari").count() == 1


def test_only_who_keeps_the_list_may_import(client: Client) -> None:
    office = make_office()
    token = uploads.keep(office=office, filename="daftar.csv", data=b"Nama\nSari\n", at=clock.now())
    sign_in(client, office, "humas")
    make_employee(office)

    answers = [
        client.get(reverse("people:import")),
        client.get(reverse("people:preview", args=[token])),
        client.post(reverse("people:preview", args=[token]), chosen(name=0)),
        client.get(reverse("people:imported", args=[token])),
        client.get(reverse("people:refused", args=[token])),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


def founded(client: Client) -> tuple[Office, Employee, str]:
    """An office with somebody known by name alone, and the preview of a list in which the name stands."""
    office = make_office()
    sign_in(client, office, "ca")
    person = make_employee(office, name="Hana Wulandari", team="")
    return office, person, upload(client, SAMPLE.read_bytes())


COLUMNS = {"name": 1, "nip": 2, "position": 4, "team": 5, "email": 6, "phone": 7}


def test_a_known_name_is_asked_about_with_both_sides_in_sight(client: Client) -> None:
    office, person, preview = founded(client)

    page = client.get(preview)
    unanswered = client.post(preview, chosen(**COLUMNS), follow=True).content.decode()

    (question,) = page.context["questions"]
    assert [fact.value for fact in question.listed][:2] == ["Hana Wulandari, A.Md.", "198205012009101008"]
    assert [(side.answer, side.facts[0].value) for side in question.sides] == [(f"p{person.pk}", "Hana Wulandari")]
    assert [told.row for told in page.context["refused"]] == [68, 69, 70, 71, 74]
    assert "Ambil 63 pegawai" in page.content.decode()
    assert "Sebelum dijawab, baris ini tidak disimpan." in unanswered
    assert Employee.objects.filter(office=office, name="Hana Wulandari").get() == person


def test_the_answer_is_kept_over_the_preview_and_the_import(client: Client) -> None:
    office, person, preview = founded(client)

    answered = client.get(preview, chosen(**COLUMNS) | {"orang-5": f"p{person.pk}"})
    client.post(preview, chosen(**COLUMNS) | {"orang-5": f"p{person.pk}"})

    assert answered.context["questions"][0].answer == f"p{person.pk}"
    assert answered.context["open"] == 0
    assert "orang-5=p" in answered.context["refused_url"]
    assert "Ambil 64 pegawai" in answered.content.decode()
    person.refresh_from_db()
    assert person.nip == "198205012009101008"
    assert Employee.objects.filter(office=office).count() == 65


def test_an_answer_given_while_the_preview_renews_is_sent_with_the_next(client: Client) -> None:
    _office, _person, preview = founded(client)

    page = client.get(preview).content.decode()

    renewing = re.findall(r"<(?:section|form)[^>]*hx-target=\"#impor\"[^>]*>", page)
    assert len(renewing) == 2  # the questions and the columns
    assert all('hx-sync="this:replace"' in each for each in renewing)


def test_somebody_else_of_the_same_name_becomes_a_second_person(client: Client) -> None:
    office, person, preview = founded(client)

    client.post(preview, chosen(**COLUMNS) | {"orang-5": "lain"})

    assert Employee.objects.filter(office=office, name="Hana Wulandari").count() == 2
    person.refresh_from_db()
    assert person.nip == ""


def test_the_fuller_row_of_the_same_person_completes_the_row_above(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    full = ("Rina Kartika, S.Si, M.Si", "199204142015022001", "Umum", "081311112222")
    preview = upload(client, make_xlsx(("Rina Kartika", "", "Neraca", ""), full))
    columns = chosen(name=0, nip=1, team=2, phone=3)
    (question,) = client.get(preview, columns).context["questions"]
    answer = columns | {f"orang-{question.row}": question.sides[0].answer}

    shown = client.get(preview, answer).context
    taken = client.post(preview, answer, follow=True).content.decode()

    person = Employee.objects.get(office=office, name="Rina Kartika")
    assert (person.title_after, person.nip, person.team) == ("S.Si, M.Si", full[1], "Neraca")
    assert person.phone == "+6281311112222"
    assert (shown["created"], shown["refused"], shown["open"]) == (1, [], 0)
    above = question.row - 1
    assert f"Orang yang sama dengan baris {above}. Isi baris ini melengkapi baris itu." in taken
    assert f"Isinya berbeda dari baris {above}. Yang disimpan isi baris {above}." in taken


def test_an_answer_that_fits_no_question_takes_nothing(client: Client) -> None:
    _office, person, preview = founded(client)
    stranger = make_employee(name="Hana Wulandari")

    for answer in (f"p{stranger.pk}", "p", "b4", "ya", f"p{person.pk} or 1=1"):
        page = client.get(
            preview, chosen(**COLUMNS) | {"orang-5": answer, "orang-x": "lain", "orang-99999999": "lain"}
        )

        assert page.context["open"] == 1


def test_everybody_can_be_answered_at_once(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    for name in ("Sari Wulandari", "Bayu Pratama"):
        make_employee(office, name=name)
    preview = upload(client, make_xlsx(("Sari Wulandari", "", "Umum"), ("Bayu Pratama", "", "Umum")))

    same = client.get(preview, chosen(name=0, team=2) | {"semua": "sama"})
    other = client.get(preview, chosen(name=0, team=2) | {"semua": "lain"})

    assert (same.context["updated"], same.context["created"], same.context["open"]) == (2, 0, 0)
    assert (other.context["updated"], other.context["created"], other.context["open"]) == (0, 2, 0)


def test_a_preview_costs_the_same_however_many_rows_and_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    people = [(f"Sari {sign}{end}", "", "Umum") for sign in "ABCDEFGHIJ" for end in "abcdefghij"]
    for name, _nip, _team in people:
        make_employee(office, name=name)
    few, many = upload(client, make_xlsx(*people[:1])), upload(client, make_xlsx(*people))

    with django_assert_max_num_queries(14):
        client.get(few)
    with django_assert_max_num_queries(14):
        page = client.get(many)

    assert len(page.context["questions"]) == 100


def test_every_row_of_the_preview_can_be_opened(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.get(upload(client, SAMPLE.read_bytes()))

    content = page.content.decode()
    assert (len(page.context["decisions"]), len(page.context["more_decisions"])) == (8, 56)
    assert "56 baris lagi" in content
    assert content.count('<th scope="row">') == 64


def test_what_is_left_out_is_said_row_by_row_and_column_by_column(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    content = client.get(upload(client, SAMPLE.read_bytes())).content.decode()
    notes = client.get(upload(client, make_xlsx(("Sari", "", "Umum"), ("Catatan: lengkap", "", "")))).content.decode()

    assert "Kolom yang tidak dibaca: No, Gol." in " ".join(content.split())
    assert content.count("Kolom ini tidak dibaca") == 2
    assert "Baris jumlah, bukan pegawai." in content
    assert "Catatan: lengkap" in notes
    assert "Judul atau catatan, bukan pegawai." in notes


def test_the_first_list_of_an_office_is_a_step_and_leads_to_the_next(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    first = upload(client, make_xlsx(("Sari Wulandari",)))

    shown = client.get(first).content.decode()
    told = client.post(first, chosen(name=0), follow=True).content.decode()
    later = upload(client, make_xlsx(("Bayu Pratama",)))

    assert 'aria-current="step"' in shown
    assert reverse("roster:make") in told
    assert 'aria-current="step"' not in client.get(later).content.decode()
    assert "Langkah berikutnya" in client.post(later, chosen(name=0), follow=True).content.decode()
