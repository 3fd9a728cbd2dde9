from datetime import date, datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.reports.models import FollowUp, Obstacle
from pegasus.sop.models import Programme


class NothingWritten(Exception):
    """The text is empty."""


@transaction.atomic
def note_obstacle(
    *, office: Office, programme: Programme, period: str, text: str, solution: str, by: str, at: datetime
) -> Obstacle:
    """Write a kendala down while it is fresh, with its solution when there is one."""
    if not text.strip():
        raise NothingWritten
    obstacle = Obstacle.objects.create(
        office=office,
        programme=programme,
        period=period,
        text=text.strip(),
        solution=solution.strip(),
        noted_at=at,
        noted_by=by,
    )
    _record_note("obstacle.noted", f"obstacle:{obstacle.pk}", office, by, at)
    return obstacle


@transaction.atomic
def solve_obstacle(*, obstacle: Obstacle, text: str, solution: str, by: str, at: datetime) -> None:
    """Correct a kendala or write its solution."""
    if not text.strip():
        raise NothingWritten
    Obstacle.objects.filter(pk=obstacle.pk).update(text=text.strip(), solution=solution.strip())
    _record_note("obstacle.changed", f"obstacle:{obstacle.pk}", obstacle.office, by, at)


@transaction.atomic
def plan_follow_up(
    *,
    office: Office,
    programme: Programme,
    period: str,
    text: str,
    owner: str,
    due_on: date | None,
    by: str,
    at: datetime,
) -> FollowUp:
    """Write a tindak lanjut down: what, who, until when."""
    if not text.strip():
        raise NothingWritten
    follow_up = FollowUp.objects.create(
        office=office, programme=programme, period=period, text=text.strip(), owner=owner.strip(), due_on=due_on
    )
    _record_note("follow_up.planned", f"follow_up:{follow_up.pk}", office, by, at)
    return follow_up


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, note: str, by: str, at: datetime) -> None:
    """Mark a tindak lanjut as done, with what came of it; doing it again only changes the note."""
    FollowUp.objects.filter(pk=follow_up.pk, done_at=None).update(done_at=at)
    FollowUp.objects.filter(pk=follow_up.pk).update(done_note=note.strip())
    _record_note("follow_up.done", f"follow_up:{follow_up.pk}", follow_up.office, by, at)


def _record_note(action: str, subject: str, office: Office, by: str, at: datetime) -> None:
    audit.record(action=action, subject=subject, actor=by, at=at, office_id=office.pk)
