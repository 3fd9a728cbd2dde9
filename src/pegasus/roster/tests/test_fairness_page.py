from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.builders import make_employee, make_office, sign_in

from pegasus.roster import evenness
from pegasus.roster.domain.standing import due_next, entering, standings
from pegasus.roster.models import Duty
from pegasus.roster.tests.builders import make_published, make_staffed_office

FAIRNESS = reverse("roster:fairness")
TODAY = date(2026, 11, 23)
Asserts = Callable[..., Any]
turns_of_five = st.lists(st.tuples(st.integers(1, 5), st.dates(date(2023, 1, 2), date(2028, 1, 1))), max_size=40)


@pytest.fixture(autouse=True)
def _today(settings: Settings, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T02:00:00+00:00")
    settings.PEGASUS_TEST_CLOCK = str(clock)


@given(turns_of_five, st.randoms())
def test_standings_count_every_turn_once_in_any_order(turns: list[tuple[int, date]], random: Any) -> None:  # noqa: ANN401
    shuffled = random.sample(turns, k=len(turns))

    found = standings(range(1, 6), turns, {}, TODAY)

    assert found == standings(range(1, 6), shuffled, {}, TODAY)
    assert sum(one.turns for one in found.values()) == len(turns)
    assert all(one.last is None or one.last <= TODAY for one in found.values())
    assert all(one.coming is None or one.coming > TODAY for one in found.values())


@given(turns_of_five, st.integers(0, 5))
def test_nobody_due_next_has_more_turns_than_one_who_is_not(turns: list[tuple[int, date]], count: int) -> None:
    found = standings(range(1, 6), turns, {}, TODAY)

    due = set(due_next(found.values(), count))

    assert len(due) == count
    assert all(found[one].counted <= found[other].counted for one in due for other in found if other not in due)


def test_a_newcomer_enters_with_the_median_and_the_first_roster_has_no_newcomers() -> None:
    assert entering({1: 2, 2: 4, 3: 0}, {1, 2}) == {3: 2}
    assert entering({1: 0, 2: 0}, set()) == {}


def test_rest_is_counted_in_weeks() -> None:
    [one] = standings([1], [(1, date(2026, 11, 3)), (1, date(2026, 12, 7))], {1: 3}, TODAY).values()

    assert (one.rest_weeks(TODAY), one.coming, one.counted, one.by_year) == (3, date(2026, 12, 7), 5, {2026: 2})


@pytest.mark.django_db
def test_turns_of_all_years_stand_by_name_and_nobody_is_ranked(client: Client) -> None:
    office = make_staffed_office(3)
    make_published(office)
    last = office.employees.get(name="Orang 02")
    for number in range(4):
        Duty.objects.create(
            office=office,
            holder=last,
            starts_on=date(2025, 3, 3) + timedelta(7 * number),
            seat=1,
            posts_on=date(2025, 3, 3) + timedelta(7 * number),
        )
    sign_in(client, office, name="Zahra")

    page = client.get(FAIRNESS).content.decode()

    assert page.index("Orang 00") < page.index("Orang 01") < page.index("Orang 02")
    assert '<th scope="col" class="rs-count">2025</th>' in page
    assert '<td class="rs-count" data-label="2025">4</td>' in page
    # Zahra came after the roster and enters with the median of the others.
    *others, zahra = evenness.of_office(office, TODAY).lines
    middle = sorted(line.standing.turns for line in others)[1]
    assert (zahra.person.name, zahra.standing.turns, zahra.standing.counted) == ("Zahra", 0, middle)


@pytest.mark.django_db
def test_a_person_is_found_by_name_or_team(client: Client) -> None:
    office = make_staffed_office(8)
    sign_in(client, office)

    by_name = client.get(FAIRNESS, {"cari": "orang 03"}, headers={"HX-Target": "per-pegawai"}).content.decode()
    nobody = client.get(FAIRNESS, {"cari": "zzz"}).content.decode()

    assert ("Orang 03" in by_name, "Orang 04" in by_name, "<html" in by_name) == (True, False, False)
    assert "Tidak ada pegawai dengan nama atau tim itu." in nobody


@pytest.mark.django_db
@pytest.mark.parametrize("people", [3, 40])
def test_fairness_costs_the_same_however_many_people(
    client: Client, people: int, django_assert_max_num_queries: Asserts
) -> None:
    office = make_staffed_office(people)
    make_published(office)
    sign_in(client, office)

    with django_assert_max_num_queries(12):
        client.get(FAIRNESS)


@pytest.mark.django_db
def test_an_office_without_turns_or_with_a_huge_page_number_still_has_the_page(client: Client) -> None:
    office = make_office()
    sign_in(client, office, name="Ayu")
    make_employee(office, name="Budi")

    page = client.get(FAIRNESS, {"page": "99999999999999999999"})

    assert page.status_code == 200
    assert "belum dijadwalkan" in page.content.decode()
