"""Waking jobs. The truth is always in rows; a job only wakes up, claims a row and works on it."""

from datetime import datetime

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task


def wake(name: str, *args: int | str, at: datetime | None = None, unique_key: str | None = None) -> None:
    """Enqueue `pegasus.<slice>.jobs.<task>` named `slice.task` once the current transaction commits."""
    slice_name, _, task_name = name.partition(".")
    transaction.on_commit(lambda: _enqueue(f"pegasus.{slice_name}.jobs.{task_name}", args, at, unique_key))


def _enqueue(path: str, args: tuple[int | str, ...], at: datetime | None, unique_key: str | None) -> None:  # noqa: ARG001 - for the runner
    task: Task[..., None] = import_string(path)
    task.using(run_after=at).enqueue(*args)
