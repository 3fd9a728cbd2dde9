from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.builders import NOW, make_employee, make_office, sign_in

from pegasus.people import actions, queries
from pegasus.people.domain.columns import STAFF
from pegasus.people.domain.exemptions import leads_the_office
from pegasus.people.models import Employee, Exemption
from pegasus.people.sheets import read
from pegasus.people.tests.builders import make_csv

TODAY = date(2026, 11, 23)
JANUARY = date(2027, 1, 1)


def exempt(
    employee: Employee, *, first: date = TODAY, last: date | None = None, reason: str = "Tugas belajar"
) -> Exemption:
    return actions.exempt(employee=employee, reason=reason, starts_on=first, ends_on=last, by="Ayu", at=NOW)


@pytest.mark.parametrize(
    ("position", "leads"),
    [
        ("Kepala BPS Provinsi Bengkulu", True),
        ("Plt. Kepala BPS Kota Uji", True),
        ("KEPALA BADAN PUSAT STATISTIK KABUPATEN", True),
        ("Kepala Bagian Umum", False),
        ("Kepala Subbagian Umum BPS Kota Uji", False),
        ("Statistisi Ahli Muda", False),
        ("", False),
    ],
)
def test_the_kepala_is_known_by_the_position(position: str, leads: bool) -> None:  # noqa: FBT001
    assert leads_the_office(position) == leads


@pytest.mark.django_db
def test_an_exemption_covers_its_days_and_without_a_last_day_all_that_come() -> None:
    office = make_office()
    study, leader = make_employee(office), make_employee(office)
    exempt(study, last=date(2026, 12, 31))
    exempt(leader)

    assert set(queries.exemptions_on(office, on=date(2026, 12, 31))) == {study.pk, leader.pk}
    assert set(queries.exemptions_on(office, on=JANUARY)) == {leader.pk}
    assert queries.exempt_days(office)[leader.pk] == ((TODAY, date.max),)


@pytest.mark.django_db
def test_what_makes_no_sense_is_refused() -> None:
    person = make_employee()
    exempt(person, last=date(2026, 12, 31))

    with pytest.raises(actions.AlreadyExempt):
        exempt(person, first=date(2026, 12, 31))
    with pytest.raises(actions.ExemptionBackwards):
        exempt(person, first=JANUARY, last=TODAY)
    with pytest.raises(actions.ExemptionReasonMissing):
        exempt(person, first=JANUARY, reason="  ")
    assert Exemption.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "reason"), [("head", "Kepala kantor"), ("assessor", "Penilai")])
def test_the_kepala_and_assessors_take_no_turns_until_the_role_ends(role: str, reason: str) -> None:
    person = make_employee()
    assignment = actions.assign_role(
        employee=person, role=role, decree_number="SK-1", valid_from=TODAY, valid_until=None, by="Ayu", at=NOW
    )

    kept = person.exemptions.get()
    assert (kept.reason, kept.starts_on, kept.ends_on, kept.role) == (reason, TODAY, None, role)

    actions.end_role(assignment=assignment, last_day=JANUARY, by="Ayu", at=NOW)

    kept.refresh_from_db()
    assert kept.ends_on == JANUARY


@pytest.mark.django_db
def test_other_roles_take_turns_like_everybody() -> None:
    person = make_employee()

    actions.assign_role(
        employee=person, role="humas", decree_number="", valid_from=TODAY, valid_until=None, by="Ayu", at=NOW
    )

    assert not person.exemptions.exists()


@pytest.mark.django_db
def test_the_office_may_lift_what_came_with_a_role_and_ending_the_role_brings_nothing_back() -> None:
    person = make_employee()
    assignment = actions.assign_role(
        employee=person, role="head", decree_number="", valid_from=TODAY, valid_until=None, by="Ayu", at=NOW
    )
    actions.remove_exemption(exemption=person.exemptions.get(), by="Ayu", at=NOW)

    actions.end_role(assignment=assignment, last_day=JANUARY, by="Ayu", at=NOW)

    assert not person.exemptions.exists()


@pytest.mark.django_db
def test_an_exemption_of_the_offices_own_outlives_the_role() -> None:
    person = make_employee()
    exempt(person)
    assignment = actions.assign_role(
        employee=person, role="head", decree_number="", valid_from=TODAY, valid_until=None, by="Ayu", at=NOW
    )

    actions.end_role(assignment=assignment, last_day=JANUARY, by="Ayu", at=NOW)

    kept = person.exemptions.get()
    assert (kept.reason, kept.ends_on) == ("Tugas belajar", None)


