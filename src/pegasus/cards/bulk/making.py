"""The making of a run's cards. It may die at any line and be begun again: a row is done once its pictures are kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F, Q, QuerySet

from pegasus.cards import render
from pegasus.cards.actions import CardNotKept
from pegasus.cards.birthdays.actions import make_from_row
from pegasus.cards.birthdays.celebrated import celebration_of
from pegasus.cards.bulk import files, queries
from pegasus.cards.domain.designs import SIZES, Content, Design
from pegasus.cards.models import BulkRow, BulkRun
from pegasus.cards.queries import design_of
from pegasus.kernel import audit, jobs
from pegasus.typeset.render import TypesetFailed

LEASE = timedelta(seconds=30)  # a row takes a tenth of a second; one that hangs is killed after ten
SLICE = timedelta(seconds=20)  # then other jobs have their turn
AT_ONCE = 12
# One typesets in the child process while the other puts a card together here: two cores, two decoded cards.
THREADS = 2
Clock = Callable[[], datetime]
Drawn = dict[str, bytes]


class _LostIt(Exception):
    """The run was cancelled, or another worker has it."""


def work(run_pk: int, *, now: Clock, machine: Clock) -> None:
    """Make a run's cards for a while, then hand the rest on; whoever comes while another works comes back later."""
    run = _claim(run_pk, machine())
    if run is None:
        if BulkRun.objects.filter(pk=run_pk, state=BulkRun.State.RUNNING).exists():
            jobs.wake("cards.make_bulk", run_pk, at=now() + LEASE, unique_key=f"bulk|{run_pk}|later")
        return
    until = machine() + SLICE
    try:
        while rows := list(_waiting(run)[:AT_ONCE]):
            _make(run, rows, now, machine)
            if machine() >= until:
                _hold(run, None)
                jobs.wake("cards.make_bulk", run_pk, unique_key=f"bulk|{run_pk}")
                return
    except _LostIt:
        return
    except (OSError, CardNotKept):  # no room, no store: nothing is lost, and a person should know
        _end(run, BulkRun.State.STOPPED, now())
        raise
    _end(run, BulkRun.State.DONE, now())


def _claim(run_pk: int, machine_now: datetime) -> BulkRun | None:
    # A conditional UPDATE is the lock, as in the outbox.
    free = Q(lease_until=None) | Q(lease_until__lt=machine_now)
    taken = BulkRun.objects.filter(free, pk=run_pk, state=BulkRun.State.RUNNING).update(
        lease_until=machine_now + LEASE, attempt=F("attempt") + 1
    )
    return BulkRun.objects.select_related("office", "template").get(pk=run_pk) if taken else None


def _hold(run: BulkRun, lease_until: datetime | None) -> None:
    held = BulkRun.objects.filter(pk=run.pk, state=BulkRun.State.RUNNING, attempt=run.attempt)
    if not held.update(lease_until=lease_until):
        raise _LostIt


def _waiting(run: BulkRun) -> QuerySet[BulkRow]:
    rows = queries.rows_of(run).filter(state=BulkRow.State.WAITING)
    return rows.select_related("task__office", "task__owner", "task__activity")


def _make(run: BulkRun, rows: list[BulkRow], now: Clock, machine: Clock) -> None:
    for row, drawn in zip(rows, _drawn(run, rows), strict=True):
        _hold(run, machine() + LEASE)
        waiting = BulkRow.objects.filter(pk=row.pk, state=BulkRow.State.WAITING)
        unwanted = row.task is not None and celebration_of(row.task) is None
        if drawn is None or unwanted:
            waiting.update(state=BulkRow.State.FAILED, problem="not_greeted" if unwanted else "not_drawn")
            continue
        for size in run.sizes:
            files.store(run, row.number, size, drawn[size])
        if row.task is not None:
            make_from_row(
                task=row.task,
                words=row.words,
                source=row.source,
                template_id=run.template_id,
                drawn=drawn,
                by=run.created_by,
                at=now(),
            )
        if not waiting.update(state=BulkRow.State.DONE) and not BulkRow.objects.filter(pk=row.pk).exists():
            files.delete(run)  # cancelled and forgotten while this row was drawn
            raise _LostIt


def _drawn(run: BulkRun, rows: list[BulkRow]) -> Iterator[Drawn | None]:
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="bulk")
    try:
        yield from pool.map(partial(_draw, run, design_of(run.template)), rows)
    finally:
        pool.shutdown(cancel_futures=True)


def _draw(run: BulkRun, design: Design, row: BulkRow) -> Drawn | None:
    content = content_of(run, row)
    try:
        # A card of its own has every size, whatever the ZIP is to hold.
        return {size: render.jpeg(design, content, size) for size in (SIZES if row.task_id else run.sizes)}
    except TypesetFailed:
        return None  # this row's own trouble: the others go on


def content_of(run: BulkRun, row: BulkRow) -> Content:
    """Return what a row's card says."""
    return Content(
        words=row.words,
        source=row.source,
        name=row.name,
        team=row.team,
        day=row.shown_on or run.shown_on,
        office=run.office.name,
        hashtags=run.office.hashtags,
    )


def _end(run: BulkRun, state: str, at: datetime) -> None:
    made = queries.rows_of(run).filter(state=BulkRow.State.DONE).count()
    ours = BulkRun.objects.filter(pk=run.pk, state=BulkRun.State.RUNNING, attempt=run.attempt)
    if ours.update(state=state, finished_at=at, lease_until=None, made=made):
        audit.record(
            action=f"bulk.{state}",
            subject=f"bulk:{run.pk}",
            actor="Pegasus",
            at=at,
            office_id=run.office_id,
            after={"title": run.title, "cards": made},
        )
