"""Every write of the slice."""

from pegasus.sop.actions.periods import open_period_tasks
from pegasus.sop.actions.programmes import install
from pegasus.sop.actions.tasks import AlreadyClosed, add_evidence, close_task, open_task, reopen_task

__all__ = [
    "AlreadyClosed",
    "add_evidence",
    "close_task",
    "install",
    "open_period_tasks",
    "open_task",
    "reopen_task",
]
