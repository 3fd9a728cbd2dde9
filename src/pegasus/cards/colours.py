"""Colours that an employee may choose for an element: those that can be read where it stands, with a name for each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from colorsys import rgb_to_hls
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import dist
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from pegasus.cards import measuring
from pegasus.cards.domain import lint
from pegasus.cards.domain.designs import SIZES, Content, Design
from pegasus.cards.domain.designs.adjusting import SOLID, free_element

BLANK = Content(words="", name="", day=date(2026, 1, 1))
# What lies under a text is looked at in so many pixels; a tenth of them may be worse.
GRID, SHARE = 24, 10
SEEN = 1.4  # a form need not be read, only be there
ALIKE = 44  # nearer colours are one for the eye
MOST = 7
GREY, BLACK, WHITE, DARK, LIGHT = 0.13, 0.1, 0.93, 0.36, 0.72

Pixel = tuple[int, int, int]


@dataclass(frozen=True)
class Swatch:
    """A colour on offer; the template's own has no value, so that it follows the template."""

    value: str
    colour: str
    name: str


@lru_cache(maxsize=64)
def offered(design: Design, key: str, colours: tuple[str, ...]) -> tuple[str, ...]:
    """Return the colours with which an element can be read on the template's ground, its own one first."""
    one, element = free_element(design, key)
    own = one.colour[:SOLID].lower()
    needed = lint.ENOUGH if element["kind"] == "text" else SEEN
    grounds = [_under(design, element, size) for size in SIZES if _box(element, size)]
    found = [own]
    for colour in colours:
        is_new = all(dist(_pixel(colour), _pixel(other)) >= ALIKE for other in found)
        if is_new and len(found) <= MOST and all(_stands_out(colour, ground) >= needed for ground in grounds):
            found.append(colour)
    return tuple(found)


def swatches(design: Design, key: str, colours: tuple[str, ...]) -> list[Swatch]:
    """Return the offered colours with names that tell them apart."""
    found, told = [], Counter[str]()
    for place, colour in enumerate(offered(design, key, colours)):
        name = name_of(colour)
        told[name] += 1
        found.append(Swatch(colour if place else "", colour, f"{name} {told[name]}" if told[name] > 1 else name))
    return found


def name_of(colour: str) -> str:
    """Return what people call a colour."""
    red, green, blue = (value / 255 for value in _pixel(colour))
    hue, light, strong = rgb_to_hls(red, green, blue)
    if light >= WHITE or light <= BLACK:
        return _("putih") if light >= WHITE else _("hitam")
    if strong < GREY or max(red, green, blue) - min(red, green, blue) < GREY / 2:
        return _("abu-abu")
    name = _hue(hue * 360, light)
    if light < DARK:
        return _("%(colour)s tua") % {"colour": name}
    return _("%(colour)s muda") % {"colour": name} if light > LIGHT else name


def _hue(degrees: float, light: float) -> str:
    if degrees < 45 and light < DARK:  # noqa: PLR2004 - a dark orange is brown
        return _("cokelat")
    limits = (
        (16, _("merah")),
        (42, _("jingga")),
        (68, _("kuning")),
        (160, _("hijau")),
        (196, _("toska")),
        (255, _("biru")),
        (320, _("ungu")),
    )
    return next((name for most, name in limits if degrees < most), _("merah"))


def _box(element: Mapping[str, Any], size: str) -> Sequence[float] | None:
    return {**element["boxes"], **element.get("bare", {})}.get(size)


def _under(design: Design, element: Mapping[str, Any], size: str) -> tuple[Pixel, ...]:
    """Return what lies under an element: ground, forms and plates, without any words."""
    rest = [other for other in design.elements if other is not element or element["kind"] == "text"]
    ground = measuring.ground(replace(design, elements=rest), BLANK, size)
    scale = ground.width / SIZES[size][0]
    x, y, width, height = (side * scale for side in _box(element, size) or (0, 0, *SIZES[size]))
    area = ground.resize((GRID, GRID), Image.Resampling.BOX, box=(x, y, x + width, y + height)).tobytes()
    return tuple(zip(area[::3], area[1::3], area[2::3], strict=True))


def _stands_out(colour: str, ground: tuple[Pixel, ...]) -> float:
    own = lint.luminance(*_pixel(colour))
    ratios = sorted(lint.contrast(own, lint.luminance(*pixel)) for pixel in ground)
    return ratios[len(ratios) // SHARE]


def _pixel(colour: str) -> Pixel:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
