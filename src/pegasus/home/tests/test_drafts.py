"""A report's draft is there as soon as its task is, whichever of the two hourly jobs runs first."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.builders import make_office

from pegasus.kernel import clock
from pegasus.kernel.models import Job
from pegasus.reports import jobs as report_jobs
from pegasus.reports.actions import draft_due
from pegasus.reports.queries import offices_that_owe
from pegasus.sop.actions import install, open_period_tasks

pytestmark = pytest.mark.django_db
FIRST_WORKING_DAY = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)


def test_opening_a_reports_task_wakes_the_one_who_drafts_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    office = make_office()
    install(office=office, code="pegasus", at=datetime(2026, 12, 1, tzinfo=UTC))

    with django_capture_on_commit_callbacks(execute=True):
        open_period_tasks(office=office, at=FIRST_WORKING_DAY)
        open_period_tasks(office=make_office(), at=FIRST_WORKING_DAY)

    woken = Job.objects.filter(task_path__startswith="pegasus.reports.")
    assert [(job.task_path, job.args) for job in woken] == [("pegasus.reports.jobs.draft_due_of", [office.pk])]


def test_offices_wait_once_each_and_only_while_a_report_is_owed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    owing, begun, idle = make_office(), make_office(), make_office()
    for office in (owing, begun):
        install(office=office, code="pegasus", at=datetime(2026, 12, 1, tzinfo=UTC))
        with django_capture_on_commit_callbacks(execute=True):
            open_period_tasks(office=office, at=FIRST_WORKING_DAY)
    draft_due(office=begun, at=FIRST_WORKING_DAY)

    assert offices_that_owe(FIRST_WORKING_DAY) == [owing.pk]
    assert offices_that_owe(datetime(2026, 12, 2, tzinfo=UTC)) == []
    assert idle.pk not in offices_that_owe(FIRST_WORKING_DAY)
    Job.objects.all().delete()
    with clock.pretend(FIRST_WORKING_DAY), django_capture_on_commit_callbacks(execute=True):
        report_jobs.draft_due.call()
        report_jobs.draft_due.call()
    assert [(job.task_path, job.args) for job in Job.objects.all()] == [
        ("pegasus.reports.jobs.draft_due_of", [owing.pk])
    ]
