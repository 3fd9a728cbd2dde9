"""The embedded runner behind the Django Tasks API: jobs are rows of `Job`, in the database of the app itself."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from pegasus.kernel import clock
from pegasus.kernel.models import Job

P = ParamSpec("P")
T = TypeVar("T")
CHANNEL = "pegasus_jobs"
STATUS = {
    Job.Status.READY: TaskResultStatus.READY,
    Job.Status.RUNNING: TaskResultStatus.RUNNING,
    Job.Status.DONE: TaskResultStatus.SUCCESSFUL,
    Job.Status.FAILED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedTask(Task[P, T]):
    """A task that may carry a key: one waiting job per key."""

    unique_key: str | None = None

    def using(self, *, unique_key: str | None = None, **changes: Any) -> "KeyedTask[P, T]":  # noqa: ANN401 - as Task.using, and a key
        """Return the task with other defaults."""
        given = {name: value for name, value in {**changes, "unique_key": unique_key}.items() if value is not None}
        return replace(self, **given)


class LeaseBackend(BaseTaskBackend):
    """Puts jobs into the table; `pegasus work` takes them out. Exact due time, unique key, priority."""

    task_class = KeyedTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:  # noqa: ANN401 - Django's signature
        """Write the job and tell waiting workers; both happen in the caller's transaction, if there is one."""
        self.validate_task(task)
        now = clock.now()
        key = task.unique_key if isinstance(task, KeyedTask) else None
        job = Job(
            task_path=task.module_path,
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            queue_name=task.queue_name,
            priority=task.priority,
            run_at=task.run_after or now,
            unique_key=key,
            enqueued_at=now,
        )
        if key is None:
            job.save(force_insert=True)
        else:
            Job.objects.bulk_create([job], ignore_conflicts=True)
            job = Job.objects.filter(unique_key=key).first() or job  # begun since: then it has given up its key
        notify()
        result: TaskResult[T] = result_of(job, task, self.alias)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return what became of a job."""
        job = Job.objects.filter(pk=int(result_id)).first() if result_id.isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, import_string(job.task_path), self.alias)


def result_of(job: Job, task: Task[P, T], alias: str) -> TaskResult[T]:
    """Show a row as the Django Tasks API shows results."""
    errors = [TaskError(exception_class_path="builtins.Exception", traceback=job.error)] if job.error else []
    result: TaskResult[T] = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[Job.Status(job.status)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=alias,
        errors=errors,
        worker_ids=[job.worker] * job.attempts,
    )
    return result


def enqueue_occurrence(path: str, key: str, at: datetime) -> bool:
    """Queue one occurrence of a periodic task; tell whether this worker was the first to do so."""
    occurrence = Job(task_path=path, run_at=at, unique_key=key, enqueued_at=at)
    if Job.objects.filter(unique_key=key).exists():
        return False
    Job.objects.bulk_create([occurrence], ignore_conflicts=True)
    notify()
    return True


def notify() -> None:
    """Wake waiting workers on PostgreSQL, at commit; on SQLite they see that the file has changed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
