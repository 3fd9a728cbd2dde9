"""Plain builders for tests: `make_office(...)`, `make_employee(...)`. Each gives what it was asked for and no more."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.test import Client

from pegasus.people.models import Employee, Office, RoleAssignment, User

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 23 November 2026, 09.00 WIB
_numbers = count(1)


def make_office(**given: Any) -> Office:  # noqa: ANN401 - any field of the model
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "code": f"{number % 10000:04d}",
        "unit_code": f"{number % 10000:04d}0",
        "name": f"BPS Kota Uji {number}",
        "region": f"KOTA UJI {number}",
        "city": "Uji",
    }
    return Office.objects.create(**defaults | given)


def make_employee(office: Office | None = None, *, roles: tuple[str, ...] = (), **given: Any) -> Employee:  # noqa: ANN401
    number = next(_numbers)
    defaults: dict[str, Any] = {"name": f"Pegawai {number:04d}", "team": "Neraca"}
    employee = Employee.objects.create(office=office or make_office(), **defaults | given)
    for role in roles:
        RoleAssignment.objects.create(employee=employee, role=role, valid_from=date(2020, 1, 1))
    return employee


def sign_in(client: Client, office: Office, *roles: str, **given: Any) -> Employee:  # noqa: ANN401
    """Sign a fresh employee with these roles in, and return them."""
    employee = make_employee(office, roles=roles, **given)
    employee.user = User.objects.create_user(username=f"user{employee.pk}")
    employee.save()
    client.force_login(employee.user)
    return employee
