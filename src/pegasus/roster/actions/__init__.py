"""What people do with the roster."""

from pegasus.roster.actions.asking import AskClosed, advance, answer_ask, ask_in_turn, question_left
from pegasus.roster.actions.drafting import DraftGone, discard_draft, draft_range, draft_roster
from pegasus.roster.actions.handing_over import reassign_duty
from pegasus.roster.actions.holding import CannotTakeOver, DutyIsOver, HolderChanged
from pegasus.roster.actions.keeping import keep_list
from pegasus.roster.actions.publishing import AlreadyPublished, DraftOutdated, publish_roster
from pegasus.roster.actions.repairing import NOBODY, WorldChanged, apply_repair, follow_deadlines
from pegasus.roster.actions.swapping import NothingToUndo, swap_duties, undo_change
from pegasus.roster.actions.wishing import (
    AlreadyAsked,
    AlreadySettled,
    ask_for_substitute,
    ask_to_swap,
    withdraw_request,
)

__all__ = [
    "NOBODY",
    "AlreadyAsked",
    "AlreadyPublished",
    "AlreadySettled",
    "AskClosed",
    "CannotTakeOver",
    "DraftGone",
    "DraftOutdated",
    "DutyIsOver",
    "HolderChanged",
    "NothingToUndo",
    "WorldChanged",
    "advance",
    "answer_ask",
    "apply_repair",
    "ask_for_substitute",
    "ask_in_turn",
    "ask_to_swap",
    "discard_draft",
    "draft_range",
    "draft_roster",
    "follow_deadlines",
    "keep_list",
    "publish_roster",
    "question_left",
    "reassign_duty",
    "swap_duties",
    "undo_change",
    "withdraw_request",
]
