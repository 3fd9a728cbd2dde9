"""Every write of the slice: drafts, what is final, notes taken during the quarter."""

from pegasus.reports.actions.drafts import (
    LONGEST_SECTION,
    AlreadyFinal,
    NoSuchSection,
    draft,
    draft_due,
    write_section,
)
from pegasus.reports.actions.finals import (
    AlreadyRequested,
    ChangedMeanwhile,
    NotFinal,
    PeriodStillOpen,
    filename,
    finalise,
    mark_signed,
    reopen,
    request_signature,
)
from pegasus.reports.actions.notes import (
    NothingWritten,
    finish_follow_up,
    note_obstacle,
    plan_follow_up,
    solve_obstacle,
)

__all__ = [
    "LONGEST_SECTION",
    "AlreadyFinal",
    "AlreadyRequested",
    "ChangedMeanwhile",
    "NoSuchSection",
    "NotFinal",
    "NothingWritten",
    "PeriodStillOpen",
    "draft",
    "draft_due",
    "filename",
    "finalise",
    "finish_follow_up",
    "mark_signed",
    "note_obstacle",
    "plan_follow_up",
    "reopen",
    "request_signature",
    "solve_obstacle",
    "write_section",
]
