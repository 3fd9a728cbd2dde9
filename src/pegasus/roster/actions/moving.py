"""The calendar changed: published duties follow it, with their tasks."""

from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit, jobs
from pegasus.people.models import Office
from pegasus.roster import queries
from pegasus.roster.actions.opening import Opener
from pegasus.roster.actions.publishing import cancel_duties
from pegasus.roster.models import Duty


@transaction.atomic
def follow_calendar(*, office: Office, by: str, at: datetime) -> list[queries.Moved]:
    """Move coming duties to the posting day of today's calendar; a week without working days is cancelled."""
    moved = queries.moved_duties(office, at)
    opener = Opener(office, queries.clockwork(office), at)
    for move in moved:
        duty, before = move.duty, move.duty.posts_on
        if move.posts_on is None:
            cancel_duties([duty], by=by, at=at)
        else:
            duty.posts_on, duty.sequence = move.posts_on, duty.sequence + 1
            Duty.objects.filter(pk=duty.pk).update(posts_on=duty.posts_on, sequence=duty.sequence)
            opener.open_for(duty, by=by)
        audit.record(
            action="duty.moved",
            subject=duty.subject,
            actor=by,
            at=at,
            office_id=office.pk,
            before={"posts_on": before.isoformat()},
            after={"posts_on": move.posts_on.isoformat() if move.posts_on else None},
        )
    if moved:
        jobs.wake("reminders.plan", office.pk)
    return moved
