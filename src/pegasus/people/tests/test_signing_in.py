"""Wrong passwords hinder the guesser; a forged address helps nobody; a full disk is called a full disk."""

from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.builders import NOW, make_employee, make_office

from pegasus.people import actions

pytestmark = pytest.mark.django_db
RIGHT = "rahasia-sekali-lima"
PROXY, GUESSER, OWNER = "127.0.0.1", "203.0.113.9", "198.51.100.7"


@pytest.fixture(autouse=True)
def cc() -> None:
    office = make_office()
    person = make_employee(office, roles=("cc",))
    actions.give_account(employee=person, username="cc", password=RIGHT, by="Ana", at=NOW)


def attempt(name: str, password: str, *, client: Client | None = None, **meta: str) -> str:
    answer = (client or Client()).post(reverse("account_login"), {"login": name, "password": password}, **meta)  # type: ignore[arg-type] # headers
    if answer.status_code == 302:
        return "in"
    return "wrong" if "tidak cocok" in answer.content.decode() else "limited"


def test_behind_the_proxy_each_visitor_counts_alone(settings: Settings) -> None:
    settings.PEGASUS_TRUSTED_PROXIES = (ip_network(PROXY),)

    guesses = {attempt("cc", "salah-sekali", HTTP_X_FORWARDED_FOR=GUESSER) for _ in range(9)}

    assert guesses == {"wrong", "limited"}
    assert attempt("cc", RIGHT, HTTP_X_FORWARDED_FOR=OWNER) == "in"


def test_seventy_people_do_not_shut_the_next_one_out(settings: Settings) -> None:
    settings.PEGASUS_TRUSTED_PROXIES = (ip_network(PROXY),)
    for number in range(70):
        attempt(f"orang{number}", "salah-sekali", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")

    assert attempt("cc", RIGHT, HTTP_X_FORWARDED_FOR=OWNER) == "in"


def test_without_the_setting_a_forged_header_changes_nothing() -> None:
    told = [attempt("cc", "salah-sekali", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}") for number in range(9)]

    assert told == ["wrong"] * 8 + ["limited"]


def test_what_a_visitor_writes_left_of_the_proxy_changes_nothing(settings: Settings) -> None:
    settings.PEGASUS_TRUSTED_PROXIES = (ip_network(PROXY),)

    told = [
        attempt("cc", "salah-sekali", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, {GUESSER}") for number in range(9)
    ]

    assert told[-1] == "limited"


def test_wrong_passwords_lock_nobody_out_from_elsewhere() -> None:
    guesses = [attempt("cc", "salah-sekali", REMOTE_ADDR=GUESSER) for _ in range(9)]

    assert guesses[-1] == "limited"
    assert attempt("cc", RIGHT, REMOTE_ADDR=OWNER) == "in"


def test_a_guesser_on_the_same_line_does_not_shut_out_the_browser_that_is_known() -> None:
    own = Client()
    assert attempt("cc", RIGHT, client=own) == "in"
    own.cookies.pop("sessionid")
    for _ in range(9):
        attempt("cc", "salah-sekali")

    assert attempt("cc", RIGHT) == "limited"
    assert attempt("cc", RIGHT, client=own) == "in"


def test_a_known_browser_guesses_no_better_than_others() -> None:
    own = Client()
    attempt("cc", RIGHT, client=own)
    own.cookies.pop("sessionid")

    told = [attempt("cc", "salah-sekali", client=own) for _ in range(9)]

    assert told[-1] == "limited"


def test_a_net_of_machines_meets_the_ceiling_of_one_name_and_the_owner_does_not() -> None:
    own = Client()
    attempt("cc", RIGHT, client=own)
    own.cookies.pop("sessionid")
    for number in range(100):
        attempt("cc", "salah-sekali", REMOTE_ADDR=f"203.0.113.{number}")

    assert attempt("cc", "salah-sekali", REMOTE_ADDR="203.0.114.1") == "limited"
    assert attempt("cc", RIGHT, client=own) == "in"


@pytest.mark.parametrize("name", ["cc", "tidak-ada"])
def test_known_and_unknown_names_are_told_the_same(name: str) -> None:
    told = [attempt(name, "salah-sekali", REMOTE_ADDR=GUESSER) for _ in range(9)]

    assert told == ["wrong"] * 8 + ["limited"]


def test_a_full_disk_is_not_called_too_many_attempts(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "pegasus.kernel.cache.CountingCache", "LOCATION": "kernel_cache"}}
    call_command("createcachetable")
    client.raise_request_exception = False

    def full(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001
        if "kernel_cache" in sql and sql.lstrip().startswith(("INSERT", "UPDATE")):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full):
        answer = client.post(reverse("account_login"), {"login": "cc", "password": RIGHT})

    page = answer.content.decode()
    assert answer.status_code == 507
    assert "Penyimpanan server penuh" in page
    assert "Terlalu banyak" not in page
