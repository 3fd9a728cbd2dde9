"""Every write of the slice."""

from pegasus.sop.actions.by_hand import (
    ClosedElsewhere,
    InTheFuture,
    NotByHand,
    close_by_hand,
    hang_file,
    hang_link,
    hang_word,
    record_run,
    reopen_by_hand,
)
from pegasus.sop.actions.documents import keep_document
from pegasus.sop.actions.periods import open_period_tasks
from pegasus.sop.actions.programmes import CodeTaken, NothingChanged, add_programme, install, set_active
from pegasus.sop.actions.tasks import AlreadyClosed, add_evidence, close_task, open_task, reopen_task

__all__ = [
    "AlreadyClosed",
    "ClosedElsewhere",
    "CodeTaken",
    "InTheFuture",
    "NotByHand",
    "NothingChanged",
    "add_evidence",
    "add_programme",
    "close_by_hand",
    "close_task",
    "hang_file",
    "hang_link",
    "hang_word",
    "install",
    "keep_document",
    "open_period_tasks",
    "open_task",
    "record_run",
    "reopen_by_hand",
    "reopen_task",
    "set_active",
]
