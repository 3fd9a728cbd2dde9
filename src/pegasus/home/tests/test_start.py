from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.builders import NOW, make_office, sign_in

from pegasus.calendar.models import Holiday
from pegasus.home import actions
from pegasus.people.models import Employee, Exemption, Office, RoleAssignment, User
from pegasus.sop.models import Programme, Task
from pegasus.sop.queries import version_in_force

pytestmark = pytest.mark.django_db

OFFICE = {"name": "BPS Kota Uji", "code": "1771", "unit_code": "", "city": "Uji", "timezone": "Asia/Jayapura"}
OFFICE |= {"sop_name": "shipped"}  # a browser sends the one that is ticked
PERSON = {
    "name": "Sari Wulandari",
    "username": "sari.w",
    "password": "rahasia-sekali-ini",
    "email": "sari@example.go.id",
    "phone": "0812-3456-7890",
}


def set_up() -> User:
    return actions.set_up_office(office=OFFICE | {"unit_code": "17710"}, person=PERSON, at=NOW)


@pytest.mark.parametrize("address", ["/", "/akun/login/"])
def test_without_an_office_every_door_leads_to_the_beginning(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/mulai/"
    assert "Siapkan kantor saya" in client.get("/mulai/").content.decode()


def test_the_demonstration_is_offered_only_where_it_is_wanted(client: Client, settings: Settings) -> None:
    assert "Coba dengan data contoh" in client.get("/mulai/").content.decode()

    settings.PEGASUS_DEMO = False

    assert "Coba dengan data contoh" not in client.get("/mulai/").content.decode()
    assert client.post("/mulai/contoh/").status_code == 404


def test_three_steps_make_an_office_that_can_begin(client: Client) -> None:
    first = client.post("/mulai/kantor/", OFFICE)
    second = client.post("/mulai/anda/", PERSON)
    third = client.get("/mulai/pegawai/")

    assert first.headers["Location"] == "/mulai/anda/"
    assert second.headers["Location"] == "/mulai/pegawai/"
    assert "Siapa saja yang bertugas?" in third.content.decode()
    office = Office.objects.get()
    assert (office.code, office.unit_code, office.region) == ("1771", "17710", "KOTA UJI")
    employee = Employee.objects.get()
    assert employee.phone == "+6281234567890"
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == {"ca", "admin"}
    assert set(Programme.objects.values_list("code", flat=True)) == {"pegasus", "bgc"}
    assert Holiday.objects.filter(office=office).exists()
    assert client.get("/").status_code == 200


def test_the_office_names_its_own_head_and_its_sop(client: Client) -> None:
    page = client.get("/mulai/kantor/").content.decode()
    answers = {"head": " Maria  Renyaan, S.Si. ", "sop_name": "signed"}
    client.post("/mulai/kantor/", OFFICE | answers)
    client.post("/mulai/anda/", PERSON)

    office = Office.objects.get()
    pegasus, cards = (version_in_force(office, code) for code in ("pegasus", "bgc"))
    assert "Pesan Penggungah Semangat untuk Sukses" in page
    assert "Pesona Pengungahan Semangat untuk Sukses" in page
    assert (pegasus.approved_by_position, pegasus.approved_by_name) == ("Kepala BPS Kota Uji", "Maria Renyaan, S.Si.")
    assert cards.approved_by_name == "Maria Renyaan, S.Si."
    assert pegasus.title.endswith("(Pesan Penggungah Semangat untuk Sukses)")
    assert "Win Rizal" not in client.get("/sop/").content.decode()


def test_the_first_person_owes_what_is_due() -> None:
    actions.set_up_office(office=OFFICE | {"unit_code": "17710"}, person=PERSON, at=datetime(2026, 12, 20, tzinfo=UTC))

    owners = set(Task.objects.filter(role="ca").values_list("owner__name", flat=True))

    assert owners == {"Sari Wulandari"}


def test_once_there_is_an_office_the_beginning_is_gone(client: Client) -> None:
    set_up()

    assert client.get("/mulai/").status_code == 404
    assert client.get("/mulai/kantor/").status_code == 404
    assert client.get("/mulai/anda/").status_code == 404
    assert client.get("/mulai/pegawai/").status_code == 302


def test_the_slower_of_two_is_told_and_makes_nothing(client: Client) -> None:
    client.post("/mulai/kantor/", OFFICE)
    set_up()

    answer = client.post("/mulai/anda/", PERSON | {"username": "lain"}, follow=True)

    assert "baru saja disiapkan oleh orang lain" in answer.content.decode()
    assert Office.objects.count() == 1
    assert User.objects.count() == 1


def test_a_stranger_cannot_ask_which_user_names_are_taken(client: Client) -> None:
    set_up()

    pages = [client.post("/mulai/anda/", PERSON | {"username": name}) for name in (PERSON["username"], "bebas")]

    assert [(page.status_code, page.headers.get("Location")) for page in pages] == [(302, "/akun/login/")] * 2


def test_a_second_set_up_is_refused_whole() -> None:
    set_up()

    with pytest.raises(actions.AlreadyBegun):
        actions.set_up_office(office=OFFICE | {"code": "1772", "unit_code": "17720"}, person=PERSON, at=NOW)

    assert Office.objects.count() == 1


def test_the_demonstration_is_not_built_beside_an_office(client: Client) -> None:
    set_up()

    answer = client.post("/mulai/contoh/", follow=True)

    assert "baru saja disiapkan oleh orang lain" in answer.content.decode()
    assert Office.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", "17", "empat angka"),
        ("code", "17a1", "empat angka"),
        ("unit_code", "17", "lima angka"),
        ("timezone", "Mars/Base", "Zona waktu"),
        ("name", "", ""),
    ],
)
def test_an_office_that_makes_no_sense_is_refused_and_what_was_typed_stays(
    client: Client, field: str, value: str, words: str
) -> None:
    answer = client.post("/mulai/kantor/", OFFICE | {"city": "Kota Kembang", field: value})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Ada yang perlu diperbaiki" in page
    assert words in page
    assert "Kota Kembang" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("username", "sari wulandari", "tanpa spasi"),
        ("password", "pendek", ""),
        ("password", "sari.w", ""),
        ("phone", "0736-21100", "bukan nomor ponsel"),
        ("email", "sari", ""),
    ],
)
def test_a_person_that_makes_no_sense_is_refused_and_nothing_is_made(
    client: Client, field: str, value: str, words: str
) -> None:
    client.post("/mulai/kantor/", OFFICE)

    page = client.post("/mulai/anda/", PERSON | {field: value}).content.decode()

    assert "Ada yang perlu diperbaiki" in page
    assert words in page
    assert not Office.objects.exists()


