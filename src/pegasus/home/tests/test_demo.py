"""The demonstration office must have something to show on every page, whatever the day it is made on."""

from datetime import UTC, datetime

import pytest

from pegasus.delivery import jobs as delivery
from pegasus.delivery.models import Delivery
from pegasus.home import demo
from pegasus.kernel import clock
from pegasus.publishing.models import Publication
from pegasus.reminders import jobs as reminders
from pegasus.reminders.models import Reminder
from pegasus.reports.models import Report
from pegasus.signing.models import SignatureRequest
from pegasus.sop import jobs as sop
from pegasus.sop.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_it_stands_in_the_middle_of_a_quarter_with_proofs_a_report_and_one_late_task() -> None:
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def work_by_itself(_done: int, _of: int) -> None:
        """What the worker of a running server does meanwhile, by today's clock."""
        with clock.pretend(at):
            for periodic in (delivery.sweep, reminders.sweep, reminders.plan_all, sop.open_period_tasks):
                periodic.call()

    user = demo.build(at=at, progress=work_by_itself)

    late = Task.objects.filter(closed_at=None, due_at__lt=at)
    reminded = Reminder.objects.filter(due_at__lt=at).values_list("fate", flat=True)
    assert user.employee.office.is_demo
    assert not user.employee.office.is_being_made
    # Who was away got none, and none was needed once the card was in; nothing was missed by the clock of the worker.
    assert set(reminded) == {"planned", "away", "not_needed"}
    assert [(row.kind, row.state) for row in Delivery.objects.exclude(state="confirmed")] == [("swap", "prepared")]
    assert list(SignatureRequest.objects.values_list("state", "signer__name")) == [("waiting", "Ratna Puspitasari")]
    assert [(task.activity.number, task.part) for task in late] == [(5, "instagram")]
    assert Publication.objects.filter(place="group", state="proven").count() >= 18
    assert set(Report.objects.values_list("state", flat=True)) == {"final"}
    with pytest.raises(demo.DemoExists):
        demo.build(at=at)
