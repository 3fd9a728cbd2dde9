"""The embedded runner: finds due jobs, runs them in a few threads, keeps their leases, buries the dead."""

import logging
import secrets
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from os import getpid
from threading import Event, Semaphore
from traceback import extract_tb, format_tb

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, reset_queries
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import Task, TaskContext

from pegasus.kernel import clock
from pegasus.kernel.jobs import backend, claims, periodic_tasks
from pegasus.kernel.models import Heartbeat, Job
from pegasus.worker import wakeups

log = logging.getLogger(__name__)
LONGEST_WAIT = 1.0  # seconds between two looks at the table, whatever happens
WAIT_ON_A_TEST_CLOCK = 0.2
LONGEST_ERROR = 8000  # characters kept of a traceback
HEARTBEATS_KEPT = timedelta(days=1)


class Worker:
    """One process's runner. `stop` ends it after the running jobs."""

    def __init__(self, *, threads: int = 2, lease: timedelta = claims.LEASE) -> None:
        self.name = f"{socket.gethostname()[:32]}-{getpid()}-{secrets.token_hex(4)}"
        self.stopping = Event()
        self._lease = lease
        self._threads = threads
        self._free = Semaphore(threads)
        self._queued_until: dict[str, datetime] = {}
        self._reap_at = clock.machine()

    def stop(self) -> None:
        """Take no further job."""
        self.stopping.set()

    def run(self) -> None:
        """Work until stopped. A database that is away for a while is waited for."""
        pause = 1.0
        with self._beating(), ThreadPoolExecutor(self._threads, thread_name_prefix="job") as pool:
            while not self.stopping.is_set():
                try:
                    with wakeups.of(connection) as news:
                        pause = 1.0
                        self._work(news, pool)
                except (DatabaseError, OSError, *wakeups.LOST) as error:
                    log.warning("the database is away (%s); trying again in %.0f s", type(error).__name__, pause)
                    connection.close()
                    self.stopping.wait(pause)
                    pause = min(pause * 2, 30.0)

    def run_due(self) -> int:
        """Run what is due now, in this thread, and return how many jobs ran (for tests and commands)."""
        ran = 0
        while (job := self._claim()) is not None:
            self._run(job)
            ran += 1
        return ran

    def _work(self, news: wakeups.Wakeups, pool: ThreadPoolExecutor) -> None:
        while not self.stopping.is_set():
            if not self._free.acquire(timeout=LONGEST_WAIT):
                continue
            try:
                job = self._next()
            except BaseException:
                self._free.release()
                raise
            if job is None:
                self._free.release()
                news.wait(self._pause(clock.now()), self.stopping)
            else:
                pool.submit(self._run_in_thread, job)
        close_old_connections()

    def _next(self) -> Job | None:
        self.queue_periodic(clock.now())
        machine_now = clock.machine()
        if machine_now >= self._reap_at:
            claims.reap(machine_now=machine_now)
            self._reap_at = machine_now + self._lease / 3
        return self._claim()

    def _claim(self) -> Job | None:
        return claims.claim(worker=self.name, now=clock.now(), machine_now=clock.machine(), lease=self._lease)

    def queue_periodic(self, now: datetime) -> None:
        """Queue the current occurrence of everything periodic; who comes second finds it queued."""
        for periodic in periodic_tasks():
            occurrence = periodic.occurrence(now)
            if self._queued_until.get(periodic.path) != occurrence:
                backend.enqueue_occurrence(periodic.path, periodic.key(now), occurrence)
                self._queued_until[periodic.path] = occurrence

    def _pause(self, now: datetime) -> float:
        longest = WAIT_ON_A_TEST_CLOCK if settings.PEGASUS_TEST_CLOCK else LONGEST_WAIT
        moments = [periodic.next_occurrence(now) for periodic in periodic_tasks()]
        due = claims.next_due()
        moments += [due] if due is not None else []
        return max(0.0, min([longest, *((moment - now).total_seconds() for moment in moments)]))

    def _run_in_thread(self, job: Job) -> None:
        try:
            self._run(job)
        except (DatabaseError, *wakeups.LOST) as error:
            # Its lease will end, and somebody takes it again.
            log.warning("job %s (%s): its end could not be written: %s", job.pk, job.task_path, type(error).__name__)
        finally:
            close_old_connections()
            self._free.release()

    def _run(self, job: Job) -> None:
        try:
            call(job)
        except Exception as error:  # noqa: BLE001 - one bad job never stops the rest; the row keeps what happened
            # What an error says may name a person, or repeat a row: neither the log nor the job's row keeps it.
            place = extract_tb(error.__traceback__)[-1]
            log.warning(
                "job %s (%s) failed, try %s: %s in %s:%s",
                *(job.pk, job.task_path, job.attempts, type(error).__name__, place.filename, place.lineno),
            )
            close_old_connections()
            claims.fail(job, error=trace_of(error)[-LONGEST_ERROR:], now=clock.now())
        else:
            if not claims.finish(job, now=clock.now()):
                log.warning("job %s (%s) was taken over meanwhile", job.pk, job.task_path)
        finally:
            reset_queries()

    @contextmanager
    def _beating(self) -> Iterator[None]:
        ended = Event()
        thread = threading.Thread(target=self._beat, args=(ended,), name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(timeout=5)

    def _beat(self, ended: Event) -> None:
        """Say every third of a lease that this worker lives, and keep its jobs."""
        while True:
            try:
                claims.extend(worker=self.name, machine_now=clock.machine(), lease=self._lease)
                now = clock.now()
                Heartbeat.objects.update_or_create(worker=self.name, defaults={"at": now})
                Heartbeat.objects.filter(at__lt=now - HEARTBEATS_KEPT).delete()
            except (DatabaseError, *wakeups.LOST) as error:
                log.warning("no heartbeat: %s", type(error).__name__)
                connection.close()
            if ended.wait(self._lease.total_seconds() / 3):
                break
        try:
            Heartbeat.objects.filter(worker=self.name).delete()
        except DatabaseError:
            pass  # an old sign of life is cleaned up by the next worker
        connection.close()


def trace_of(error: BaseException) -> str:
    """Return where an error came from, cause first, and what kind it was; its words are left out."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{trace_of(cause) if cause else ''}{''.join(format_tb(error.__traceback__))}{type(error).__qualname__}\n"


def call(job: Job) -> None:
    """Run a job's task."""
    task: Task[..., object] = import_string(job.task_path)
    if task.takes_context:
        result = task_backends[task.backend].get_result(str(job.pk))
        task.call(TaskContext(task_result=result), *job.args, **job.kwargs)
    else:
        task.call(*job.args, **job.kwargs)