def test_step_two_without_step_one_goes_back(client: Client) -> None:
    assert client.get("/mulai/anda/").headers["Location"] == "/mulai/kantor/"


def test_a_password_never_comes_back_in_the_page(client: Client) -> None:
    client.post("/mulai/kantor/", OFFICE)

    page = client.post("/mulai/anda/", PERSON | {"username": "tidak boleh"}).content.decode()

    assert PERSON["password"] not in page


def test_an_own_turn_opens_the_personal_page(client: Client) -> None:
    from pegasus.home.tests.builders import make_duty  # noqa: PLC0415 - one test needs it

    office = make_office()
    duty = make_duty(office, holder=sign_in(client, office))

    answer = client.post(f"/giliran/{duty.pk}/")

    assert answer.headers["Location"].startswith("/t/")


def test_where_no_mail_can_leave_a_forgotten_password_gets_a_sentence(client: Client, settings: Settings) -> None:
    make_office()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there

    answer = client.post(reverse("account_reset_password"), {"email": "siapa@contoh.example"})

    assert answer.status_code == 200
    assert "Minta admin kantor membuatkan kata sandi baru." in answer.content.decode()


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "confirm-email/abc/"])
def test_pages_that_no_office_needs_are_closed(client: Client, address: str) -> None:
    sign_in(client, make_office(), "ca")

    assert client.get(f"/akun/{address}").status_code == 404
    assert client.post(f"/akun/{address}", {"email": "orang@contoh.example", "action_add": ""}).status_code == 404


def test_step_four_proposes_whom_step_one_named_as_kepala(client: Client) -> None:
    client.post("/mulai/kantor/", OFFICE | {"head": "H. Muhammad Nur, S.E., M.M."})
    client.post("/mulai/anda/", PERSON)
    office = Office.objects.get()
    head = Employee.objects.create(office=office, name="Muhammad Nur", title_before="H.")
    Employee.objects.create(office=office, name="Muhammad Nurdin")

    page = client.get("/mulai/giliran/")

    assert [one.pk for one, proposed in page.context["choices"] if proposed] == [head.pk]
    assert page.context["form"]["reason"].value() == "Kepala kantor"


def test_of_two_who_bear_the_name_of_the_kepala_none_is_proposed(client: Client) -> None:
    client.post("/mulai/kantor/", OFFICE | {"head": "Maria Renyaan, S.Si."})
    client.post("/mulai/anda/", PERSON)
    office = Office.objects.get()
    for team in ("Umum", "Sosial"):
        Employee.objects.create(office=office, name="Maria Renyaan", team=team)

    choices = client.get("/mulai/giliran/").context["choices"]

    assert len(choices) == 3
    assert not any(proposed for _one, proposed in choices)


def test_step_four_proposes_the_kepala_and_lets_the_others_serve(client: Client) -> None:
    client.post("/mulai/kantor/", OFFICE)
    client.post("/mulai/anda/", PERSON)
    office = Office.objects.get()
    boss = Employee.objects.create(office=office, name="Bos", position="Kepala BPS Kota Uji")
    Employee.objects.create(office=office, name="Staf", position="Statistisi")

    page = client.get("/mulai/giliran/").content.decode()
    answer = client.post(
        "/mulai/giliran/",
        {"people": [boss.pk], "reason": "Kepala kantor", "starts_on": "2026-11-23", "ends_on": ""},
    )

    assert page.count(" checked") == 1
    assert f'value="{boss.pk}" checked' in page
    assert answer.headers["Location"] == "/"
    assert [(one.employee, one.reason) for one in Exemption.objects.all()] == [(boss, "Kepala kantor")]


def test_step_four_with_nobody_ticked_exempts_nobody(client: Client) -> None:
    client.post("/mulai/kantor/", OFFICE)
    client.post("/mulai/anda/", PERSON)

    answer = client.post("/mulai/giliran/", {"reason": "", "starts_on": "", "ends_on": ""})

    assert answer.headers["Location"] == "/"
    assert not Exemption.objects.exists()
