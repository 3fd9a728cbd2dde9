from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.builders import NOW, make_office, sign_in

from pegasus.archive import actions, lists, queries
from pegasus.archive.files import FileDamaged, content_of
from pegasus.archive.jobs import check_files
from pegasus.archive.models import Record
from pegasus.archive.tests.builders import make_record
from pegasus.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


def file_of(record: Record) -> Path:
    return Path(record.file.path)


def test_a_record_is_its_file_with_hash_and_origin() -> None:
    record = make_record(data=b"isi")

    assert record.sha256 == sha256(b"isi").hexdigest()
    assert (record.size, record.classification, record.created_by) == (3, "PR.640", "Sari")
    assert content_of(record) == b"isi"


@pytest.mark.parametrize("filename", ["../../etc/passwd", "a.b/../c", "tanpa-akhiran", "nama.PDF", "x." + "y" * 300])
def test_a_file_name_never_decides_where_the_file_lies(filename: str) -> None:
    record = make_record(filename=filename[:160])

    assert file_of(record).is_relative_to(file_of(record).parents[2])
    assert file_of(record).name.startswith(record.sha256[:16])


def test_the_file_is_handed_to_its_own_office_alone(client: Client) -> None:
    record = make_record(data=b"%PDF-1.7 isi", filename="Laporan “IV”.pdf")
    address = reverse("archive:file", args=[record.pk])

    assert client.get(address).status_code == 302
    sign_in(client, make_office(), "ca")
    assert client.get(address).status_code == 404
    sign_in(client, record.office, "ca")
    answer = client.get(address)
    assert answer.content == b"%PDF-1.7 isi"
    assert answer["ETag"] == f'"{record.sha256}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Laporan")


def test_the_browser_keeps_what_it_has(client: Client) -> None:
    record = make_record()
    sign_in(client, record.office, "ca")

    address = reverse("archive:file", args=[record.pk])
    answer = client.get(address, headers={"If-None-Match": f'"{record.sha256}"'})

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("content_type", "shown"),
    [("application/pdf", True), ("image/png", True), ("text/html", False), ("image/svg+xml", False)],
)
def test_only_harmless_types_are_shown_in_the_browser(client: Client, content_type: str, shown: bool) -> None:  # noqa: FBT001 - a table of cases
    record = make_record(content_type=content_type)
    sign_in(client, record.office, "ca")

    answer = client.get(reverse("archive:file", args=[record.pk]) + "?lihat")

    assert answer["Content-Disposition"].startswith("inline") == shown


def test_a_missing_file_is_told_and_noted_once(client: Client) -> None:
    record = make_record()
    file_of(record).unlink()
    sign_in(client, record.office, "ca")
    address = reverse("archive:file", args=[record.pk])

    first, _second = client.get(address), client.get(address)

    assert first.status_code == 404
    assert "Berkas ini tidak ada lagi di penyimpanan" in first.content.decode()
    assert AuditEntry.objects.filter(action="archive.damaged").count() == 1
    assert queries.count_damaged() == 1
    assert "Ada berkas yang hilang atau berubah" in client.get(reverse("archive:index")).content.decode()


def test_a_changed_file_is_not_handed_out(client: Client) -> None:
    record = make_record(data=b"asli")
    file_of(record).write_bytes(b"palsu")
    sign_in(client, record.office, "ca")

    answer = client.get(reverse("archive:file", args=[record.pk]))

    record.refresh_from_db()
    assert answer.status_code == 409
    assert b"palsu" not in answer.content
    assert record.damage == "changed"


def test_files_are_hashed_again_the_longest_unchecked_first() -> None:
    office = make_office()
    old = make_record(office, data=b"lama", at=NOW - timedelta(days=90))
    make_record(office, data=b"baru", at=NOW)
    make_record(office, data=b"agak lama", at=NOW - timedelta(days=60))
    file_of(old).write_bytes(b"rusak")

    damaged = actions.check_some(most=1, most_bytes=10**9, by="Pegasus", at=NOW)

    old.refresh_from_db()
    assert (damaged, old.damage, old.checked_at) == (1, "changed", NOW)
    assert Record.objects.filter(checked_at=NOW).count() == 2


def test_a_run_ends_at_its_bytes_too() -> None:
    office = make_office()
    for number in range(3):
        make_record(office, data=b"x" * 100 + bytes([number]), at=NOW - timedelta(days=60 + number))

    actions.check_some(most=10, most_bytes=150, by="Pegasus", at=NOW)

    assert Record.objects.filter(checked_at=NOW).count() == 2


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Three rows are always read and sorted faster than an index is.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN'} {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (queries.count_damaged, "record_damage"),
        (lambda: queries.longest_unchecked(before=NOW, most=20), "record_checked_at"),
    ],
)
def test_health_and_check_read_an_index_and_no_more(ask: Callable[[], object], index: str) -> None:
    make_record(data=b"asli")

    with CaptureQueriesContext(connection) as asked:
        ask()

    for query in asked.captured_queries:
        plan = plan_of(query["sql"])
        assert index in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


def test_a_file_that_is_whole_again_is_no_longer_damaged() -> None:
    record = make_record(data=b"asli")
    file_of(record).write_bytes(b"palsu")
    assert not actions.check(record=record, by="Sari", at=NOW)
    file_of(record).write_bytes(b"asli")

    assert actions.check(record=record, by="Sari", at=NOW)

    assert queries.count_damaged() == 0
    assert AuditEntry.objects.filter(action="archive.whole_again").count() == 1


def test_the_hourly_job_looks_at_files() -> None:
    record = make_record(at=NOW - timedelta(days=3650))
    file_of(record).unlink()

    check_files.func()

    record.refresh_from_db()
    assert record.damage == "missing"
    with pytest.raises(FileDamaged):
        content_of(record)


def test_the_successor_is_the_newest_of_the_chain() -> None:
    first = make_record()
    second = make_record(first.office, data=b"2", replaces=first, at=NOW + timedelta(days=1))
    third = make_record(first.office, data=b"3", replaces=second, at=NOW + timedelta(days=2))

    assert queries.successor_of(first) == third
    assert queries.successor_of(third) is None


def test_codes_have_no_letter_that_is_misread() -> None:
    codes = {queries.new_code() for _ in range(200)}

    assert len(codes) == 200
    assert not set("".join(codes)) & set("01IO")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), "Oktober–Desember 2026"),
        (date(2026, 7, 1), date(2026, 7, 31), "Juli 2026"),
        (date(2026, 12, 1), date(2027, 2, 28), "Desember 2026–Februari 2027"),
        (date(2026, 10, 5), date(2026, 10, 5), "5 Oktober 2026"),
        (date(2026, 10, 5), date(2026, 12, 31), "5 Oktober 2026–31 Desember 2026"),
        (date(2026, 10, 1), date(2026, 12, 30), "1 Oktober 2026–30 Desember 2026"),
    ],
)
def test_the_time_of_a_record_is_what_it_is_about(first: date, last: date, words: str) -> None:
    office = make_office()
    record = make_record(office, covers=(first, last))
    newer = make_record(office, data=b"baru", replaces=record)
    other = make_record(office, data=b"lain")

    shown = [row[3] for row in lists.rows([record, newer, other], zone=office.timezone)]

    assert shown == [words, words, "November 2026"]
