"""Tables of the slice, by subject."""

from pegasus.cards.models.cards import (
    BrandKit,
    BulkRow,
    BulkRun,
    Card,
    CardPicture,
    CardTemplate,
    TemplateChoice,
    TemplateDraft,
    TemplatePicture,
    Words,
)
from pegasus.cards.models.reviews import CardComment, CardVersion, VersionPicture

__all__ = [
    "BrandKit",
    "BulkRow",
    "BulkRun",
    "Card",
    "CardComment",
    "CardPicture",
    "CardTemplate",
    "CardVersion",
    "TemplateChoice",
    "TemplateDraft",
    "TemplatePicture",
    "VersionPicture",
    "Words",
]
