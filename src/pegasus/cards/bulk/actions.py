"""Many cards from a sheet: read, started, cancelled, forgotten. The making itself is in `making`."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from pegasus.cards.actions import load_shipped
from pegasus.cards.birthdays.celebrated import template_for
from pegasus.cards.bulk import files, queries
from pegasus.cards.domain.bulk import Line
from pegasus.cards.models import BulkRow, BulkRun, CardTemplate
from pegasus.kernel import audit, jobs
from pegasus.people.models import Office
from pegasus.sop.models import Task

MOST_AT_ONCE = 2
KEPT = timedelta(days=7)
DRAFTS_KEPT = timedelta(days=1)
LONGEST_TEXT = 1000  # of refused words: enough to recognise the row by


class NotStartable(Exception):
    """The run was started, cancelled or forgotten before, or has no card to make."""


class TooManyRunning(Exception):
    """The office has as many runs under way as it may."""


class NotRunning(Exception):
    """There is nothing to cancel."""


class StillRunning(Exception):
    """A run is cancelled before it is forgotten."""


@transaction.atomic
def begin_run(  # noqa: PLR0913 - a run is its facts
    *,
    office: Office,
    title: str,
    template: CardTemplate,
    sizes: Sequence[str],
    shown_on: date,
    lines: Sequence[Line],
    by: str,
    at: datetime,
    tasks: Mapping[int, Task] | None = None,
) -> BulkRun:
    """Keep what was read from a sheet; nothing is drawn before somebody has looked at it.

    `tasks` names, by the row's number, whose card a row becomes once it is made.
    """
    run = BulkRun.objects.create(
        office=office,
        title=title[:80],
        template=template,
        sizes=list(sizes),
        shown_on=shown_on,
        created_at=at,
        created_by=by,
    )
    of = tasks or {}
    BulkRow.objects.bulk_create([_row(run, line, of.get(line.number)) for line in lines], batch_size=200)
    return run


def begin_birthdays(
    *, office: Office, first: date, title: str, by: str, at: datetime, only_tasks: bool = False
) -> BulkRun | None:
    """Begin a run of the birthdays of a month whose cards are not made; None when there are none.

    Where the office runs SOP-322 each row belongs to a task, whose card it becomes. Birthdays without one (long past,
    far ahead) are left out when `only_tasks` are wanted.
    """
    last = first.replace(day=monthrange(first.year, first.month)[1])
    load_shipped()
    template = template_for(office, first.year)
    lines, tasks = queries.birthday_lines(office, first, last, template=template)
    wanted = [line for line in lines if line.number in tasks or not only_tasks]
    if not wanted:
        return None
    return begin_run(
        office=office,
        title=title,
        template=template,
        sizes=["portrait"],
        shown_on=first,
        lines=wanted,
        tasks=tasks,
        by=by,
        at=at,
    )


@transaction.atomic
def start_run(*, run: BulkRun, by: str, at: datetime) -> None:
    """Let the workers make a run's cards, or those that failed once more."""
    others = BulkRun.objects.select_for_update().filter(office=run.office_id, state=BulkRun.State.RUNNING)
    if len(others) >= MOST_AT_ONCE:
        raise TooManyRunning
    startable = (BulkRun.State.DRAFT, BulkRun.State.STOPPED, BulkRun.State.DONE, BulkRun.State.CANCELLED)
    queries.rows_of(run).filter(state=BulkRow.State.FAILED).update(state=BulkRow.State.WAITING, problem="", detail="")
    waiting = queries.rows_of(run).filter(state=BulkRow.State.WAITING).count()
    changed = waiting and BulkRun.objects.filter(pk=run.pk, state__in=startable).update(
        state=BulkRun.State.RUNNING, started_at=at, finished_at=None, lease_until=None
    )
    if not changed:
        raise NotStartable
    _record("bulk.started", run, by, at, cards=waiting)
    jobs.wake("cards.make_bulk", run.pk, unique_key=f"bulk|{run.pk}")


@transaction.atomic
def cancel_run(*, run: BulkRun, by: str, at: datetime) -> None:
    """Stop a run; what was made so far stays to be fetched."""
    made = queries.rows_of(run).filter(state=BulkRow.State.DONE).count()
    changed = BulkRun.objects.filter(pk=run.pk, state=BulkRun.State.RUNNING).update(
        state=BulkRun.State.CANCELLED, finished_at=at, lease_until=None, made=made
    )
    if not changed:
        raise NotRunning
    _record("bulk.cancelled", run, by, at, cards=made)


@transaction.atomic
def forget_run(*, run: BulkRun, by: str, at: datetime) -> None:
    """Delete a run's pictures and rows; a draft goes whole, of others remains that they were."""
    standing = BulkRun.objects.select_for_update().get(pk=run.pk)
    if standing.state == BulkRun.State.RUNNING:
        raise StillRunning
    if standing.state == BulkRun.State.DRAFT:
        standing.delete()
        return
    if standing.state == BulkRun.State.EXPIRED:
        return
    queries.rows_of(run).delete()
    BulkRun.objects.filter(pk=run.pk).update(state=BulkRun.State.EXPIRED)
    _record("bulk.forgotten", run, by, at, cards=standing.made)
    transaction.on_commit(lambda: files.delete(standing))


def forget_outlived(*, at: datetime) -> int:
    """Delete what nobody fetched in its time; return how many runs that were."""
    gone = list(queries.outlived(drafts_before=at - DRAFTS_KEPT, others_before=at - KEPT))
    for run in gone:
        forget_run(run=run, by="Pegasus", at=at)
    return len(gone)


def _row(run: BulkRun, line: Line, task: Task | None) -> BulkRow:
    return BulkRow(
        run=run,
        number=line.number,
        # A number that stands among the names is somebody's: it is not kept.
        name=re.sub(r"\d", "•", line.name[:200]) if line.problem else line.name,
        team=line.team[:80],
        words=line.words[:LONGEST_TEXT],
        source=line.source[:200],
        shown_on=line.day,
        task=task,
        state=BulkRow.State.REFUSED if line.problem else BulkRow.State.WAITING,
        problem=line.problem,
        detail=line.detail,
    )


def _record(action: str, run: BulkRun, by: str, at: datetime, *, cards: int) -> None:
    audit.record(
        action=action,
        subject=f"bulk:{run.pk}",
        actor=by,
        at=at,
        office_id=run.office_id,
        after={"title": run.title, "cards": cards},
    )
