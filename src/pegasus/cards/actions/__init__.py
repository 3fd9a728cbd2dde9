"""Every write of the slice."""

from pegasus.cards.actions.bank import add_words, load_shipped, remove_words
from pegasus.cards.actions.brand import set_brand
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
from pegasus.cards.actions.pictures import keep_picture
from pegasus.cards.actions.reviewing import AlreadyReviewed, NoteMissing, approve_card, return_card
from pegasus.cards.actions.sending import AlreadyPosted, CardNotKept, NothingToSend, TooLate, draw, submit_card
from pegasus.cards.actions.templates import (
    NothingNew,
    SavedElsewhere,
    begin_template,
    import_template,
    publish_template,
    restore_template,
    save_template,
)

__all__ = [
    "AlreadyPosted",
    "AlreadyReviewed",
    "AlreadySent",
    "CardNotKept",
    "NoteMissing",
    "NothingChosen",
    "NothingNew",
    "NothingToSend",
    "SavedElsewhere",
    "TooLate",
    "add_words",
    "approve_card",
    "begin_template",
    "blank_card",
    "card_for",
    "choose_templates",
    "draw",
    "drop_upload",
    "import_template",
    "is_for_somebody_else",
    "keep_picture",
    "load_shipped",
    "publish_template",
    "remove_words",
    "restore_template",
    "return_card",
    "save_draft",
    "save_template",
    "set_brand",
    "submit_card",
    "use_upload",
]
