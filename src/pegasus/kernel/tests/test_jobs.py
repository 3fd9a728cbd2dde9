from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests import tasks

from pegasus.kernel import jobs
from pegasus.kernel.jobs import Periodic, backend, claims
from pegasus.kernel.models import Job

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = timedelta(seconds=20)


def queue(line: str = "a", *, key: str | None = None, at: datetime = NOW, priority: int = 0) -> str:
    task = tasks.note.using(run_after=at, priority=priority)
    if key:
        task = task.using(unique_key=key)  # type: ignore[call-arg]
    return str(task.enqueue(line).id)


def take(worker: str = "w1", *, now: datetime = NOW) -> Job | None:
    return claims.claim(worker=worker, now=now, machine_now=now)


@pytest.mark.django_db
def test_a_job_is_not_taken_before_its_time() -> None:
    queue(at=NOW + timedelta(milliseconds=1))

    assert take() is None
    assert take(now=NOW + timedelta(milliseconds=1)) is not None


@pytest.mark.django_db
def test_a_job_is_taken_once() -> None:
    queue()

    assert take("w1") is not None
    assert take("w2") is None


@pytest.mark.django_db
def test_the_more_urgent_and_then_the_older_goes_first() -> None:
    queue("young", at=NOW - timedelta(seconds=1))
    queue("old", at=NOW - timedelta(seconds=2))
    queue("urgent", priority=10)

    taken = [take() for _ in range(3)]

    assert [job.args for job in taken if job] == [["urgent"], ["old"], ["young"]]


@pytest.mark.django_db
def test_one_job_waits_per_key_and_the_next_may_wait_once_it_has_begun() -> None:
    first, second = queue(key="plan:1"), queue(key="plan:1")

    take()
    third = queue(key="plan:1")

    assert first == second
    assert first != third
    assert Job.objects.filter(status=Job.Status.READY).count() == 1


@pytest.mark.django_db
def test_an_occurrence_is_queued_once_even_after_it_has_run() -> None:
    queued = backend.enqueue_occurrence("x.tick", "every|x.tick@1", NOW)
    job = take()
    assert job is not None
    claims.finish(job, now=NOW)

    assert queued is True
    assert backend.enqueue_occurrence("x.tick", "every|x.tick@1", NOW) is False


@pytest.mark.django_db
def test_a_failed_job_waits_longer_each_time_and_is_given_up_after_the_fifth() -> None:
    queue()
    now, pauses = NOW, []
    for _ in range(5):
        job = take(now=now)
        assert job is not None
        claims.fail(job, error="boom", now=now)
        job.refresh_from_db()
        pauses.append((job.run_at - now).total_seconds())
        now = max(now, job.run_at)

    assert all(0.8 * 2**n <= pause <= 1.2 * 2**n for n, pause in enumerate(pauses[:4], start=1))
    assert Job.objects.get().status == Job.Status.FAILED
    assert Job.objects.get().error == "boom"


@pytest.mark.django_db
def test_a_dead_workers_job_is_taken_by_another_and_its_late_end_counts_for_nothing() -> None:
    queue()
    frozen = take("w1")
    assert frozen is not None

    assert claims.reap(machine_now=NOW + LATER) == 1
    again = take("w2", now=NOW + LATER)

    assert again is not None
    assert again.attempts == 2
    assert claims.finish(frozen, now=NOW + LATER) is False
    assert claims.finish(again, now=NOW + LATER) is True


@pytest.mark.django_db
def test_a_fence_holds_even_when_the_same_worker_takes_the_job_again() -> None:
    queue()
    frozen = take("w1")
    claims.reap(machine_now=NOW + LATER)
    take("w1", now=NOW + LATER)

    assert frozen is not None
    assert claims.fail(frozen, error="late", now=NOW + LATER) is False


@pytest.mark.django_db
def test_a_heartbeat_keeps_a_long_job() -> None:
    queue()
    take("w1")

    held = claims.extend(worker="w1", machine_now=NOW + timedelta(seconds=10))

    assert held == 1
    assert claims.reap(machine_now=NOW + LATER) == 0


@pytest.mark.django_db
def test_old_ends_are_cleaned_up_and_waiting_jobs_stay() -> None:
    queue("done")
    job = take()
    assert job is not None
    claims.finish(job, now=NOW)
    queue("waits")

    assert claims.clean_up(now=NOW + timedelta(days=8)) == 1
    assert [job.args for job in Job.objects.all()] == [["waits"]]


@pytest.mark.django_db(transaction=True)
def test_waking_is_part_of_what_was_committed() -> None:
    class TakenBack(Exception):
        pass

    def write_and_think_again() -> None:
        with transaction.atomic():
            jobs.wake("worker.clean_up")
            raise TakenBack

    with pytest.raises(TakenBack):
        write_and_think_again()
    jobs.wake("worker.clean_up", at=NOW, unique_key="clean")

    assert [(job.task_path, job.run_at) for job in Job.objects.all()] == [("pegasus.worker.jobs.clean_up", NOW)]


@pytest.mark.django_db
def test_the_api_tells_what_became_of_a_job() -> None:
    result = tasks.note.using(run_after=NOW).enqueue("a")
    job = take()
    assert job is not None
    claims.finish(job, now=NOW)

    result.refresh()

    assert result.status == "SUCCESSFUL"
    assert result.attempts == 1


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)),  # noqa: DTZ001 - made aware below
    st.sampled_from([1, 15, 60, 300, 3600, 86400]),
)
def test_every_moment_lies_between_its_occurrence_and_the_next(moment: datetime, seconds: int) -> None:
    at = moment.replace(tzinfo=UTC)
    periodic = Periodic("x.tick", seconds)

    assert periodic.occurrence(at) <= at < periodic.next_occurrence(at)
    assert periodic.key(periodic.occurrence(at)) == periodic.key(at)
    assert periodic.key(periodic.next_occurrence(at)) != periodic.key(at)
