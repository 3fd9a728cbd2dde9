"""A card's design as data: what stands where in each size, and what an employee may change.

Positions count from the top left, in pixels. A text part names its content by placeholders such as `{words}`;
a design with an unknown placeholder cannot be built.
"""

from pegasus.cards.domain.designs.adjusting import Adjustable, Adjustments, adjustable, adjusted, kept, moved, palette
from pegasus.cards.domain.designs.content import PLACEHOLDERS, Content
from pegasus.cards.domain.designs.design import (
    OFFICE_LOGO,
    SIZE_WORDS,
    Design,
    DesignInvalid,
    Kept,
    OwnFont,
    Placed,
    Slot,
    UnknownPlaceholder,
    files_in,
    parse,
    places_of,
)
from pegasus.cards.domain.designs.faces import families_in, reset
from pegasus.cards.domain.designs.rules import Fault
from pegasus.cards.domain.designs.schema import CHANGEABLE, FONTS, KINDS, SHAPES, SIZES, faults, strange_fonts

__all__ = [
    "CHANGEABLE",
    "FONTS",
    "KINDS",
    "OFFICE_LOGO",
    "PLACEHOLDERS",
    "SHAPES",
    "SIZES",
    "SIZE_WORDS",
    "Adjustable",
    "Adjustments",
    "Content",
    "Design",
    "DesignInvalid",
    "Fault",
    "Kept",
    "OwnFont",
    "Placed",
    "Slot",
    "UnknownPlaceholder",
    "adjustable",
    "adjusted",
    "families_in",
    "faults",
    "files_in",
    "kept",
    "moved",
    "palette",
    "parse",
    "places_of",
    "reset",
    "strange_fonts",
]
