"""What may lie over a text: a photo, a picture or a form that is drawn after it."""

from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import Any

from pegasus.cards.domain.designs import Placed, Slot

# What lets more than half of the text show is a tint, which contrast judges.
VEIL = 0.5
OPAQUE = len("#rrggbb")

Layer = Mapping[str, Any]
Box = tuple[float, float, float, float]


def may_cover(strata: Sequence[object], inks: Sequence[Box]) -> bool:
    """Tell whether something that is no text comes after one and may lie on ink: most designs need no closer look."""
    above = False
    for thing in _things(strata):
        if is_text(thing):
            above = above or bool(thing["parts"])
        elif above and not is_veil(thing) and any(_meet(_box(thing), ink) for ink in inks):
            return True
    return False


def is_text(thing: Layer | Slot) -> bool:
    """Tell whether this is a text."""
    return not isinstance(thing, Slot) and thing["kind"] == "text"


def is_veil(thing: Layer | Slot) -> bool:
    """Tell whether a picture or a form lets what is below show."""
    if isinstance(thing, Slot):
        return thing.opacity < VEIL
    colours = [thing[name] for name in ("colour", "fill", "stroke") if thing.get(name)]
    return bool(colours) and all(len(one) > OPAQUE and int(one[OPAQUE:], 16) < VEIL * 255 for one in colours)


def _box(thing: Layer | Slot) -> Sequence[float]:
    return (thing.x, thing.y, thing.width, thing.height) if isinstance(thing, Slot) else thing["box"]


def _meet(box: Sequence[float], ink: Box) -> bool:
    """Tell whether a place, turned any way, may touch ink."""
    x, y, width, height = box
    reach, across, down = hypot(width, height) / 2, x + width / 2, y + height / 2
    return across - reach < ink[2] and across + reach > ink[0] and down - reach < ink[3] and down + reach > ink[1]


def _things(strata: Sequence[object]) -> Iterator[Any]:
    for stratum in strata:
        if isinstance(stratum, Placed):
            yield stratum.slot
        elif isinstance(stratum, Mapping):
            yield from stratum["elements"]
