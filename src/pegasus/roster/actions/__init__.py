"""What people do with the roster."""

from pegasus.roster.actions.drafting import DraftGone, discard_draft, draft_range, draft_roster
from pegasus.roster.actions.handing_over import (
    AlreadyAsked,
    AlreadySettled,
    CannotTakeOver,
    DutyIsOver,
    HolderChanged,
    ask_for_substitute,
    reassign_duty,
    withdraw_request,
)
from pegasus.roster.actions.keeping import keep_list
from pegasus.roster.actions.moving import follow_calendar
from pegasus.roster.actions.publishing import AlreadyPublished, DraftOutdated, publish_roster

__all__ = [
    "AlreadyAsked",
    "AlreadyPublished",
    "AlreadySettled",
    "CannotTakeOver",
    "DraftGone",
    "DraftOutdated",
    "DutyIsOver",
    "HolderChanged",
    "ask_for_substitute",
    "discard_draft",
    "draft_range",
    "draft_roster",
    "follow_calendar",
    "keep_list",
    "publish_roster",
    "reassign_duty",
    "withdraw_request",
]
