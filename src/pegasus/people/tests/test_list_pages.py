from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import make_employee, make_office, sign_in

from pegasus.people.models import Employee

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


def test_the_list_finds_people_by_parts_of_name_and_team(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Ana Agen")
    make_employee(office, name="Sari Wulandari", team="Neraca")
    make_employee(office, name="Sari Pertiwi", team="Umum")

    page = client.get(reverse("people:index"), {"cari": "sari nera"}).content.decode()

    assert "Sari Wulandari" in page
    assert "Sari Pertiwi" not in page
    assert "1 orang" in page


@pytest.mark.parametrize("words", ["19920114 201505 2 008", "bayu@CONTOH.id", "0812 3456 7890"])
def test_who_keeps_the_list_finds_a_person_by_nip_mailbox_or_phone(client: Client, words: str) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Ana Agen")
    make_employee(office, name="Bayu Pratama", nip="199201142015052008", email="Bayu@Contoh.id", phone=PHONE)
    make_employee(office, name="Sari Wulandari", nip="198312312004092005", email="s@contoh.id")
    make_employee(name="Kantor Lain", nip="199201142015052008", email="bayu@contoh.id", phone=PHONE)
    colleague = Client()
    sign_in(colleague, office, name="Rekan")

    found = client.get(reverse("people:index"), {"cari": words}).content.decode()
    hidden = colleague.get(reverse("people:index"), {"cari": words}).content.decode()

    assert "Bayu Pratama" in found
    for name in ("Sari Wulandari", "Kantor Lain"):
        assert name not in found
    assert "Bayu Pratama" not in hidden


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


def test_a_colleague_sees_names_and_teams_only(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "humas")
    make_employee(office, name="Sari", team="Neraca", position="Statistisi", email="sari@contoh.id", phone=PHONE)

    page = client.get(reverse("people:index")).content.decode()

    assert "Sari" in page
    assert "Neraca" in page
    for hidden in ("Statistisi", "sari@contoh.id", "+6281", "890", "Impor"):
        assert hidden not in page


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
