"""Birthdays of a period: each once a year, nobody's year of birth."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_employee, make_office, sign_in

from pegasus.cards.models import BulkRow, BulkRun
from pegasus.people.domain.birthdays import birthday_in, birthdays_between, next_birthday

births = st.dates(date(1950, 1, 1), date(2005, 12, 31))
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(births, days, st.integers(0, 800))
def test_a_period_and_its_halves_have_the_same_birthdays(born_on: date, first: date, length: int) -> None:
    last, middle = first + timedelta(days=length), first + timedelta(days=length // 2)

    whole = list(birthdays_between(born_on, first, last))

    halves = [
        *birthdays_between(born_on, first, middle),
        *birthdays_between(born_on, middle + timedelta(days=1), last),
    ]
    assert whole == halves
    assert all(first <= day <= last for day in whole)
    assert length // 366 <= len(whole) <= length // 365 + 1


@given(births, days)
def test_the_next_birthday_is_within_a_year(born_on: date, today: date) -> None:
    assert timedelta(0) <= next_birthday(born_on, today) - today <= timedelta(days=366)


@pytest.mark.parametrize(("year", "kept_on"), [(2027, date(2027, 2, 28)), (2028, date(2028, 2, 29))])
def test_who_was_born_on_a_leap_day_is_greeted_every_year(year: int, kept_on: date) -> None:
    assert birthday_in(year, date(1992, 2, 29)) == kept_on


@pytest.mark.django_db
def test_a_months_cards_come_from_the_staff_list(client: Client) -> None:
    office = make_office()
    make_employee(office, name="Sari Wulandari", birth_date=date(1990, 12, 9))
    make_employee(office, name="Bayu Pratama", birth_date=date(1985, 12, 3))
    make_employee(office, name="Dewi Lestari", birth_date=date(1985, 11, 3))
    make_employee(office, name="Tanpa Tanggal", nip="199012092015041002")
    make_employee(office, name="Sudah Pergi", birth_date=date(1960, 12, 1), active_until=date(2020, 1, 1))
    make_employee(name="Kantor Lain", birth_date=date(1990, 12, 9))
    sign_in(client, office, "ca")

    client.get(reverse("cards:bulk"))
    client.post(reverse("cards:bulk_birthdays"), {"bulan": "2026-12"})

    run = BulkRun.objects.get()
    rows = list(BulkRow.objects.filter(run=run).order_by("number").values_list("name", "shown_on"))
    assert rows == [("Bayu Pratama", date(2026, 12, 3)), ("Sari Wulandari", date(2026, 12, 9))]
    assert "1990" not in client.get(reverse("cards:bulk_run", args=[run.pk])).content.decode()


@pytest.mark.django_db
def test_a_month_without_birthdays_says_so(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    answer = client.post(reverse("cards:bulk_birthdays"), {"bulan": "2026-12"}, follow=True)

    assert "Tidak ada kartu yang perlu dibuat untuk Desember 2026" in answer.content.decode()
    assert client.post(reverse("cards:bulk_birthdays"), {"bulan": "x"}).status_code == 404
