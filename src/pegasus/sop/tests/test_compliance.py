from datetime import UTC, datetime, timedelta

import pytest

from pegasus.calendar.domain.periods import Period
from pegasus.sop import actions, queries
from pegasus.sop.domain.compliance import Figures
from pegasus.sop.models import Task
from pegasus.sop.tests.builders import make_office_with_sop, make_task

pytestmark = pytest.mark.django_db

Q4 = Period(2026, "quarter", 4)
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
END = datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)


def figures_of(office: object, number: int, at: datetime, period: Period = Q4) -> Figures:
    return queries.compliance(office, period, at=at)[number - 1].figures  # type: ignore[arg-type] # an office


def test_posts_are_counted_by_what_became_of_them() -> None:
    office = make_office_with_sop()
    for number, closed in ((1, MONDAY), (2, MONDAY + DAY), (3, None)):
        task = make_task(office, "posting", subject=f"duty:{number}", part="group", opens_at=MONDAY, due_at=END)
        if closed:
            actions.close_task(task=task, at=closed, by="Sari")
    later = make_task(
        office, "posting", subject="duty:4", part="group", opens_at=MONDAY + 7 * DAY, due_at=END + 7 * DAY
    )

    found = figures_of(office, 5, at=MONDAY + 2 * DAY)

    assert later.closed_at is None
    assert found == Figures(on_time=1, late=1, open=1, overdue=1, median=found.median, worst=2)
    assert float(found.median or 0) == 1.5


def test_the_two_reminders_of_a_duty_are_the_two_working_days_together() -> None:
    office = make_office_with_sop()
    for part, day in (("H-5", MONDAY), ("H-3", MONDAY + 2 * DAY)):
        task = make_task(office, "reminder", subject="duty:1", part=part, opens_at=day, due_at=day + DAY / 2)
        actions.close_task(task=task, at=day, by="Sari")

    found = queries.compliance(office, Q4, at=MONDAY + 3 * DAY)[2]

    assert (found.figures.on_time, found.figures.worst, found.standard.limit) == (2, 2, 2)
    assert found.kept is True


def test_a_duty_with_one_reminder_still_to_come_is_not_measured_yet() -> None:
    office = make_office_with_sop()
    first = make_task(office, "reminder", subject="duty:1", part="H-5", opens_at=MONDAY, due_at=END)
    make_task(office, "reminder", subject="duty:1", part="H-3", opens_at=MONDAY + 2 * DAY, due_at=END + 2 * DAY)
    actions.close_task(task=first, at=MONDAY, by="Sari")

    assert figures_of(office, 3, at=MONDAY + DAY).worst is None


def test_what_was_not_needed_counts_for_nothing_and_what_was_left_out_counts_against() -> None:
    office = make_office_with_sop()
    for number, outcome in ((1, Task.Outcome.NOT_NEEDED), (2, Task.Outcome.SKIPPED)):
        task = make_task(office, "card", subject=f"duty:{number}", opens_at=MONDAY, due_at=END)
        actions.close_task(task=task, at=MONDAY, by="Sari", outcome=outcome)

    found = figures_of(office, 4, at=MONDAY)

    assert (found.total, found.done, found.skipped, found.not_needed) == (1, 0, 1, 1)


def test_a_semester_holds_both_its_quarters() -> None:
    office = make_office_with_sop()
    make_task(office, "quarter", subject="period:2026Q3", period="2026Q3")
    make_task(office, "quarter", subject="period:2026Q4", period="2026Q4")

    assert figures_of(office, 6, at=MONDAY, period=Period(2026, "semester", 2)).total == 2
    assert figures_of(office, 6, at=MONDAY).total == 1


def test_the_semesters_report_has_a_due_date_and_no_time() -> None:
    office = make_office_with_sop()
    task = make_task(office, "semester", subject="period:2026S2", opens_at=MONDAY, due_at=END + 20 * DAY)
    actions.close_task(task=task, at=END + 19 * DAY, by="Bambang")

    found = queries.compliance(office, Q4, at=END + 20 * DAY)[6]

    assert (found.figures.on_time, found.figures.worst, found.standard.limit, found.kept) == (1, None, None, None)


@pytest.mark.parametrize("duties", [1, 12])
def test_compliance_costs_the_same_however_many_tasks(duties: int, django_assert_num_queries: object) -> None:
    office = make_office_with_sop()
    for number in range(duties):
        make_task(office, "card", subject=f"duty:{number}", opens_at=MONDAY, due_at=END)

    with django_assert_num_queries(4):  # type: ignore[operator] # pytest-django's fixture: version, rows, days off, tasks
        queries.compliance(office, Q4, at=MONDAY)


@pytest.mark.parametrize("status", ["on_time", "late", "open", "overdue", "skipped", "not_needed"])
def test_each_figure_opens_its_rows(status: queries.Status) -> None:
    office = make_office_with_sop()
    outcomes = [("done", MONDAY), ("done", END + DAY), ("skipped", MONDAY), ("not_needed", MONDAY), ("", None)]
    for number, (outcome, closed) in enumerate(outcomes):
        task = make_task(office, "card", subject=f"duty:{number}", opens_at=MONDAY, due_at=END)
        if closed:
            actions.close_task(task=task, at=closed, by="Sari", outcome=outcome)
    make_task(office, "card", subject="duty:9", opens_at=MONDAY, due_at=END + 9 * DAY)
    at = END + 2 * DAY

    rows = queries.with_status(queries.tasks_in(office, Q4), status, at)

    assert rows.count() == getattr(figures_of(office, 4, at=at), status) == 1
