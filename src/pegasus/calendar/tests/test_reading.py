from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.builders import make_office

from pegasus.calendar.models import Holiday
from pegasus.calendar.queries import read_once, working_calendar

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 25)


def test_a_page_of_many_parts_reads_each_office_s_calendar_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    here, there = make_office(code="1701"), make_office(code="1702")
    Holiday.objects.create(office=here, on=DAY, name="Natal", kind=Holiday.Kind.PUBLIC_HOLIDAY)

    with read_once(), django_assert_num_queries(2):
        read = [working_calendar(office).is_working_day(DAY) for office in (here, there, here, there)]

    assert read == [False, True, False, True]


def test_what_changes_afterwards_is_seen() -> None:
    office = make_office()
    with read_once():
        working_calendar(office)

    Holiday.objects.create(office=office, on=DAY, name="Natal", kind=Holiday.Kind.PUBLIC_HOLIDAY)

    assert working_calendar(office).is_working_day(DAY) is False
