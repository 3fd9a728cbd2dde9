from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import make_employee

from pegasus.calendar.models import Holiday
from pegasus.people.models import RoleAssignment
from pegasus.sop import actions, queries
from pegasus.sop.models import Task
from pegasus.sop.tests.builders import make_office_with_sop

pytestmark = pytest.mark.django_db

INSTALLED = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
AFTER_NEW_YEAR = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)  # Monday, 4 January 2027, 08.00 WIB


def test_activities_1_6_and_7_open_by_themselves() -> None:
    office = make_office_with_sop(at=INSTALLED)
    ca = make_employee(office, roles=("ca",))
    cc = make_employee(office, roles=("cc",))

    actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR)

    assert [
        (task.activity.number, task.subject, task.period, task.owner)
        for task in queries.tasks_of(office).order_by("activity__number", "opens_at")
    ] == [
        (1, "period:2026Q4", "2026Q4", ca),
        (1, "period:2027Q1", "2027Q1", ca),
        (6, "period:2026Q4", "2026Q4", ca),
        (7, "period:2026S2", "2026Q4", cc),
    ]


def test_a_quarters_report_is_due_at_the_end_of_the_fifth_working_day_after_it_opened() -> None:
    office = make_office_with_sop(at=INSTALLED)

    actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR)

    task = queries.tasks_of(office).get(activity__rhythm="quarter")
    assert task.opens_at == datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # 1 January, no holiday in this calendar
    assert task.due_at == datetime(2027, 1, 8, 16, 59, 59, tzinfo=UTC)


def test_opening_again_opens_nothing_new() -> None:
    office = make_office_with_sop(at=INSTALLED)
    first = actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR)

    again = actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR)

    assert len(first) == 4
    assert again == []
    assert Task.objects.filter(office=office).count() == 4


def test_open_tasks_follow_the_calendar_and_the_role_and_closed_ones_stay() -> None:
    office = make_office_with_sop(at=INSTALLED)
    old = make_employee(office, roles=("ca",))
    actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR)
    done = queries.tasks_of(office).get(subject="period:2027Q1")
    actions.close_task(task=done, at=AFTER_NEW_YEAR, by="Sari")
    Holiday.objects.create(office=office, on=date(2027, 1, 1), name="Tahun Baru", kind="public_holiday")
    RoleAssignment.objects.filter(employee=old).update(valid_until=date(2027, 1, 4))
    new = make_employee(office)
    RoleAssignment.objects.create(employee=new, role="ca", valid_from=date(2027, 1, 5))

    actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR + timedelta(days=1))

    report = queries.tasks_of(office).get(activity__rhythm="quarter")
    done.refresh_from_db()
    assert (report.owner, report.due_at) == (new, datetime(2027, 1, 11, 16, 59, 59, tzinfo=UTC))
    assert done.owner == old


def test_birthday_cards_open_by_month_quarter_semester_and_year() -> None:
    office = make_office_with_sop("bgc", at=datetime(2026, 11, 2, 1, 0, tzinfo=UTC))

    actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR)

    assert [
        (task.activity.number, task.subject)
        for task in queries.tasks_of(office).order_by("activity__number", "opens_at")
    ] == [
        (1, "year:2026"),
        (1, "year:2027"),
        (2, "year:2026"),
        (2, "year:2027"),
        (3, "month:2026-11"),
        (3, "month:2026-12"),
        (3, "month:2027-01"),
        (4, "month:2026-11"),
        (4, "month:2026-12"),
        (4, "month:2027-01"),
        (5, "period:2026Q4"),
        (6, "period:2026S2"),
    ]


def test_a_programme_at_rest_opens_nothing() -> None:
    office = make_office_with_sop(at=INSTALLED)
    office.programmes.update(is_active=False)

    assert actions.open_period_tasks(office=office, at=AFTER_NEW_YEAR) == []
