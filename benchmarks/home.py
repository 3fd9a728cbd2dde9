"""The home page of a person in charge, in a country of 552 offices and 16,000 people, beside the same page alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pegasus.calendar.domain.periods import Period
from pegasus.home.actions import add_office_with_procedures
from pegasus.kernel import clock
from pegasus.people.models import Employee, Office, RoleAssignment, User
from pegasus.roster import actions as roster

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OFFICES, STAFF = 552, 16_000
ROUNDS = 30


def run() -> Iterator[tuple[str, str, str]]:
    """Yield what was measured: the page alone, then among everybody else."""
    settings.ALLOWED_HOSTS = ["*"]
    office = add_office_with_procedures(
        code="1700", name="BPS Provinsi Bengkulu", timezone="Asia/Jakarta", by="benchmark", at=NOW
    )
    people = Employee.objects.bulk_create(
        Employee(office=office, name=f"Pegawai {number:03d}", team=f"Tim {number % 7}") for number in range(62)
    )
    user = User.objects.create_user("ca-bench")
    people[0].user = user
    people[0].save()
    RoleAssignment.objects.create(employee=people[0], role="ca", valid_from=NOW.date().replace(month=1))
    draft = roster.draft_roster(office=office, period=Period(2026, "quarter", 4), per_week=2, by="benchmark", at=NOW)
    roster.publish_roster(roster=draft, by="benchmark", at=NOW)
    client = Client()
    client.force_login(user)
    alone, queries = _measure(client)
    yield "one office, 62 people", f"{alone * 1000:.1f} ms, {queries} q", "(alternative)"
    _fill_the_country()
    crowded, queries = _measure(client)
    yield f"{OFFICES} offices, {STAFF:,} people", f"{crowded * 1000:.1f} ms, {queries} q", "< 50 ms"


def _fill_the_country() -> None:
    offices = Office.objects.bulk_create(
        Office(code=f"{2000 + number}", name=f"Kantor {number}") for number in range(OFFICES - 1)
    )
    Employee.objects.bulk_create(
        Employee(office=offices[number % len(offices)], name=f"Orang {number}", team=f"Tim {number % 7}")
        for number in range(STAFF - 62)
    )


def _measure(client: Client) -> tuple[float, int]:
    times = []
    with clock.pretend(NOW):
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
            queries = len(captured)  # read now: the next request empties the log
        for _ in range(ROUNDS):
            start = perf_counter()
            answer = client.get("/")
            times.append(perf_counter() - start)
            if answer.status_code != 200:
                raise RuntimeError(f"the page answered {answer.status_code}")
    return median(times), queries
