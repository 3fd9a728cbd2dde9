"""The demonstration office must have something to show on every page, whatever the day it is made on."""

from datetime import UTC, datetime

import pytest

from pegasus.home import demo
from pegasus.publishing.models import Publication
from pegasus.reports.models import Report
from pegasus.sop.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_it_stands_in_the_middle_of_a_quarter_with_proofs_a_report_and_one_late_task() -> None:
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    user = demo.build(at=at)

    late = Task.objects.filter(closed_at=None, due_at__lt=at)
    assert user.employee.office.is_demo
    assert [(task.activity.number, task.part) for task in late] == [(5, "instagram")]
    assert Publication.objects.filter(place="group", state="proven").count() >= 18
    assert set(Report.objects.values_list("state", flat=True)) == {"final"}
    with pytest.raises(demo.DemoExists):
        demo.build(at=at)
