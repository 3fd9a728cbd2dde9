import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.kernel.models import AuditEntry
from pegasus.people import actions
from pegasus.people.models import Absence, Employee, RoleAssignment

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
PHONE = "+6281234567890"
BAYU = {
    "name": "dr. Bayu Pratama, S.Si.",
    "nip": "19920114 201505 2 008",
    "team": "Neraca",
    "email": "Bayu@Contoh.id",
    "phone": "0812 3456 7890",
    "active_from": "2026-11-02",
}


def jpeg(width: int = 40) -> SimpleUploadedFile:
    stream = BytesIO()
    Image.new("RGB", (width, 40), "navy").save(stream, "JPEG")
    return SimpleUploadedFile("wajah.jpg", stream.getvalue(), "image/jpeg")


@pytest.mark.parametrize("rows", [1, 12])
def test_a_person_s_page_costs_the_same_however_many_rows(
    client: Client, rows: int, django_assert_max_num_queries: Counted
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)
    for day in range(1, rows + 1):
        Absence.objects.create(employee=sari, starts_on=date(2026, 5, day), ends_on=date(2026, 5, day))
        RoleAssignment.objects.create(employee=sari, role="ca", valid_from=date(2026, 5, day))

    with django_assert_max_num_queries(14):
        client.get(reverse("people:person", args=[sari.pk]))


