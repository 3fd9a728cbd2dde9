"""Lists as other offices wrote them, each of which was once read as something that it does not say."""

from datetime import date
from pathlib import Path

import pytest
from tests.builders import NOW, make_employee, make_office

from pegasus.people import sheets
from pegasus.people.actions import ImportResult, import_employees
from pegasus.people.models import Employee, Office

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"


def taken(name: str, office: Office | None = None) -> ImportResult:
    path = DATA / name
    sheet = sheets.read(path.read_bytes(), path.name)
    return import_employees(office=office or make_office(), sheet=sheet, by="Ana", at=NOW)


def facts(*names: str) -> list[tuple[object, ...]]:
    return list(Employee.objects.order_by("pk").values_list(*names))


def remarks(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(one.row, one.field, one.code) for one in [*result.plan.refused, *result.plan.doubts]]


def test_what_nobody_sees_makes_no_second_person() -> None:
    result = taken("case-01-list.csv")

    assert facts("name") == [("Rina Kartika",), ("Nu'man Hakim",), ("André Siahaan",)]
    assert [(told.row, told.field) for told in result.rejected] == [(3, "name"), (5, "name"), (7, "name")]


def test_an_invisible_character_in_a_nip_is_no_letter() -> None:
    taken("case-01-nip.csv")

    assert facts("nip") == [("198002052005012003",)]


def test_a_phone_with_a_decimal_point_is_not_lengthened() -> None:
    result = taken("case-02-list.csv")

    assert facts("phone") == [("+6281234567801",), ("",)]
    assert remarks(result) == []


def test_a_phone_with_a_letter_is_not_shortened() -> None:
    result = taken("case-03-list.csv")

    assert facts("phone") == [("",), ("",), ("",)]
    assert remarks(result) == [(row, "phone", "phone_unreadable") for row in (2, 3, 4)]


def test_a_leap_day_of_the_last_century_is_a_birthday() -> None:
    result = taken("case-04-list.csv")

    assert facts("birth_date") == [(date(1980, 2, 29),), (date(1968, 2, 29),), (date(1988, 2, 29),)]
    assert remarks(result) == []


def test_the_day_of_the_nip_counts_and_the_row_is_doubted() -> None:
    result = taken("case-05-list.csv")

    assert facts("birth_date") == [(date(1980, 2, 5),), (date(1990, 3, 10),)]
    assert remarks(result) == [(2, "birth_date", "birth_date_swapped"), (3, "birth_date", "birth_date_swapped")]


def test_who_has_no_nip_yet_is_taken_whatever_stands_in_its_column() -> None:
    result = taken("case-06-list.csv")

    assert facts("nip") == [("",)] * 8
    assert remarks(result) == []


def test_a_mailbox_or_phone_of_several_is_nobody_s_identity() -> None:
    office = make_office()

    result = taken("case-07-list.csv", office)
    again = taken("case-07-list.csv", office)

    assert facts("email", "phone") == [("kantor@contoh.go.id", "")] * 3 + [("", "+6281234567801")] * 2
    assert remarks(result) == [(3, "email", "shared"), (4, "email", "shared"), (6, "phone", "shared")]
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 5, [])


def test_a_name_and_a_nip_in_one_cell_are_two_facts() -> None:
    result = taken("case-08-list.csv")

    assert facts("name", "title_after", "nip", "position") == [
        ("Rina Kartika", "S.Si", "198002052005012003", "Statistisi"),
        ("Bima Arya", "", "199003102015021004", "Statistisi"),
    ]
    assert remarks(result) == []


def test_a_heading_of_two_rows_is_one_heading() -> None:
    result = taken("case-09-list.xlsx")

    assert facts("name", "email", "phone", "team") == [
        ("Rina Kartika", "rina@contoh.go.id", "+6281234567801", "Neraca"),
        ("Bima Arya", "bima@contoh.go.id", "+6281234567802", "Neraca"),
    ]
    assert remarks(result) == []


def test_degrees_written_with_blanks_are_kept_apart_from_the_name() -> None:
    taken("case-10-list.csv")

    assert facts("name", "title_after") == [
        ("Rina Kartika", "S.Si, M.Si"),
        ("Bima Arya", "S.Kom"),
        ("Cici Lestari", "A.Md"),
        ("Dodi Putra", "S.Tr.Stat."),
    ]


def test_the_day_beside_a_place_of_birth_is_read() -> None:
    result = taken("case-18-list.csv")

    assert facts("birth_date") == [(date(1980, 2, 5),)]
    assert remarks(result) == []


@pytest.mark.parametrize(("number", "team", "nip"), [("01", "Neraca", ""), ("06", "", "198002052005012003")])
def test_a_name_that_is_known_makes_no_second_person(number: str, team: str, nip: str) -> None:
    office = make_office()
    make_employee(office, name="Rina Kartika", team=team, nip=nip)

    result = taken(f"case-{number}-list.csv", office)

    assert Employee.objects.filter(name="Rina Kartika").count() == 1
    assert "Apakah orang yang sama?" in result.rejected[0].reason
    assert result.missing == []
