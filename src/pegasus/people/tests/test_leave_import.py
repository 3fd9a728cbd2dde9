from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.kernel import clock
from pegasus.kernel.models import AuditEntry
from pegasus.people import sheets, uploads
from pegasus.people.actions import ColumnsMissing, LeaveResult, import_absences
from pegasus.people.domain.leave_list import LEAVE
from pegasus.people.models import Absence, Office
from pegasus.people.sheets import SheetRefused
from pegasus.people.tests.builders import make_csv, make_xlsx

pytestmark = pytest.mark.django_db
HEADER = ("Nama", "Jenis", "Dari", "Sampai", "Keterangan")
LIST = (
    ("Sari Wulandari, S.ST.", "CT", "12 Oktober 2026", "14 Oktober 2026", "Padang"),
    ("BAYU PRATAMA", "SPPD", "30/11/2026", "2/12/2026", ""),
    ("Tak Dikenal", "DL", "30/11/2026", "", ""),
)
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//uji//ID
BEGIN:VEVENT
UID:1
SUMMARY:Cuti Sari Wulandari
DTSTART;VALUE=DATE:20261012
DTEND;VALUE=DATE:20261015
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Rapat
ATTENDEE:mailto:bayu@contoh.id
CATEGORIES:Dinas luar
DTSTART:20261130T230000Z
DTEND:20261202T170000Z
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:DL Sari Wulandari
DTSTART;VALUE=DATE:20261101
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:DL Sari Wulandari
STATUS:CANCELLED
DTSTART;VALUE=DATE:20261101
END:VEVENT
BEGIN:VEVENT
UID:5
SUMMARY:Sakit Sari Wulandari
DTSTART;VALUE=DATE:20261105
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def office() -> Office:
    office = make_office()
    make_employee(office, name="Sari Wulandari")
    make_employee(office, name="Bayu Pratama", email="bayu@contoh.id")
    return office


def taken(office: Office, data: bytes, filename: str, *, dry_run: bool = False) -> LeaveResult:
    sheet = sheets.read(data, filename, kind=LEAVE, zone=office.timezone)
    return import_absences(office=office, sheet=sheet, dry_run=dry_run, by="Ana", at=NOW)


def written(office: Office) -> list[tuple[str, str, date, date]]:
    found = Absence.objects.filter(employee__office=office).order_by("starts_on", "pk")
    return [(row.employee.name, row.kind, row.starts_on, row.ends_on) for row in found.select_related("employee")]


SARI_S_LEAVE = ("Sari Wulandari", "leave", date(2026, 10, 12), date(2026, 10, 14))
BAYU_S_TRIP = ("Bayu Pratama", "trip", date(2026, 11, 30), date(2026, 12, 2))


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (make_xlsx(*LIST, header=HEADER, above=2), "cuti.xlsx"),
        (make_csv(*LIST, header=HEADER, separator=";").encode("utf-16"), "cuti.csv"),
        (make_csv(*LIST, header=HEADER, separator="\t").encode(), sheets.PASTED),
    ],
)
def test_a_list_in_any_form_is_written_down_once(office: Office, data: bytes, filename: str) -> None:
    first = taken(office, data, filename)
    again = taken(office, data, filename)

    assert (first.added, first.known, first.coming) == (2, 0, 1)
    assert [(told.field, told.reason, told.person) for told in first.rejected] == [
        ("name", "Tidak ada pegawai dengan nama, NIP, atau surel ini di kantor ini.", "Tak Dikenal")
    ]
    assert (again.added, again.known) == (0, 2)
    assert written(office) == [SARI_S_LEAVE, BAYU_S_TRIP]


