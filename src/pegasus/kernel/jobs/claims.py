"""Who works on which job: claims with a lease, their ends, and the recovery of what a dead worker left behind."""

import random
from contextlib import nullcontext
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Case, F, QuerySet, Value, When

from pegasus.kernel.jobs import OCCURRENCE
from pegasus.kernel.models import Job

LEASE = timedelta(seconds=15)
KEPT = timedelta(days=7)
KEPT_FAILED = timedelta(days=90)
LONGEST_PAUSE = timedelta(hours=1)
SPREAD = 0.2


def claim(*, worker: str, now: datetime, machine_now: datetime, lease: timedelta = LEASE) -> Job | None:
    """Take the next due job for this worker, or return None when nothing is due."""
    while True:
        with transaction.atomic() if connection.features.has_select_for_update_skip_locked else nullcontext():
            job = _due(now).first()
            if job is None:
                return None
            # A conditional UPDATE is the lock: SQLite has no SKIP LOCKED. `attempts` is the fence.
            taken = Job.objects.filter(pk=job.pk, status=Job.Status.READY, attempts=job.attempts).update(
                status=Job.Status.RUNNING,
                worker=worker,
                lease_until=machine_now + lease,
                started_at=now,
                attempts=F("attempts") + 1,
                # The key kept others out while the job waited; an occurrence keeps its key, so that it runs once.
                unique_key=Case(When(unique_key__startswith=OCCURRENCE, then=F("unique_key")), default=Value(None)),
            )
        if taken:
            job.attempts += 1
            job.worker = worker
            return job


def _due(now: datetime) -> QuerySet[Job]:
    rows = Job.objects.filter(status=Job.Status.READY, run_at__lte=now).order_by("-priority", "run_at", "pk")
    return rows.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else rows


def extend(*, worker: str, machine_now: datetime, lease: timedelta = LEASE) -> int:
    """Keep this worker's jobs for another while; return how many it still holds."""
    held = Job.objects.filter(status=Job.Status.RUNNING, worker=worker)
    return held.update(lease_until=machine_now + lease)


def _ours(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, worker=job.worker, attempts=job.attempts)


def finish(job: Job, *, now: datetime) -> bool:
    """Mark the job done; False when it was taken away meanwhile."""
    return bool(_ours(job).update(status=Job.Status.DONE, finished_at=now, lease_until=None, error=""))


def fail(job: Job, *, error: str, now: datetime) -> bool:
    """Let the job wait before it is tried again, or give it up after its last try."""
    if job.attempts >= job.max_attempts:
        return bool(_ours(job).update(status=Job.Status.FAILED, finished_at=now, lease_until=None, error=error))
    return bool(
        _ours(job).update(
            status=Job.Status.READY, run_at=now + pause_after(job.attempts), lease_until=None, error=error
        )
    )


def pause_after(attempts: int) -> timedelta:
    """Return 2^n seconds, give or take a fifth, so that many failing jobs do not come back at once."""
    seconds = min(2.0**attempts, LONGEST_PAUSE.total_seconds())
    return timedelta(seconds=seconds * random.uniform(1 - SPREAD, 1 + SPREAD))  # noqa: S311 - not a secret


def reap(*, machine_now: datetime) -> int:
    """Make jobs whose worker has died ready again; return how many were found."""
    lost = Job.objects.filter(status=Job.Status.RUNNING, lease_until__lt=machine_now)
    given_up = lost.filter(attempts__gte=F("max_attempts")).update(
        status=Job.Status.FAILED, finished_at=machine_now, lease_until=None, error="the worker died"
    )
    return given_up + lost.update(status=Job.Status.READY, lease_until=None)


def next_due() -> datetime | None:
    """Return when the next waiting job falls due (it may be overdue), or None."""
    waiting = Job.objects.filter(status=Job.Status.READY).order_by("run_at")
    return waiting.values_list("run_at", flat=True).first()


def clean_up(*, now: datetime) -> int:
    """Delete finished jobs that nobody will ask about any more."""
    done, _ = Job.objects.filter(status=Job.Status.DONE, finished_at__lt=now - KEPT).delete()
    failed, _ = Job.objects.filter(status=Job.Status.FAILED, finished_at__lt=now - KEPT_FAILED).delete()
    return done + failed
