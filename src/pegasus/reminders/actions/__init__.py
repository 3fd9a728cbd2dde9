"""Every write of the slice: reminders, links sent by hand, what became of them, the office's wording."""

from pegasus.reminders.actions.greetings import remind_of_birthdays
from pegasus.reminders.actions.letters import BY, LINK_STAYS, NoHolder, link_for, write_text
from pegasus.reminders.actions.links import CardIsIn, DutyIsOver, send_link
from pegasus.reminders.actions.reminding import NOTES, plan, remind, settle, settle_fate
from pegasus.reminders.actions.reviews import call_reviewers, tell_returned

__all__ = [
    "BY",
    "LINK_STAYS",
    "NOTES",
    "CardIsIn",
    "DutyIsOver",
    "NoHolder",
    "call_reviewers",
    "link_for",
    "plan",
    "remind",
    "remind_of_birthdays",
    "send_link",
    "settle",
    "settle_fate",
    "tell_returned",
    "write_text",
]
