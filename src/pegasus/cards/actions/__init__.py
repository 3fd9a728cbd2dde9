"""Every write of the slice."""

from pegasus.cards.actions.bank import load_shipped
from pegasus.cards.actions.brand import set_brand
from pegasus.cards.actions.choosing import NothingChosen, choose_for_year, choose_templates
from pegasus.cards.actions.commenting import NothingSaid, comment_on, settle_comment, take_back_comment
from pegasus.cards.actions.drafting import (
    AlreadySent,
    blank_card,
    card_for,
    is_for_somebody_else,
    save_draft,
)
from pegasus.cards.actions.finished import NoOtherPage, drop_upload, place_upload, take_page, use_upload
from pegasus.cards.actions.fonts import FamilyInUse, FontThere, TooManyFonts, add_font, remove_family
from pegasus.cards.actions.pictures import keep_picture
from pegasus.cards.actions.removing import StillUsed, remove_picture, remove_template
from pegasus.cards.actions.reviewing import (
    AlreadyReviewed,
    CommentsOpen,
    NewerVersion,
    NoteMissing,
    OwnCard,
    approve_card,
    return_card,
)
from pegasus.cards.actions.sending import AlreadyPosted, CardNotKept, NothingToSend, TooLate, draw, submit_card
from pegasus.cards.actions.templates import (
    NothingNew,
    SavedElsewhere,
    TemplateGone,
    begin_template,
    import_template,
    publish_template,
    restore_template,
    save_template,
)
from pegasus.cards.actions.word_lists import import_words
from pegasus.cards.actions.words import WordsTaken, add_words, change_words, load_words, remove_words

__all__ = [
    "AlreadyPosted",
    "AlreadyReviewed",
    "AlreadySent",
    "CardNotKept",
    "CommentsOpen",
    "FamilyInUse",
    "FontThere",
    "NewerVersion",
    "NoOtherPage",
    "NoteMissing",
    "NothingChosen",
    "NothingNew",
    "NothingSaid",
    "NothingToSend",
    "OwnCard",
    "SavedElsewhere",
    "StillUsed",
    "TemplateGone",
    "TooLate",
    "TooManyFonts",
    "WordsTaken",
    "add_font",
    "add_words",
    "approve_card",
    "begin_template",
    "blank_card",
    "card_for",
    "change_words",
    "choose_for_year",
    "choose_templates",
    "comment_on",
    "draw",
    "drop_upload",
    "import_template",
    "import_words",
    "is_for_somebody_else",
    "keep_picture",
    "load_shipped",
    "load_words",
    "place_upload",
    "publish_template",
    "remove_family",
    "remove_picture",
    "remove_template",
    "remove_words",
    "restore_template",
    "return_card",
    "save_draft",
    "save_template",
    "set_brand",
    "settle_comment",
    "submit_card",
    "take_back_comment",
    "take_page",
    "use_upload",
]
