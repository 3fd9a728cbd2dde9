from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.builders import make_employee, make_office, sign_in

from pegasus.archive.models import Record
from pegasus.people.models import Office
from pegasus.sop import actions, queries
from pegasus.sop.models import Activity, Task
from pegasus.sop.tests.builders import make_office_with_sop, make_task

pytestmark = pytest.mark.django_db


def a_picture() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(data, "JPEG")
    return SimpleUploadedFile("layar.jpg", data.getvalue(), "image/jpeg")


def a_manual_office() -> tuple[Office, Activity]:
    office = make_office_with_sop("bgc")
    row = queries.version_in_force(office, "bgc").activities.get(number=4)
    row.rhythm = Activity.Rhythm.MANUAL
    row.save()
    return office, row


def test_the_table_shows_the_official_words_and_this_periods_state(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "assessor")
    make_task(
        office,
        "quarter",
        period="2026Q4",
        due_at=datetime(2026, 11, 20, tzinfo=UTC),
        opens_at=datetime(2026, 11, 2, tzinfo=UTC),
    )

    page = client.get(reverse("sop:index"), {"periode": "2026Q4"})

    text = page.content.decode()
    assert "Memposting konten Pegasus ke WA grup kantor/media sosial instagram" in text
    assert "Mutu Baku" in text
    assert [row.found.state for row in page.context["rows"]] == ["not_yet"] * 5 + ["late", "not_yet"]


def test_from_the_table_to_the_proof_it_is_two_clicks(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "assessor")
    task = make_task(office, "posting", subject="duty:1", part="instagram")
    actions.add_evidence(task=task, kind="link", by="Rina", at=task.opens_at, url="https://www.instagram.com/p/abc/")

    table = client.get(reverse("sop:index"), {"periode": "2026Q4"}).content.decode()
    rows = client.get(reverse("sop:activity", args=["pegasus", 5]), {"periode": "2026Q4"}).content.decode()
    proof = client.get(reverse("sop:task", args=[task.pk])).content.decode()

    assert reverse("sop:activity", args=["pegasus", 5]) in table
    assert reverse("sop:task", args=[task.pk]) in rows
    assert "https://www.instagram.com/p/abc/" in proof


