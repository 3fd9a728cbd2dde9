"""Whether something stands in the part of a picture that is cut off: firm edges, as letters and logos have.

Nobody but a person can tell words from a pattern; this tells only that there is something.
"""

from PIL import Image, ImageChops

from pegasus.cards.domain.standing import SIDES

Area = tuple[float, float, float, float]
WIDTH = 270
HIGHEST = 2000  # a strip a pixel wide would have millions of rows
FIRM = 56  # of 255: from one pixel to the next
INWARDS = (2, 2, -2, -2)
SHARE = 250  # one firm pixel in so many is something


def busy_sides(picture: Image.Image, kept: Area, *, within: Area | None = None) -> tuple[str, ...]:
    """Return the sides on which something stands outside the kept area; only what lies within another counts."""
    height = min(max(8, round(picture.height * WIDTH / picture.width)), HIGHEST)
    scale = (WIDTH / picture.width, height / picture.height) * 2
    small = picture.convert("L").resize((WIDTH, height), Image.Resampling.BOX)
    firm = _firm(small)
    left, top, right, bottom = (round(value * by) for value, by in zip(kept, scale, strict=True))
    strips = {
        "left": (0, 0, left, small.height),
        "top": (0, 0, small.width, top),
        "right": (right, 0, small.width, small.height),
        "bottom": (0, bottom, small.width, small.height),
    }
    if within:  # without the line where the one area meets the other
        area = [round(value * by) + inwards for value, by, inwards in zip(within, scale, INWARDS, strict=True)]
        inside = Image.new("L", small.size)
        if area[0] < area[2] and area[1] < area[3]:
            inside.paste(255, (area[0], area[1], area[2], area[3]))
        firm = ImageChops.darker(firm, inside)
    return tuple(side for side in SIDES if _holds(firm, strips[side]))


def _firm(small: Image.Image) -> Image.Image:
    across = ImageChops.difference(small, ImageChops.offset(small, 1, 0))
    down = ImageChops.difference(small, ImageChops.offset(small, 0, 1))
    across.paste(0, (0, 0, 1, small.height))  # an offset comes around at the other side
    down.paste(0, (0, 0, small.width, 1))
    return ImageChops.lighter(across, down).point([255 if value >= FIRM else 0 for value in range(256)])


def _holds(firm: Image.Image, strip: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = strip
    if right - left < 1 or bottom - top < 1:
        return False
    return firm.crop(strip).histogram()[255] * SHARE >= (right - left) * (bottom - top)
