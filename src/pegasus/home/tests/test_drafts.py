"""A report's draft is there as soon as its task is, whichever of the two hourly jobs runs first."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.builders import make_office

from pegasus.kernel.models import Job
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

    assert Job.objects.filter(task_path="pegasus.reports.jobs.draft_due").exists()
