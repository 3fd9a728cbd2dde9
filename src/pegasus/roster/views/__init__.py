"""Pages of the roster."""

from pegasus.roster.views.board import board, board_change, board_undo
from pegasus.roster.views.calendars import calendars, close_feed, feed, renew_feed
from pegasus.roster.views.drafts import discard, draft, make, publish
from pegasus.roster.views.duties import duty, hand_over
from pegasus.roster.views.fairness import fairness
from pegasus.roster.views.files import draft_file, list_file
from pegasus.roster.views.history import history, version
from pegasus.roster.views.swaps import answer_for, ask_more, swap, undo, wish, withdraw
from pegasus.roster.views.weeks import index
from pegasus.roster.views.why import why, why_draft

__all__ = [
    "answer_for",
    "ask_more",
    "board",
    "board_change",
    "board_undo",
    "calendars",
    "close_feed",
    "discard",
    "draft",
    "draft_file",
    "duty",
    "fairness",
    "feed",
    "hand_over",
    "history",
    "index",
    "list_file",
    "make",
    "publish",
    "renew_feed",
    "swap",
    "undo",
    "version",
    "why",
    "why_draft",
    "wish",
    "withdraw",
]