def test_the_list_is_sifted_and_searched(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office)
    sari, bayu = make_employee(office, name="Sari"), make_employee(office, name="Bayu")
    for number, owner in enumerate((sari, bayu, bayu)):
        make_task(office, "card", subject=f"duty:{number}", owner=owner)
    actions.close_task(
        task=queries.tasks_of(office).get(subject="duty:1"), at=datetime(2026, 11, 23, 3, tzinfo=UTC), by="Bayu"
    )
    address = reverse("sop:activity", args=["pegasus", 4])

    done = client.get(address, {"periode": "2026Q4", "status": "on_time"})
    found = client.get(address, {"periode": "2026Q4", "q": "sari"})
    nothing = client.get(address, {"periode": "2026Q4", "q": "nobody"})

    assert [row.task.subject for row in done.context["rows"]] == ["duty:1"]
    assert [row.task.owner for row in found.context["rows"]] == [sari]
    assert "Tidak ada tugas yang cocok" in nothing.content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_the_pages_cost_the_same_however_many_tasks(
    client: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    for number in range(rows):
        make_task(office, "card", subject=f"duty:{number}", owner=make_employee(office))

    with django_assert_max_num_queries(12):  # type: ignore[operator] # pytest-django's fixture
        client.get(reverse("sop:index"), {"periode": "2026Q4"})
    with django_assert_max_num_queries(15):  # type: ignore[operator] # pytest-django's fixture
        client.get(reverse("sop:activity", args=["pegasus", 4]), {"periode": "2026Q4"})


def test_another_offices_task_is_not_there(client: Client) -> None:
    other = make_task(make_office_with_sop(), "card")
    sign_in(client, make_office_with_sop(), "ca")

    answers = [
        client.get(reverse("sop:task", args=[other.pk])).status_code,
        client.post(reverse("sop:prove", args=[other.pk]), {"text": "x"}).status_code,
        client.post(reverse("sop:close", args=[other.pk])).status_code,
    ]

    assert answers == [404, 404, 404]
    assert other.evidence.count() == 0


def test_a_stranger_must_sign_in(client: Client) -> None:
    assert client.get(reverse("sop:index")).status_code == 302


def test_an_office_without_an_sop_is_shown_where_to_take_one(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    assert reverse("sop:programmes") in client.get(reverse("sop:index")).content.decode()


def test_the_ca_closes_a_months_task_with_a_picture_as_proof(client: Client) -> None:
    office = make_office_with_sop("bgc")
    sign_in(client, office, "ca", name="Sari Wulandari")
    task = _monthly(office)

    client.post(reverse("sop:prove", args=[task.pk]), {"file": a_picture(), "text": "Diunggah di grup"})
    client.post(reverse("sop:close", args=[task.pk]), {"outcome": "done", "done_at": "2020-01-02T09:30", "note": ""})

    task.refresh_from_db()
    proof = task.evidence.get()
    assert (task.outcome, task.closed_by) == ("done", "Sari Wulandari")
    assert task.closed_at == datetime(2020, 1, 2, 2, 30, tzinfo=UTC)
    assert (proof.kind, proof.text) == ("screenshot", "Diunggah di grup")
    assert proof.record is not None
    assert proof.record.content_type == "image/jpeg"


def _monthly(office: Office) -> Task:
    row = queries.version_in_force(office, "bgc").activities.get(number=3)
    start = datetime(2019, 12, 31, 17, tzinfo=UTC)
    return actions.open_task(
        office=office, activity=row, subject="month:2020-01", period="2020Q1", role="ca", owner=None,
        opens_at=start, due_at=start + timedelta(days=30),
    )  # fmt: skip


def test_a_closing_needs_a_past_time_and_a_reason_when_nothing_was_done(client: Client) -> None:
    office = make_office_with_sop("bgc")
    sign_in(client, office, "ca")
    task = _monthly(office)
    address = reverse("sop:close", args=[task.pk])

    future = client.post(address, {"outcome": "done", "done_at": "2190-01-01T09:00", "note": "sudah"})
    silent = client.post(address, {"outcome": "skipped", "done_at": "2020-01-02T09:00", "note": ""})

    task.refresh_from_db()
    assert (future.status_code, silent.status_code, task.closed_at) == (422, 422, None)
    assert "Waktu ini belum terjadi" in future.content.decode()
    assert "sudah" in future.content.decode()
    assert "Tuliskan alasannya" in silent.content.decode()


def test_pegasus_own_activities_are_not_closed_by_hand(client: Client) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    task = make_task(office, "card")

    client.post(reverse("sop:close", args=[task.pk]), {"outcome": "done", "done_at": "2020-01-02T09:00"})

    task.refresh_from_db()
    assert task.closed_at is None


def test_a_closing_is_taken_back_with_a_reason(client: Client) -> None:
    office = make_office_with_sop("bgc")
    sign_in(client, office, "ca")
    task = _monthly(office)
    actions.close_task(task=task, at=task.due_at, by="Sari")

    client.post(reverse("sop:reopen", args=[task.pk]), {"reason": "Salah bulan"})

    task.refresh_from_db()
    assert (task.closed_at, task.outcome) == (None, "")


def test_an_employee_proves_the_own_task_and_nobody_elses(client: Client) -> None:
    office = make_office_with_sop()
    me = sign_in(client, office)
    mine, other = make_task(office, "card", subject="duty:1", owner=me), make_task(office, "card", subject="duty:2")

    client.post(reverse("sop:prove", args=[mine.pk]), {"url": "https://contoh.id/bukti"})
    refused = client.post(reverse("sop:prove", args=[other.pk]), {"url": "https://contoh.id/bukti"})

    assert mine.evidence.get().url == "https://contoh.id/bukti"
    assert (refused.status_code, other.evidence.count()) == (403, 0)


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing"), "PDF ini tidak dapat dibuka"),
        (SimpleUploadedFile("a.exe", b"MZ" * 50), "bukan gambar yang dapat dibaca"),
    ],
)
def test_a_file_that_proves_nothing_is_refused(client: Client, upload: SimpleUploadedFile, sentence: str) -> None:
    office = make_office_with_sop()
    sign_in(client, office, "ca")
    task = make_task(office, "card")

    answer = client.post(reverse("sop:prove", args=[task.pk]), {"file": upload, "text": "lihat berkas"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "lihat berkas" in answer.content.decode()
    assert task.evidence.count() == 0


def test_work_that_happens_when_it_happens_is_written_down(client: Client) -> None:
    office, row = a_manual_office()
    sari = sign_in(client, office, "ca")
    address = reverse("sop:record", args=["bgc", row.number])

    client.post(address, {"label": "Kartu untuk Bayu", "began_at": "2020-03-02T09:00"})
    client.post(address, {"label": "Kartu untuk Lina", "began_at": "2020-03-02T10:00"})

    assert [(task.label, task.owner, task.period) for task in queries.tasks_of(office).order_by("pk")] == [
        ("Kartu untuk Bayu", sari, "2020Q1"),
        ("Kartu untuk Lina", sari, "2020Q1"),
    ]


def test_the_document_is_downloaded_by_all_and_kept_once_when_the_ca_asks(client: Client) -> None:
    office = make_office_with_sop(name="BPS Provinsi Bengkulu")
    sign_in(client, office, "ca")
    address = reverse("sop:pdf", args=["pegasus"])

    shown = client.get(address)
    kept = [client.post(address) for _time in range(2)]

    assert [answer["Content-Type"] for answer in (shown, *kept)] == ["application/pdf"] * 3
    assert "SOP-330-17000-2025-v1.pdf" in shown["Content-Disposition"]
    assert Record.objects.filter(office=office, kind="sop").count() == 1
