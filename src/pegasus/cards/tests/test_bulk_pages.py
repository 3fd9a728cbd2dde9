"""The pages of bulk cards: a sheet goes in, is looked at, started, followed, fetched; strangers see nothing."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.builders import make_office, sign_in

from pegasus.cards.actions import load_shipped
from pegasus.cards.bulk import actions, making, queries
from pegasus.cards.models import BulkRun, CardTemplate
from pegasus.cards.tests.test_bulk import make_run
from pegasus.kernel import clock

pytestmark = pytest.mark.django_db
GOOD = "Nama\tKata\nSari Wulandari\tSelamat ulang tahun.\nBayu\t\n"


def give(client: Client, pasted: str = "", **given: object) -> HttpResponse:
    load_shipped()
    template = CardTemplate.objects.filter(office=None).order_by("pk").values_list("pk", flat=True)[0]
    form = {
        "title": "Ulang tahun November",
        "pasted": pasted,
        "for_all": "",
        "template": template,
        "sizes": ["square"],
        "shown_on": "2026-11-23",
        **given,
    }
    return client.post(reverse("cards:bulk"), form)  # type: ignore[return-value] # a wrapped answer


def test_a_pasted_sheet_becomes_a_zip(client: Client) -> None:
    sign_in(client, make_office(), "humas")

    give(client, GOOD)

    run = BulkRun.objects.get()
    page = client.get(reverse("cards:bulk_run", args=[run.pk])).content.decode()
    assert "Buat 1 kartu" in page
    assert "Tidak ada katanya, dan tidak ada ucapan untuk semua." in page
    assert client.get(reverse("cards:bulk_picture", args=[run.pk, 2])).content.startswith(b"\xff\xd8")
    assert client.get(reverse("cards:bulk_zip", args=[run.pk])).status_code == 404

    client.post(reverse("cards:bulk_start", args=[run.pk]))
    url = reverse("cards:bulk_run", args=[run.pk])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "0 dari 1 kartu sudah jadi" in part
    assert "<html" not in part
    making.work(run.pk, now=clock.now, machine=clock.machine)

    assert client.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    answer = client.get(reverse("cards:bulk_zip", args=[run.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ulang-tahun-november-2026-11-23.zip"'
    with ZipFile(BytesIO(b"".join(answer))) as archive:
        assert archive.namelist() == ["0002-sari-wulandari-persegi.jpg"]
    client.post(reverse("cards:bulk_forget", args=[run.pk]))
    assert "sudah dihapus" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("pasted", "given", "sentence"),
    [
        ("", {}, "Pilih berkasnya, atau tempel tabelnya"),
        ("A\tB\n1\t2\n", {}, "Kolom nama tidak ditemukan."),
        ("Nama\nSari\n", {}, "tidak punya kolom kata"),
        ("Nama\tKata\n", {}, "Tidak ada satu pun baris di bawah judulnya."),
        ("Nama\tKata\n" + "Sari\tSelamat\n" * 1001, {}, "memuat 1001 baris"),
        (GOOD, {"sizes": []}, "Pilih paling sedikit satu ukuran."),
        (GOOD, {"for_all": "Hai {nip}"}, "Yang diganti hanya {nama}."),
        (GOOD, {"template": "999999"}, "Pilih salah satu templat."),
        ("", {"sheet": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")}, "Berkas lembar kerja ini rusak"),
        ("", {"sheet": SimpleUploadedFile("x.exe", b"MZ" * 50)}, "bukan XLSX, XLS, ODS, atau CSV"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said_and_nothing_is_kept(
    client: Client, pasted: str, given: dict[str, object], sentence: str
) -> None:
    sign_in(client, make_office(), "ca")

    answer = give(client, pasted, **given)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Ulang tahun November" in answer.content.decode()
    assert not BulkRun.objects.exists()


@pytest.mark.parametrize("people", [1, 5])
def test_the_pages_cost_the_same_however_much_there_is(
    client: Client, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    runs = [make_run(office, people=people) for _ in range(people)]
    client.get(reverse("cards:bulk"))

    with django_assert_num_queries(8):
        client.get(reverse("cards:bulk_run", args=[runs[0].pk]))
    with django_assert_num_queries(11):
        client.get(reverse("cards:bulk"))


def test_only_ca_and_humas_of_the_office_come_in(client: Client) -> None:
    run = make_run()
    names = ["bulk_run", "bulk_zip"]

    sign_in(client, run.office)
    assert client.get(reverse("cards:bulk")).status_code == 403
    assert "Banyak kartu" not in client.get(reverse("cards:index")).content.decode()
    sign_in(client, make_office(), "ca")
    assert [client.get(reverse(f"cards:{name}", args=[run.pk])).status_code for name in names] == [404, 404]
    for name in ("bulk_start", "bulk_cancel", "bulk_forget"):
        assert client.post(reverse(f"cards:{name}", args=[run.pk])).status_code == 404
    assert queries.runs_of(run.office).get().state == BulkRun.State.DRAFT


def test_a_third_run_waits_with_a_sentence(client: Client) -> None:
    office = make_office()
    person = sign_in(client, office, "ca")
    for _ in range(2):
        actions.start_run(run=make_run(office), by=person.name, at=clock.now())

    answer = client.post(reverse("cards:bulk_start", args=[make_run(office).pk]), follow=True)

    assert "Dua pembuatan sedang berjalan di kantor ini." in answer.content.decode()