def test_a_calendar_is_read_in_the_office_s_own_time(office: Office) -> None:
    office.timezone = "Asia/Jayapura"
    office.save()

    result = taken(office, CALENDAR.encode(), "cuti.ics")

    assert written(office) == [
        SARI_S_LEAVE,
        ("Sari Wulandari", "sick", date(2026, 11, 5), date(2026, 11, 5)),
        ("Bayu Pratama", "trip", date(2026, 12, 1), date(2026, 12, 3)),
    ]
    assert [(told.row, told.reason) for told in result.rejected] == [
        (3, "Acara berulang; tulis setiap ketidakhadiran sebagai acara sendiri."),
        (4, "Acara ini dibatalkan."),
    ]
    assert taken(office, CALENDAR.encode(), "cuti.ics").added == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Tidak ada satu pun acara"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n", "acara|rusak"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5001, "paling banyak 5.000"),
        (b"BEGIN:VCALENDAR\r\n" + b"X:" + b"y" * 4_000_000, "lebih besar dari 3 MB"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(SheetRefused, match=sentence):
        sheets.read(data, "cuti.ics", kind=LEAVE)


def test_events_without_days_are_refused_one_by_one(office: Office) -> None:
    data = CALENDAR.replace("DTSTART;VALUE=DATE:20261012", "DTSTART;VALUE=DATE:20261399")

    result = taken(office, data.encode(), "cuti.ics")

    assert (1, "Tanggal ini tidak ada dalam kalender.") in [(told.row, told.reason) for told in result.rejected]
    assert result.added == 2


def test_a_calendar_is_no_staff_list() -> None:
    with pytest.raises(SheetRefused, match="bukan XLSX"):
        sheets.read(CALENDAR.encode(), "cuti.ics")


def test_a_trial_writes_nothing_down(office: Office) -> None:
    result = taken(office, make_xlsx(*LIST, header=HEADER), "cuti.xlsx", dry_run=True)

    assert result.added == 2
    assert written(office) == []
    assert not AuditEntry.objects.exists()


def test_people_of_another_office_stay_unknown(office: Office) -> None:
    make_employee(name="Tak Dikenal")

    assert len(taken(office, make_xlsx(*LIST, header=HEADER), "cuti.xlsx").rejected) == 1


def test_a_list_that_does_not_say_who_or_when_is_not_guessed_at(office: Office) -> None:
    with pytest.raises(ColumnsMissing):
        taken(office, b"Nama;Jenis\nSari Wulandari;CT\n", "cuti.csv")


def upload(client: Client, data: bytes, name: str = "cuti.xlsx") -> str:
    """Upload a list and return where it leads."""
    answer = client.post(reverse("people:import-leave"), {"sheet": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_leave_is_shown_first_then_written_down_then_told(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    data = make_xlsx(*LIST, header=HEADER)

    preview = upload(client, data)
    shown = client.get(preview).content.decode()
    before = written(office)
    told = client.post(preview, {"k0": "name", "k1": "kind", "k2": "starts_on", "k3": "ends_on"}, follow=True)

    page = told.content.decode()
    assert "Catat 2 ketidakhadiran" in shown
    assert "12 Okt 2026" in shown
    assert "Tak Dikenal" in shown
    assert before == []
    assert "2 ketidakhadiran dicatat" in page
    assert "Tak Dikenal" in page
    assert reverse("home:follow-up") in page
    assert len(written(office)) == 2


def test_a_clean_list_of_coming_days_leads_to_what_no_longer_fits(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    day = clock.today(office.timezone).isoformat()
    preview = upload(client, f"Nama;Jenis;Mulai\nSari Wulandari;CT;{day}\n".encode(), "cuti.csv")

    answer = client.post(preview, {"k0": "name", "k1": "kind", "k2": "starts_on"})

    assert answer.headers["Location"].startswith(reverse("home:follow-up"))
    assert "1 ketidakhadiran dicatat" in client.get(answer.headers["Location"], follow=True).content.decode()


def test_columns_of_leave_are_asked_for_and_remembered(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    data = make_xlsx(("Sari Wulandari", "x", "2026-10-12"), header=("Nama", "Apa", "Bilamana"))

    preview = upload(client, data)
    asked = client.get(preview).content.decode()
    client.post(preview, {"k0": "name", "k2": "starts_on"})
    remembered = client.get(upload(client, data)).content.decode()

    assert "Pilih kolom yang berisi mulai." in asked
    assert "Susunan kolom dikenali dari impor" in remembered
    assert "sudah tercatat" in remembered


def test_a_staff_list_is_not_taken_for_leave(client: Client, office: Office) -> None:
    sign_in(client, office, "ca")
    token = uploads.keep(office=office, filename="daftar.csv", data=b"Nama\nSari\n", at=clock.now())

    answer = client.get(reverse("people:preview-leave", args=[token]), follow=True)

    assert answer.redirect_chain == [(reverse("people:import-leave"), 302)]


def test_only_who_keeps_the_list_may_import_leave(client: Client, office: Office) -> None:
    sign_in(client, office, "humas")

    answers = [
        client.get(reverse("people:import-leave")),
        *(client.get(reverse(f"people:{name}-leave", args=["1-a"])) for name in ("preview", "imported", "refused")),
        client.post(reverse("people:forget-mapping-leave", args=["1-a"])),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


@pytest.mark.parametrize("rows", [1, 40])
def test_a_preview_of_leave_costs_the_same_however_many_rows(
    client: Client, office: Office, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, office, "ca")
    data = make_xlsx(*[("Sari Wulandari", "CT", f"2026-{n % 12 + 1:02d}-05") for n in range(rows)], header=HEADER)
    preview = upload(client, data)

    with django_assert_max_num_queries(12):
        client.get(preview)
