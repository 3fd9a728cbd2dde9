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
from pegasus.sop.actions.revisions import (
    DraftThere,
    NothingRevised,
    VersionInForce,
    put_in_force,
    revise,
    rewrite,
    throw_away,
)
from pegasus.sop.actions.tasks import AlreadyClosed, add_evidence, close_task, open_task, reopen_task

__all__ = [
    "AlreadyClosed",
    "ClosedElsewhere",
    "CodeTaken",
    "DraftThere",
    "InTheFuture",
    "NotByHand",
    "NothingChanged",
    "NothingRevised",
    "VersionInForce",
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
    "put_in_force",
    "record_run",
    "reopen_by_hand",
    "reopen_task",
    "revise",
    "rewrite",
    "set_active",
    "throw_away",
]
