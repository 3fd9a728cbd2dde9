"""Dates of birth: optional, read from a list, masked in the trail, gone with the person."""

from datetime import date, timedelta

import pytest
from tests.builders import NOW, make_employee, make_office

from pegasus.kernel.models import AuditEntry
from pegasus.people import actions, queries, sheets
from pegasus.people.domain import days
from pegasus.people.models import Employee

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("cell", "born_on"),
    [
        ("29-02-1992", date(1992, 2, 29)),
        ("9 Desember 1968", date(1968, 12, 9)),
        ("1990-05-17", date(1990, 5, 17)),
        ("17/5/90", date(1990, 5, 17)),
        (24_838.0, date(1968, 1, 1)),
        ("29-02-1991", None),
        ("17 Mei", None),
        ("1 Januari 2030", None),
        ("1 Januari 1890", None),
        ("Bengkulu, 17 Mei 1990", date(1990, 5, 17)),
        ("Kab. Kaur / 17-05-1990", date(1990, 5, 17)),
        ("17 Mei 1990, Bengkulu", date(1990, 5, 17)),
        ("Mei 17, 1990", date(1990, 5, 17)),
        ("Senin, 17 Mei 90", date(1990, 5, 17)),
        ("12-17 Mei 1990", None),
        ("05.02.1980", date(1980, 2, 5)),
        ("Bengkulu，５／２／８０", date(1980, 2, 5)),
        ("29/02/80", date(1980, 2, 29)),
        ("29/02/00", date(2000, 2, 29)),
        ("29/02/80 00:00:00", date(1980, 2, 29)),
        ("2080-02-05 00:00:00", None),
        ("01/01/50", date(1950, 1, 1)),
        ("31/12/49", None),
        ("17/5/11", date(2011, 5, 17)),
        ("17/5/12", None),
    ],
)
def test_a_date_of_birth_is_read_or_left_alone(cell: str | float, born_on: date | None) -> None:
    assert days.read_birth(cell, today=TODAY) == born_on


@pytest.mark.django_db
def test_a_list_brings_dates_of_birth_and_an_empty_cell_keeps_them() -> None:
    office = make_office()
    first = "Nama,Tgl Lahir\nSari Wulandari,17-05-1990\nBayu Pratama,32-13-1990\nDewi Lestari,\n"
    actions.import_employees(office=office, sheet=sheets.read(first.encode(), "a.csv"), by="Rina", at=NOW)
    again = actions.import_employees(
        office=office, sheet=sheets.read(b"Nama,Tgl Lahir\nSari Wulandari,\n", "a.csv"), by="Rina", at=NOW
    )

    found = dict(Employee.objects.order_by("name").values_list("name", "birth_date"))
    assert found == {"Sari Wulandari": date(1990, 5, 17), "Bayu Pratama": None, "Dewi Lestari": None}
    assert (again.updated, again.unchanged) == (0, 1)


@pytest.mark.django_db
def test_a_nip_says_nothing_about_birthdays() -> None:
    office = make_office()

    actions.import_employees(
        office=office, sheet=sheets.read(b"Nama,NIP\nSari,199001012015042001\n", "a.csv"), by="Rina", at=NOW
    )

    assert Employee.objects.get(office=office).birth_date is None


@pytest.mark.django_db
def test_the_trail_hides_it_the_export_has_it_and_forgetting_takes_it() -> None:
    person = make_employee(active_until=NOW.date() - timedelta(days=30))

    actions.change_employee(employee=person, birth_date=date(1990, 5, 17), by="Rina", at=NOW)

    assert AuditEntry.objects.get(action="employee.changed").after == {"birth_date": "•••"}
    assert queries.own_data(person)["tanggal_lahir"] == date(1990, 5, 17)
    actions.anonymise(employee=person, by="Rina", at=NOW)
    assert Employee.objects.get(pk=person.pk).birth_date is None
