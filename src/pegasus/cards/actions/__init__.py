"""Every write of the slice."""

from pegasus.cards.actions.bank import add_words, load_shipped, remove_words
from pegasus.cards.actions.choosing import NothingChosen, choose_templates
from pegasus.cards.actions.drafting import (
    AlreadySent,
    blank_card,
    card_for,
    drop_upload,
    is_for_somebody_else,
    save_draft,
    use_upload,
)
from pegasus.cards.actions.reviewing import AlreadyReviewed, NoteMissing, approve_card, return_card
from pegasus.cards.actions.sending import AlreadyPosted, CardNotKept, NothingToSend, TooLate, draw, submit_card

__all__ = [
    "AlreadyPosted",
    "AlreadyReviewed",
    "AlreadySent",
    "CardNotKept",
    "NoteMissing",
    "NothingChosen",
    "NothingToSend",
    "TooLate",
    "add_words",
    "approve_card",
    "blank_card",
    "card_for",
    "choose_templates",
    "draw",
    "drop_upload",
    "is_for_somebody_else",
    "load_shipped",
    "remove_words",
    "return_card",
    "save_draft",
    "submit_card",
    "use_upload",
]