def test_neither_page_nor_log_shows_a_phone(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    office = make_office()
    me = sign_in(client, office, "ca")
    for person in (me, make_employee(office, name="Sari")):
        actions.change_employee(employee=person, phone=PHONE, by="Ana", at=NOW)
    sari = Employee.objects.get(name="Sari")

    pages = [
        client.get(address).content.decode()
        for address in (
            reverse("people:index"),
            reverse("people:person", args=[sari.pk]),
            reverse("people:change", args=[sari.pk]),
            reverse("people:own"),
        )
    ]

    assert "+6281••••890" in pages[1]
    assert "1234567" not in "".join(pages) + caplog.text


def test_a_change_leaves_the_phone_alone_unless_it_is_written_or_wiped(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    bayu = actions.add_employee(office=office, name="Bayu", phone=PHONE, by="Ana", at=NOW)
    change = reverse("people:change", args=[bayu.pk])
    phones = []

    for extra in ({"phone": ""}, {"phone": "081311112222"}, {"phone": "", "forget_phone": "on"}):
        client.post(change, BAYU | extra)
        bayu.refresh_from_db()
        phones.append(bayu.phone)

    assert phones == [PHONE, "+6281311112222", ""]
    assert bayu.phone_index == ""


def test_who_leaves_keeps_the_row_and_may_come_back(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office, active_from=date(2026, 1, 1))
    leave = reverse("people:leave", args=[sari.pk])

    early = client.post(leave, {"last_day": "2025-12-31"})
    client.post(leave, {"last_day": "2026-10-31"})
    left = Employee.objects.get(pk=sari.pk).active_until
    client.post(reverse("people:come-back", args=[sari.pk]))

    assert "Lebih awal daripada hari pertamanya" in early.content.decode()
    assert left == date(2026, 10, 31)
    assert Employee.objects.get(pk=sari.pk).active_until is None


def test_absences_are_added_and_removed(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)
    add = reverse("people:add-absence", args=[sari.pk])
    days = {"kind": "trip", "starts_on": "2026-11-23", "ends_on": "2026-11-27", "note": "Pelatihan di Jakarta"}

    backwards = client.post(add, days | {"ends_on": "2026-11-22"})
    page = client.post(add, days, follow=True).content.decode()
    client.post(reverse("people:remove-absence", args=[Absence.objects.get().pk]))

    assert backwards.status_code == 422
    assert "Hari terakhir harus sama dengan atau sesudah" in backwards.content.decode()
    assert "Pelatihan di Jakarta" in backwards.content.decode()
    assert "Dinas luar · Pelatihan di Jakarta" in page
    assert not Absence.objects.exists()


def test_roles_are_given_by_decree_under_the_office_s_words_and_ended(client: Client) -> None:
    office = make_office(role_labels={"ca": "Change Ambassador"})
    sign_in(client, office, "admin")
    sari = make_employee(office, name="Sari")
    assign = reverse("people:assign-role", args=[sari.pk])
    role = {"role": "ca", "decree_number": "SK-7/17000/2026", "valid_from": "2026-01-02", "valid_until": ""}

    given = client.post(assign, role, follow=True).content.decode()
    again = client.post(assign, role)
    nameless = client.post(assign, role | {"role": "humas", "decree_number": ""})
    backwards = client.post(assign, role | {"role": "humas", "valid_until": "2026-01-01"})
    client.post(reverse("people:end-role", args=[sari.roles.get().pk]), {"last_day": "2026-06-30"})

    assert "Sari kini Change Ambassador." in given
    assert "sudah dipegang" in again.content.decode()
    assert [again.status_code, nameless.status_code, backwards.status_code] == [422, 422, 422]
    assert sari.roles.values_list("role", "decree_number", "valid_until").get() == (
        "ca",
        "SK-7/17000/2026",
        date(2026, 6, 30),
    )


def test_a_photo_is_kept_with_consent_and_goes_when_it_is_withdrawn(
    client: Client, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)
    save = reverse("people:set-photo", args=[sari.pk])

    refused = client.post(save, {"photo": jpeg()})
    client.post(save, {"photo": jpeg(), "consent": "on"})
    sari.refresh_from_db()
    name = str(sari.photo.name)
    shown = client.get(reverse("people:photo", args=[sari.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:remove-photo", args=[sari.pk]))

    assert "Tanpa persetujuan, foto tidak disimpan" in refused.content.decode()
    assert shown.getvalue().startswith(b"\xff\xd8")
    assert not default_storage.exists(name)
    sari.refresh_from_db()
    assert not sari.photo
    assert sari.consents.get().withdrawn_at is not None


def test_what_is_no_picture_is_refused_as_a_photo(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)
    fake = SimpleUploadedFile("wajah.jpg", b"<svg onload=alert(1)>", "image/jpeg")

    answer = client.post(reverse("people:set-photo", args=[sari.pk]), {"photo": fake, "consent": "on"})

    assert answer.status_code == 422
    assert "bukan gambar yang dapat dibaca" in answer.content.decode()


def test_a_person_sees_and_takes_along_their_own_data_and_nobody_else_s(client: Client) -> None:
    office = make_office()
    me = sign_in(client, office, name="Bayu Pratama")
    actions.change_employee(employee=me, phone=PHONE, by="Ana", at=NOW)
    actions.add_absence(
        employee=me, starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 24), note="Dinas", by="Ana", at=NOW
    )
    make_employee(office, name="Sari Wulandari")

    page = client.get(reverse("people:own")).content.decode()
    data = json.loads(client.get(reverse("home:own-data")).content)

    assert "Bayu Pratama" in page
    assert "Sari" not in page + str(data)
    assert (data["nama"], data["nomor_whatsapp"]) == ("Bayu Pratama", PHONE)
    assert data["tidak_hadir"][0]["mulai"] == "2026-11-23"
    assert data["bertugas_sejak"] is None  # nobody wrote it down, as the page says
    assert AuditEntry.objects.filter(action="own_data.exported").count() == 1


def test_about_somebody_forgotten_nothing_more_is_written_down(client: Client) -> None:
    office = make_office()
    leaver = make_employee(office, name="Sari Wulandari", active_until=date(2026, 10, 30))
    actions.anonymise(employee=leaver, by="Ana", at=NOW)
    sign_in(client, office, "admin")

    page = client.get(reverse("people:person", args=[leaver.pk])).content.decode()

    assert "Pegawai purnatugas 1" in page
    assert all(offer not in page for offer in ("Ubah data", "Beri akun", "Beri peran", "Tambah foto", "Batalkan;"))


@pytest.mark.parametrize("has_account", [False, True])
def test_one_who_left_is_offered_neither_account_nor_role(client: Client, *, has_account: bool) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office, name="Sari")
    if has_account:
        actions.give_account(employee=sari, username="sari", password="kata-sandi-lama", by="Ana", at=NOW)
    Employee.objects.filter(pk=sari.pk).update(active_until=date(2026, 1, 2))
    facts = {"role": "humas", "decree_number": "SK-1", "valid_from": "2026-11-23", "username": "sari.w"}

    shown = client.get(reverse("people:person", args=[sari.pk])).content.decode()
    given = client.post(reverse("people:assign-role", args=[sari.pk]), facts, follow=True).content.decode()
    account = client.post(reverse("people:account", args=[sari.pk]), facts, follow=True).content.decode()

    assert "Beri peran" not in shown
    assert 'id="akun"' not in shown
    assert "tidak lagi bekerja di kantor ini" in given
    assert "tidak lagi bekerja di kantor ini" in account
    sari.refresh_from_db()
    assert not sari.roles.exists()
    assert (sari.user is not None) == has_account
    assert sari.user is None or sari.user.check_password("kata-sandi-lama")
