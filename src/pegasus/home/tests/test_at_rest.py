"""What somebody reads who holds the database alone, without the keys that lie beside it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.builders import make_office, sign_in

from pegasus.delivery import jobs as delivery_jobs
from pegasus.delivery.models import Delivery
from pegasus.kernel import clock
from pegasus.kernel.models import AuditEntry
from pegasus.people import actions as people
from pegasus.people import uploads
from pegasus.people.models import Correction, Employee, Office, Transfer
from pegasus.people.tests.builders import make_xlsx
from pegasus.reminders import actions as reminders
from pegasus.reminders import queries
from pegasus.reminders.tests.builders import BEFORE, H5, make_duty, make_sop_office

pytestmark = pytest.mark.django_db

SARI = ("Sari Wulandari", "198312312004092005", "31-12-1983", "Neraca", "sari@contoh.id", "081234567890")
BAYU = ("Bayu Pratama", "199012052015051001", "05-12-1990", "Sosial", "bayu@contoh.id", "081398765432")
HEADINGS = ("Nama", "NIP", "Tanggal lahir", "Tim", "Email", "No. HP")
WANTED = "198312312004092013"
GUEST = "maya@itama.example"
MAIL = {"sari@contoh.id", "bayu@contoh.id", GUEST}
SECRET = MAIL | {SARI[1], BAYU[1], WANTED, "1983-12-31", "1990-12-05", "31-12-1983", "81234567890", "81398765432"}
# An address stands where somebody signs in by it, or asks for a new password: allauth looks for it with SQL.
BY_DESIGN = {("people_user", "email", "sari@contoh.id"), ("people_user", "email", GUEST)}


def found_in_the_database(secrets: set[str]) -> set[tuple[str, str, str]]:
    """Return every table and column in which one of the texts stands, whatever the type of the column."""
    seen = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            columns = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    is_binary = isinstance(value, bytes | memoryview)
                    text = bytes(value).decode(errors="replace") if is_binary else str(value)
                    seen |= {(table, column, secret) for secret in secrets if secret in text}
    return seen


def found_in_kept_lists(secrets: set[str]) -> set[str]:
    names = default_storage.listdir(uploads.FOLDER)[1]
    assert names
    seen = set()
    for name in names:
        with default_storage.open(f"{uploads.FOLDER}/{name}") as stream:
            text = stream.read().decode(errors="replace")
        seen |= {secret for secret in secrets if secret in text}
    return seen


def take_in(client: Client) -> set[str]:
    """Take a list in as a change agent does; return what was readable in the file that is kept meanwhile."""
    data = make_xlsx(SARI, BAYU, ("Tanpa Tim", "1983123120040920", "", "", "", ""), header=HEADINGS)
    preview = client.post(reverse("people:import"), {"sheet": SimpleUploadedFile("daftar.xlsx", data)})
    address = preview.headers["Location"]
    readable = found_in_kept_lists(SECRET)
    columns = ("name", "nip", "birth_date", "team", "email", "phone")
    client.post(address, {f"k{number}": field for number, field in enumerate(columns)})
    return readable


def live(client: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Do with Sari and Bayu what an office does with people."""
    monkeypatch.setattr(clock, "now", lambda: H5)
    sign_in(client, office, "ca", "admin", name="Ana")
    readable = take_in(client)
    sari, bayu = Employee.objects.get(name="Sari Wulandari"), Employee.objects.get(name="Bayu Pratama")
    people.give_account(employee=sari, username="sari", password="rahasia-sekali-lima", by="Ana", at=H5)
    people.change_employee(employee=sari, phone="0813 9876 5433", email="s@contoh.id", nip="", by="Ana", at=H5)
    facts = {"phone": SARI[5], "email": SARI[4], "nip": SARI[1]}
    people.change_employee(employee=sari, by="Ana", at=H5, **facts)
    her = Client()
    her.post(reverse("account_login"), {"login": "sari", "password": "rahasia-sekali-lima"})
    her.post(reverse("people:own-correction"), {"field": "nip", "wanted": WANTED, "reason": f"Bukan {SARI[1]}"})
    until = (H5 + timedelta(days=30)).date().isoformat()
    guest = {"name": "Maya", "institution": "Itama", "email": GUEST, "username": "maya", "valid_until": until}
    client.post(reverse("people:outsiders"), guest)
    remind(office, sari)
    moved = people.offer_transfer(employee=bayu, to_office=make_office(), last_day=H5.date(), by="Ana", at=H5)
    people.accept_transfer(transfer=moved, by="Budi", at=H5)
    return readable


def remind(office: Office, person: Employee) -> None:
    make_duty(office, person)
    reminders.plan(office=office, at=BEFORE)
    reminder = queries.reminder_for_work(next(one.pk for one in queries.reminders_of(office) if one.offset == 5))
    assert reminder is not None
    reminders.remind(reminder=reminder, at=H5)
    delivery_jobs.send.call(Delivery.objects.get(channel="email").pk)


def test_no_number_mailbox_or_birthday_lies_in_plain(
    client: Client, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[object]
) -> None:
    office = make_sop_office(reminders_by_email=True)

    readable = live(client, office, monkeypatch)

    kept = {(one.name, one.nip, one.email) for one in Employee.objects.exclude(nip_index="")}
    assert kept == {(SARI[0], SARI[1], SARI[4]), (BAYU[0], BAYU[1], BAYU[4])}
    assert (Correction.objects.get().wanted, Transfer.objects.get().state) == (WANTED, "accepted")
    assert len(mailoutbox) == 1
    assert Session.objects.exists()
    sessions = " ".join(str(one.get_decoded()) for one in Session.objects.all())
    assert found_in_the_database(SECRET) == BY_DESIGN
    assert {secret for secret in SECRET - MAIL if secret in sessions} == set()
    assert readable == set()


def test_the_search_would_find_what_lies_in_plain() -> None:
    AuditEntry.objects.create(at=H5, actor="Ana", action="x", subject="x", after={"nip": [SARI[1]]})
    AuditEntry.objects.create(at=H5, actor="81234567890", action="x", subject="x")

    assert found_in_the_database(SECRET) == {
        ("kernel_auditentry", "after", SARI[1]),
        ("kernel_auditentry", "actor", "81234567890"),
    }
