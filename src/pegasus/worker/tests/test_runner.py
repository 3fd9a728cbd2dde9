from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections
from tests import tasks
from tests.waiting import PATIENCE, until

from pegasus.kernel import clock, jobs
from pegasus.kernel.models import Heartbeat, Job
from pegasus.worker.runner import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEGASUS_TEST_DIARY", str(tmp_path / "diary.txt"))


@pytest.fixture
def nothing_periodic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_periodic", {})


@pytest.fixture
def running(nothing_periodic: None) -> Iterator[list[Worker]]:
    """Workers put into this list are started by `start` and stopped at the end."""
    started: list[tuple[Worker, Thread]] = []

    class Running(list[Worker]):
        def append(self, worker: Worker) -> None:
            def work() -> None:
                worker.run()
                connections.close_all()

            thread = Thread(target=work)
            thread.start()
            started.append((worker, thread))

    yield Running()
    for worker, _ in started:
        worker.stop()
    for _, thread in started:
        thread.join(timeout=PATIENCE)
    assert not any(thread.is_alive() for _, thread in started)


def test_a_job_runs_soon_after_it_was_queued(running: list[Worker]) -> None:
    running.append(Worker())
    until(Heartbeat.objects.exists)

    tasks.note.enqueue("a")

    until(lambda: tasks.lines() == ["a"])
    until(lambda: Job.objects.get().status == Job.Status.DONE)


def test_a_job_runs_at_its_time_and_not_before(running: list[Worker]) -> None:
    due = clock.now() + timedelta(seconds=1)
    tasks.note.using(run_after=due).enqueue("a")

    running.append(Worker())
    until(lambda: tasks.lines() == ["a"])

    began = Job.objects.get().started_at
    assert began is not None
    assert timedelta() <= began - due < timedelta(seconds=0.5)


def test_one_bad_job_does_not_stop_the_others(nothing_periodic: None) -> None:
    tasks.stumble.enqueue()
    tasks.note.enqueue("a")

    Worker().run_due()

    assert tasks.lines() == ["stumbled", "a"]
    bad = Job.objects.get(task_path__endswith="stumble")
    assert bad.status == Job.Status.READY
    assert "Stumbled" in bad.error
    assert "over sari@contoh.id" not in bad.error


def test_a_task_that_no_longer_exists_stops_nobody(nothing_periodic: None) -> None:
    Job.objects.create(task_path="pegasus.gone.jobs.gone", run_at=clock.now(), enqueued_at=clock.now())
    tasks.note.enqueue("a")

    Worker().run_due()

    assert tasks.lines() == ["a"]


def test_a_job_longer_than_its_lease_runs_once(running: list[Worker]) -> None:
    tasks.slow.enqueue("long", 1.5)

    running.append(Worker(lease=timedelta(seconds=0.6)))
    running.append(Worker(lease=timedelta(seconds=0.6)))
    until(lambda: "long ends" in tasks.lines())
    until(lambda: Job.objects.get().status == Job.Status.DONE)

    assert tasks.lines() == ["long begins", "long ends"]


def test_two_workers_share_many_jobs_and_each_runs_once(running: list[Worker]) -> None:
    for number in range(60):
        tasks.note.enqueue(str(number))

    running.append(Worker())
    running.append(Worker())
    until(lambda: not Job.objects.exclude(status=Job.Status.DONE).exists())

    assert sorted(tasks.lines(), key=int) == [str(number) for number in range(60)]


def test_a_slow_job_does_not_keep_another_waiting(running: list[Worker]) -> None:
    tasks.slow.enqueue("slow", 4)
    running.append(Worker())
    until(lambda: tasks.lines() == ["slow begins"])

    tasks.note.enqueue("quick")

    until(lambda: tasks.lines() == ["slow begins", "quick"])


def test_something_periodic_runs_once_per_occurrence_whoever_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_periodic", {})
    jobs.every(seconds=60)(tasks.tick)
    now = clock.now()

    for worker in (Worker(), Worker(), Worker()):
        worker.queue_periodic(now)
        worker.run_due()
    Worker().queue_periodic(now + timedelta(seconds=60))

    assert tasks.lines() == ["tick"]
    assert Job.objects.count() == 2


def test_a_worker_that_stops_leaves_no_heartbeat(running: list[Worker]) -> None:
    worker = Worker()
    running.append(worker)
    until(Heartbeat.objects.filter(worker=worker.name).exists)

    worker.stop()

    until(lambda: not Heartbeat.objects.exists())
