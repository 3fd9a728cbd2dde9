"""Every query that starts from an office stays within it: its number stands in the SQL."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any, get_type_hints

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

import pegasus
from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Employee, Office

pytestmark = pytest.mark.django_db
NUMBER = 987_654_321  # no other value of a query can be it
DAY = date(2026, 10, 12)
GIVEN: dict[type, object] = {str: "x", int: 1, bool: True, date: DAY, datetime: datetime(2026, 10, 12, tzinfo=UTC)}
NAMED: dict[str, object] = {"section": "kirim", "roles": ("ca",), "period": Period.of(DAY, "quarter")}


def modules() -> Iterator[str]:
    """Yield each module of queries, of every slice."""
    for found in pkgutil.walk_packages(pegasus.__path__, "pegasus."):
        if "queries" in found.name.split(".") and ".tests" not in found.name:
            yield found.name


def doors() -> dict[str, Callable[..., QuerySet[Any]]]:
    """Return every public function that gives rows of an office: `office` first, a query set back."""
    found: dict[str, Callable[..., QuerySet[Any]]] = {}
    for name in modules():
        for function_name, function in inspect.getmembers(import_module(name), inspect.isfunction):
            if function.__module__ != name or function_name.startswith("_"):
                continue
            parameters = list(inspect.signature(function).parameters)
            if parameters[:1] != ["office"]:
                continue
            hints = get_type_hints(function)
            if hints["return"] is QuerySet and hints["office"] is Office:
                found[f"{name}.{function_name}"] = function
    return found


def stays_within(door: Callable[..., QuerySet[Any]], office: Office) -> bool:
    """Tell whether the door's SQL names the office, or asks for nothing; what it needs beside it is made up."""
    hints = get_type_hints(door)
    positional: list[object] = []
    named = {}
    for name, parameter in inspect.signature(door).parameters.items():
        if parameter.default is not parameter.empty or parameter.kind is parameter.VAR_KEYWORD:
            continue
        value = office if name == "office" else made_up(name, hints[name], office)
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[name] = value
        else:
            positional.append(value)
    try:
        _sql, given = door(*positional, **named).query.sql_with_params()
    except EmptyResultSet:
        return True
    return str(office.pk) in {str(one) for one in given}


def made_up(name: str, hint: type, office: Office) -> object:
    """Return something that fits a parameter; a person is one of the office."""
    if hint is Employee:
        return Employee(pk=1, office=office)
    return NAMED.get(name) or GIVEN[hint]


@pytest.mark.parametrize("name", sorted(doors()))
def test_a_door_asks_for_its_own_office_alone(name: str) -> None:
    office = Office(pk=NUMBER, timezone="Asia/Jakarta", reviews_cards=True)

    assert stays_within(doors()[name], office)


def test_a_door_that_forgets_the_office_is_found() -> None:
    def forgetful(office: Office) -> QuerySet[Employee]:
        return Employee.objects.filter(team="Neraca")

    assert not stays_within(forgetful, Office(pk=NUMBER))


def test_every_slice_that_keeps_rows_of_offices_has_doors() -> None:
    slices = {name.split(".")[1] for name in doors()}

    assert slices >= {"archive", "calendar", "cards", "delivery", "people", "publishing", "reminders", "reports"}
    assert slices >= {"roster", "signing", "sop"}
