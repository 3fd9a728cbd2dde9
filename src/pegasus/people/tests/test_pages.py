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
from pegasus.people.models import Absence, Employee, RoleAssignment, User

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


def test_the_list_finds_people_by_parts_of_name_and_team(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Ana Agen")
    make_employee(office, name="Sari Wulandari", team="Neraca")
    make_employee(office, name="Sari Pertiwi", team="Umum")

    page = client.get(reverse("people:index"), {"cari": "sari nera"}).content.decode()

    assert "Sari Wulandari" in page
    assert "Sari Pertiwi" not in page
    assert "1 orang" in page


def test_the_list_can_be_narrowed_to_a_team_and_to_who_has_left(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", team="Umum")
    make_employee(office, name="Sari Wulandari", team="Neraca")
    make_employee(office, name="Tua Sejahtera", team="Neraca", active_until=date(2020, 1, 1))

    team = client.get(reverse("people:index"), {"tim": "Neraca"}).content.decode()
    left = client.get(reverse("people:index"), {"status": "keluar"}).content.decode()

    assert "Sari Wulandari" in team
    assert "Tua Sejahtera" not in team
    assert "Tua Sejahtera" in left
    assert "Sari Wulandari" not in left


def test_a_search_that_finds_nobody_says_so(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.get(reverse("people:index"), {"cari": "zzz"}).content.decode()

    assert "Tidak ada yang cocok" in page


def test_typing_brings_only_the_list(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    page = client.get(reverse("people:index"), {"cari": "x"}, headers={"HX-Target": "daftar-pegawai"})

    assert page.content.decode().strip().startswith('<div id="daftar-pegawai"')


@pytest.mark.parametrize("people", [1, 24])
def test_the_list_costs_the_same_however_many_people(
    client: Client, people: int, django_assert_max_num_queries: Counted
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    for _person in range(people):
        make_employee(office, roles=("humas",))

    with django_assert_max_num_queries(9):
        client.get(reverse("people:index"))


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

    with django_assert_max_num_queries(9):
        client.get(reverse("people:person", args=[sari.pk]))


def test_a_colleague_sees_names_and_teams_only(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "humas")
    make_employee(office, name="Sari", team="Neraca", position="Statistisi", email="sari@contoh.id", phone=PHONE)

    page = client.get(reverse("people:index")).content.decode()

    assert "Sari" in page
    assert "Neraca" in page
    for hidden in ("Statistisi", "sari@contoh.id", "+6281", "890", "Impor"):
        assert hidden not in page


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


def test_a_person_is_added_with_titles_apart_and_the_phone_in_one_form(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "admin")

    answer = client.post(reverse("people:add"), BAYU, follow=True)

    assert "Bayu Pratama tercatat sebagai pegawai." in answer.content.decode()
    bayu = Employee.objects.get(name="Bayu Pratama")
    assert (bayu.office, bayu.title_before, bayu.title_after) == (office, "dr.", "S.Si.")
    assert (bayu.nip, bayu.email, bayu.phone) == ("199201142015052008", "bayu@contoh.id", PHONE)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "tidak boleh kosong"),
        ({"name": "=1+1"}, "bukan nama orang"),
        ({"name": "x" * 100_000}, "200"),
        ({"name": "X" * 150}, "paling banyak 120 huruf"),
        ({"nip": "123"}, "NIP harus 18 digit."),
        ({"nip": "199013322015052008"}, "bukan tanggal lahir"),
        ({"phone": "(0736) 21521"}, "nomor telepon rumah atau kantor"),
        ({"phone": "081234567890 / 081311112222"}, "Ada dua nomor"),
        ({"phone": "abc"}, "bukan nomor HP"),
        ({"email": "bukan surel"}, "email"),
        ({"active_from": "0026-11-02"}, "antara 1950 dan 2100"),
    ],
)
def test_wrong_facts_are_told_and_what_was_typed_stays(client: Client, wrong: dict[str, str], sentence: str) -> None:
    sign_in(client, make_office(), "ca")
    facts = BAYU | wrong

    answer = client.post(reverse("people:add"), facts)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="Neraca"' in page
    assert not Employee.objects.filter(team="Neraca").exclude(user__isnull=False).exists()


def test_a_nip_that_somebody_has_is_told(client: Client) -> None:
    office = make_office()
    make_employee(office, nip="199201142015052008")
    sign_in(client, office, "ca")

    page = client.post(reverse("people:add"), BAYU).content.decode()

    assert "NIP ini sudah tercatat" in page


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


def test_an_account_comes_with_a_password_that_is_shown_once(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office, name="Sari")
    account = reverse("people:account", args=[sari.pk])

    answer = client.post(account, {"username": "sari"})

    page = answer.content.decode()
    password = page.partition('<code class="people-secret">')[2].partition("<")[0]
    user = User.objects.get(username="sari")
    assert len(password) == 19
    assert user.check_password(password)
    assert user.employee == sari
    assert "no-store" in answer.headers["Cache-Control"]
    assert password not in client.get(reverse("people:person", args=[sari.pk])).content.decode()
    assert password not in str(list(AuditEntry.objects.values()))


def test_a_forgotten_password_is_replaced(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    sari = make_employee(office)
    user = actions.give_account(employee=sari, username="sari", password="rahasia-sekali", by="Ana", at=NOW)

    page = client.post(reverse("people:account", args=[sari.pk])).content.decode()

    user.refresh_from_db()
    assert "Kata sandi ini hanya tampil sekali" in page
    assert not user.check_password("rahasia-sekali")


@pytest.mark.parametrize(
    ("username", "sentence"), [("ana", "sudah dipakai"), ("a", "3"), ("tidak boleh", "tanpa spasi"), ("", "kosong")]
)
def test_a_name_that_cannot_be_signed_in_with_is_told(client: Client, username: str, sentence: str) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    User.objects.create_user(username="Ana")
    sari = make_employee(office)

    answer = client.post(reverse("people:account", args=[sari.pk]), {"username": username})

    sari.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sari.user is None


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
    assert (bool(sari.photo), sari.photo_consent_at) == (False, None)


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
    data = json.loads(client.get(reverse("people:export")).content)

    assert "Bayu Pratama" in page
    assert "Sari" not in page + str(data)
    assert (data["nama"], data["nomor_whatsapp"]) == ("Bayu Pratama", PHONE)
    assert data["tidak_hadir"][0]["starts_on"] == "2026-11-23"
    assert AuditEntry.objects.filter(action="own_data.exported").count() == 1


EDITING = (
    ("get", "people:person"),
    ("get", "people:change"),
    ("post", "people:change"),
    ("post", "people:leave"),
    ("post", "people:come-back"),
    ("post", "people:add-absence"),
    ("post", "people:assign-role"),
    ("post", "people:account"),
    ("post", "people:set-photo"),
    ("post", "people:remove-photo"),
    ("get", "people:photo"),
)


@pytest.mark.parametrize(("method", "name"), EDITING)
def test_without_the_role_a_colleague_s_page_is_forbidden(client: Client, method: str, name: str) -> None:
    office = make_office()
    sign_in(client, office, "humas", "cc", "head")
    sari = make_employee(office)

    answer = getattr(client, method)(reverse(name, args=[sari.pk]))

    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "name"), EDITING)
def test_another_office_s_people_do_not_exist(client: Client, method: str, name: str) -> None:
    sign_in(client, make_office(), "ca", "admin")
    stranger = make_employee(name="Orang Lain")

    answer = getattr(client, method)(reverse(name, args=[stranger.pk]))

    assert answer.status_code == 404
    assert "Orang Lain" not in answer.content.decode()


def test_another_office_s_absences_and_roles_do_not_exist(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    stranger = make_employee(roles=("ca",))
    absence = Absence.objects.create(employee=stranger, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 1))

    answers = [
        client.post(reverse("people:remove-absence", args=[absence.pk])),
        client.post(reverse("people:end-role", args=[stranger.roles.get().pk]), {"last_day": "2026-06-30"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Absence.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answers = [client.get(reverse(name)) for name in ("people:index", "people:add", "people:import", "people:own")]

    assert [answer.status_code for answer in answers] == [302] * 4


def test_a_temporary_password_opens_only_the_page_to_change_it(client: Client) -> None:
    office = make_office()
    sari = make_employee(office, roles=("ca",))
    user = actions.give_account(
        employee=sari, username="sari", password="sementara-sekali", temporary=True, by="Ana", at=NOW
    )
    client.force_login(user)
    change = reverse("account_change_password")
    new = {"oldpassword": "sementara-sekali", "password1": "kucing-hujan-lima", "password2": "kucing-hujan-lima"}

    before = client.get(reverse("people:index"))
    changed = client.post(change, new)
    after = client.get(reverse("people:index"))

    assert before.headers["Location"] == change
    assert changed.headers["Location"] == reverse("home:home")
    assert after.status_code == 200
