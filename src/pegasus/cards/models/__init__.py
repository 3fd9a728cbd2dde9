"""Tables of the slice, by subject."""

from pegasus.cards.models.cards import (
    BrandKit,
    BulkRow,
    BulkRun,
    Card,
    CardPicture,
    CardTemplate,
    FinishedDesign,
    TemplateChoice,
    TemplateDraft,
    TemplatePicture,
    Words,
)
from pegasus.cards.models.fonts import BrandFont
from pegasus.cards.models.reviews import CardComment, CardVersion, VersionPicture

__all__ = [
    "BrandFont",
    "BrandKit",
    "BulkRow",
    "BulkRun",
    "Card",
    "CardComment",
    "CardPicture",
    "CardTemplate",
    "CardVersion",
    "FinishedDesign",
    "TemplateChoice",
    "TemplateDraft",
    "TemplatePicture",
    "VersionPicture",
    "Words",
]
