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
    AlreadyInForce,
    DayBeforeEarlierVersion,
    DraftChanged,
    NothingRevised,
    PastDayReasonMissing,
    RowsBroken,
    drop_draft,
    put_in_force,
    save_draft,
    withdraw,
)
from pegasus.sop.actions.tasks import AlreadyClosed, add_evidence, close_task, open_task, reopen_task, replace_evidence
from pegasus.sop.actions.versions import bring_into_force

__all__ = [
    "AlreadyClosed",
    "AlreadyInForce",
    "ClosedElsewhere",
    "CodeTaken",
    "DayBeforeEarlierVersion",
    "DraftChanged",
    "InTheFuture",
    "NotByHand",
    "NothingChanged",
    "NothingRevised",
    "PastDayReasonMissing",
    "RowsBroken",
    "add_evidence",
    "add_programme",
    "bring_into_force",
    "close_by_hand",
    "close_task",
    "drop_draft",
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
    "replace_evidence",
    "save_draft",
    "set_active",
    "withdraw",
]
