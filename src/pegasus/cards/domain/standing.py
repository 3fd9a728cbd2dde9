"""How a finished design stands in a size of ours: whole, filling the frame, or whole within what every grid keeps.

Nothing is cut unless somebody asks for it. A frame of the design's own shape is filled by it in any case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pegasus.cards.domain.designs import SIZES

Fit = Literal["whole", "fill", "room"]
WHOLE: Fit = "whole"
FILL: Fit = "fill"
ROOM: Fit = "room"
FITS: tuple[Fit, ...] = (WHOLE, FILL, ROOM)
EDGE, BLUR = "edge", "blur"
# A design that differs less than this from a size is stretched to it: nobody can see it.
SAME_SHAPE = 0.012
# What the grids of a profile keep of a portrait card: left, top, right, bottom. And what all of them keep.
GRIDS = {"3:4": (33.75, 0.0, 1046.25, 1350.0), "1:1": (0.0, 135.0, 1080.0, 1215.0)}
KEPT_BY_ALL = (34, 135, 1046, 1215)
SIDES = ("left", "top", "right", "bottom")

Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Placing:
    """How a design stands in one size; what is kept when it fills it (0: left or top, 100: right or bottom)."""

    fit: Fit = WHOLE
    focus: int = 50


@dataclass(frozen=True)
class Standing:
    """How a design stands in all sizes, and what lies around it: its edges' colour, itself blurred, or a colour."""

    ground: str = EDGE
    placings: Mapping[str, Placing] = field(default_factory=dict)

    def in_size(self, size: str) -> Placing:
        """Return how it stands in a size; whole where nothing was chosen."""
        return self.placings.get(size, Placing())


def has_shape(width: int, height: int, size: str) -> bool:
    """Tell whether a design has a size's own shape."""
    wide, high = SIZES[size]
    return abs(width / height / (wide / high) - 1) < SAME_SHAPE


def fills(width: int, height: int, size: str, placing: Placing) -> bool:
    """Tell whether a design leaves nothing of a frame free."""
    return placing.fit == FILL or (placing.fit == WHOLE and has_shape(width, height, size))


def kept(width: int, height: int, size: str, focus: int) -> Area:
    """Return the part of a design that is seen when it fills a size: left, top, right, bottom."""
    wide, high = SIZES[size]
    part_width, part_height = min(width, round(height * wide / high)), min(height, round(width * high / wide))
    left, top = round((width - part_width) * focus / 100), round((height - part_height) * focus / 100)
    return left, top, left + part_width, top + part_height


def lost(width: int, height: int, size: str) -> float:
    """Return the share of a design that is not seen when it fills a size."""
    left, top, right, bottom = kept(width, height, size, 50)
    return 1 - (right - left) * (bottom - top) / (width * height)


def place(width: int, height: int, size: str, fit: Fit) -> Area:
    """Return where a design that is shown whole lies on a card of a size."""
    wide, high = SIZES[size]
    frame = KEPT_BY_ALL if fit == ROOM and size == "portrait" else (0, 0, wide, high)
    room_wide, room_high = frame[2] - frame[0], frame[3] - frame[1]
    scale = min(room_wide / width, room_high / height)
    shown = (max(1, round(width * scale)), max(1, round(height * scale)))
    left, top = frame[0] + (room_wide - shown[0]) // 2, frame[1] + (room_high - shown[1]) // 2
    return left, top, left + shown[0], top + shown[1]


def enlarged(width: int, height: int, size: str, placing: Placing) -> float:
    """Return how many times a design is enlarged in a size."""
    wide, high = SIZES[size]
    if fills(width, height, size, placing):
        return max(wide / width, high / height)
    left, _top, right, _bottom = place(width, height, size, placing.fit)
    return (right - left) / width