@pytest.mark.django_db
def test_a_new_import_loses_no_exemption() -> None:
    office = make_office()
    person = make_employee(office, name="Sari Wulandari", nip="199001012015012001", team="Neraca")
    exempt(person)
    data = make_csv(("Sari Wulandari", "199001012015012001", "Sosial", "", "")).encode()
    sheet = read(data, "daftar.csv", kind=STAFF, zone=office.timezone)

    actions.import_employees(office=office, sheet=sheet, mapping=sheet.mapping, dry_run=False, by="Ayu", at=NOW)

    person.refresh_from_db()
    assert (person.team, person.exemptions.get().reason) == ("Sosial", "Tugas belajar")


@pytest.mark.django_db
def test_a_person_is_exempted_on_their_page_and_takes_turns_again(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    person = make_employee(office, name="Rina Oktaviani")

    client.post(
        f"/pegawai/{person.pk}/giliran/", {"reason": "Tugas belajar", "starts_on": "2026-12-01", "ends_on": ""}
    )
    shown = client.get(f"/pegawai/{person.pk}/").content.decode()
    kept = person.exemptions.get()
    client.post(f"/pegawai/giliran/{kept.pk}/akhiri/", {"last_day": "2027-06-30"})

    assert "Tugas belajar" in shown
    kept.refresh_from_db()
    assert (kept.starts_on, kept.ends_on) == (date(2026, 12, 1), date(2027, 6, 30))

    client.post(f"/pegawai/giliran/{kept.pk}/hapus/")

    assert not person.exemptions.exists()


@pytest.mark.django_db
def test_what_is_typed_wrong_comes_back_with_a_sentence(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    person = make_employee(office)

    answer = client.post(
        f"/pegawai/{person.pk}/giliran/", {"reason": "Studi", "starts_on": "2026-12-01", "ends_on": "2026-11-01"}
    )

    assert answer.status_code == 422
    assert "Hari terakhir harus sama dengan atau sesudah hari pertama." in answer.content.decode()
    assert 'value="Studi"' in answer.content.decode()
    assert not person.exemptions.exists()


@pytest.mark.django_db
def test_several_are_exempted_at_once_and_the_kepala_is_proposed(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Ayu")
    boss = make_employee(office, name="Bos", position="Kepala BPS Kota Uji")
    one, two = make_employee(office, name="Satu"), make_employee(office, name="Dua")

    page = client.get("/pegawai/giliran/").content.decode()
    client.post(
        "/pegawai/giliran/",
        {"people": [boss.pk, two.pk], "reason": "Keputusan kantor", "starts_on": "2026-11-23", "ends_on": ""},
    )

    assert f'value="{boss.pk}" checked' in page
    assert f'value="{one.pk}" checked' not in page
    assert set(Exemption.objects.values_list("employee__name", flat=True)) == {"Bos", "Dua"}
    assert "Keputusan kantor" in client.get("/pegawai/giliran/").content.decode()


@pytest.mark.django_db
def test_the_list_costs_the_same_however_many_are_exempt(
    client: Client,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - pytest-django's own type is private
) -> None:
    office = make_office()
    sign_in(client, office, "ca")
    for _ in range(12):
        exempt(make_employee(office))

    with django_assert_max_num_queries(14):
        client.get("/pegawai/giliran/")


@pytest.mark.django_db
def test_another_offices_exemption_is_not_there(client: Client) -> None:
    sign_in(client, make_office(), "ca")
    foreign = exempt(make_employee(make_office()))

    answers = [
        client.post(f"/pegawai/giliran/{foreign.pk}/akhiri/", {"last_day": "2027-06-30"}),
        client.post(f"/pegawai/giliran/{foreign.pk}/hapus/"),
        client.post(f"/pegawai/{foreign.employee_id}/giliran/", {"reason": "x", "starts_on": "2026-12-01"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    foreign.refresh_from_db()
    assert foreign.ends_on is None
    assert not queries.exemptions_in(make_office()).exists()


@pytest.mark.django_db
def test_who_is_forgotten_leaves_no_reason_behind() -> None:
    person = make_employee(active_until=TODAY - timedelta(days=400))
    kept = Exemption.objects.create(
        employee=person, reason="Sakit panjang", starts_on=date(2025, 1, 1), created_at=NOW, created_by="Ayu"
    )

    actions.anonymise(employee=person, by="Ayu", at=NOW)

    kept.refresh_from_db()
    assert kept.reason == "\N{EN DASH}"
