"""Waking jobs. The truth is always in rows; a job only wakes up, claims a row and works on it.

Jobs are written against the Django Tasks API, so that another runner (Procrastinate on PostgreSQL) can take
them over: `wake` asks the task's own backend, `every` only notes what is periodic.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task

AnyTask = TypeVar("AnyTask", bound=Task[..., None])


@dataclass(frozen=True)
class Periodic:
    """A task that runs by itself, once per occurrence across any number of workers."""

    path: str
    seconds: int

    def occurrence(self, at: datetime) -> datetime:
        """Return the last moment up to `at` at which it falls due."""
        return datetime.fromtimestamp(int(at.timestamp()) // self.seconds * self.seconds, UTC)

    def next_occurrence(self, at: datetime) -> datetime:
        """Return the first moment after `at` at which it falls due."""
        return self.occurrence(at) + timedelta(seconds=self.seconds)

    def key(self, at: datetime) -> str:
        """Return the name of the occurrence, by which workers agree that it was queued."""
        return f"{OCCURRENCE}{self.path}@{self.occurrence(at):%Y-%m-%dT%H:%M:%SZ}"


OCCURRENCE = "every|"
_periodic: dict[str, Periodic] = {}


def wake(name: str, *args: int | str, at: datetime | None = None, unique_key: str | None = None) -> None:
    """Enqueue `pegasus.<slice>.jobs.<task>` named `slice.task` once the current transaction commits.

    While a job with the same `unique_key` waits, a second one is not queued; once it has begun, the next may wait.
    """
    slice_name, _, task_name = name.partition(".")
    transaction.on_commit(lambda: _enqueue(f"pegasus.{slice_name}.jobs.{task_name}", args, at, unique_key))


def _enqueue(path: str, args: tuple[int | str, ...], at: datetime | None, unique_key: str | None) -> None:
    task = cast("Task[..., None]", import_string(path)).using(run_after=at)
    if unique_key is not None:
        task = cast("Any", task).using(unique_key=unique_key)  # a backend's own task class knows the key
    task.enqueue(*args)


def every(*, seconds: int) -> Callable[[AnyTask], AnyTask]:
    """Let the workers run a task without arguments every so many seconds (counted from midnight UTC, 1970)."""

    def note(task: AnyTask) -> AnyTask:
        _periodic[task.module_path] = Periodic(task.module_path, seconds)
        return task

    return note


def periodic_tasks() -> list[Periodic]:
    """Return what was marked with `every`, by name; the modules `jobs` must have been imported."""
    return [_periodic[path] for path in sorted(_periodic)]
