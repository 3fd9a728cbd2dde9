"""A duty is handed over by whoever plans; the opposite undoes it."""

from datetime import datetime

from django.db import transaction

from pegasus.kernel import jobs
from pegasus.people.models import Employee
from pegasus.roster.actions.holding import change_holder, refuse_over, refuse_unable
from pegasus.roster.models import Duty


@transaction.atomic
def reassign_duty(*, duty: Duty, to: Employee, by: str, at: datetime, reason: str) -> None:
    """Hand a duty to somebody else: open tasks move along, the old personal link is closed."""
    refuse_over(duty, at)
    refuse_unable(duty, to)
    change_holder(duty, to, reason={"kind": "hand", "text": reason}, by=by, at=at)
    jobs.wake("reminders.plan", duty.office_id)
