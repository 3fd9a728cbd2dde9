"""What a design may hold, field by field. `faults` is the one check: for shipped designs and for strangers' files."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from pegasus.cards.domain.designs import rules
from pegasus.cards.domain.designs.layers import layer
from pegasus.cards.domain.designs.rules import Fault, Rule, colour, fields, flag, maybe, number, one_of, some, text

SIZES = {"portrait": (1080, 1350), "square": (1080, 1080), "story": (1080, 1920)}
SHAPES = ("circle", "rounded", "arch", "rect")
CHANGEABLE = ("words", "source", "photo", "colour", "position")
# Those that come along; an office may have more of its own.
FONTS = ("Plus Jakarta Sans", "Fraunces", "Arimo")
FITS = ("cover", "contain")
ACROSS, DOWN = ("left", "center", "right"), ("top", "middle", "bottom")
MOST_ELEMENTS, MOST_LAYERS, MOST_PICTURES = 80, 40, 8
LONGEST_TEXT = 600
# Ornaments and pictures may hang over the card's edge; what is read may not.
OVERHANGING = ("shape", "rect", "ellipse", "line", "picture")
PICTURES = ("photo", "picture", "logo")

size = number(4, 600)
FACE: dict[str, Rule] = {
    "font": text(60, least=1),
    "weight": one_of(range(100, 1000, 100)),
    "style": one_of(("normal", "italic")),
    "colour": colour,
    "leading": number(0, 3),
    "tracking": number(-0.2, 1),
}
part = fields(
    FACE
    | {
        "text": rules.either(rules.saying(LONGEST_TEXT), some(rules.saying(LONGEST_TEXT), most=8)),
        "join": text(20),
        "scale": number(0.05, 4),
        "least": number(0, 400),
        "size": size,
        "above": number(-400, 600),
    },
    required=["text"],
)
plate = fields(
    {"colour": colour, "opacity": number(0, 1), "padding": number(0, 300), "radius": number(0, 300)},
    required=["colour"],
)
focus = some(number(0, 1), least=2, most=2)
SHAPED: dict[str, Rule] = {"radius": number(0, 1000), "fit": one_of(FITS), "focus": focus}
DRAWN: dict[str, Rule] = {"fill": maybe(colour), "stroke": maybe(colour), "thickness": number(0, 200)}
KINDS: dict[str, dict[str, Rule]] = {
    "text": FACE
    | {
        "smallest": size,
        "largest": size,
        "align": one_of((*ACROSS, *(f"{across} {down}" for across in ACROSS for down in DOWN))),
        "valign": one_of(DOWN),
        "plate": maybe(plate),
        "parts": some(part, most=12),
    },
    "shape": {"colour": colour, "radius": number(0, 1000)},
    "rect": {**DRAWN, "radius": number(0, 1000)},
    "ellipse": DRAWN,
    "line": {"stroke": colour, "thickness": number(0.5, 200)},
    "mark": {"colour": colour, "accent": colour},
    "photo": {**SHAPED, "shape": one_of(SHAPES)},
    "picture": {**SHAPED, "shape": one_of(SHAPES), "file": rules.key},
    "logo": {**SHAPED, "file": maybe(rules.key)},
    "qr": {"text": rules.saying(LONGEST_TEXT)},
}
REQUIRED = {
    "text": ("parts",),
    "shape": ("colour",),
    "mark": ("colour",),
    "photo": ("shape",),
    "picture": ("file",),
    "qr": ("text",),
    "line": ("stroke",),
}


def faults(data: object, *, families: Collection[str] | None = FONTS) -> list[Fault]:
    """Return everything that is wrong with a design; nothing when it can be drawn.

    Fonts must be among the families; None leaves that to whoever knows the office.
    """
    found = list(DESIGN("", data)) or list(_together(data))  # type: ignore[arg-type] # a mapping, or DESIGN had found it
    return found or ([] if families is None else strange_fonts(data, families))  # type: ignore[arg-type] # as above


def strange_fonts(data: Mapping[str, Any], families: Collection[str]) -> list[Fault]:
    """Return where a design names a font that is not among these."""
    return [Fault(where, "no_font", font[: rules.SHOWN]) for where, font in fonts_at(data) if font not in families]


def fonts_at(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where a design names a font, and which."""
    for place, element in enumerate(data["elements"]):
        faces = [("", element), *((f".parts.{at}", part) for at, part in enumerate(element.get("parts", ())))]
        yield from ((f"elements.{place}{inside}.font", face["font"]) for inside, face in faces if "font" in face)


def _box(within: str, *, overhangs: bool, where: str, value: object) -> Iterator[Fault]:
    if value is None:
        return
    found = list(some(number(-4000, 4000), least=4, most=4)(where, value))
    yield from found
    if found or not isinstance(value, list | tuple):
        return
    x, y, width, height = value
    right, bottom = SIZES[within]
    if width < 1 or height < 1:
        yield Fault(where, "no_extent")
    elif overhangs and (x >= right or y >= bottom or x + width <= 0 or y + height <= 0):
        yield Fault(where, "out_of_sight", within)
    elif not overhangs and (x < 0 or y < 0 or x + width > right or y + height > bottom):
        yield Fault(where, "off_card", within)


def _element(where: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(where, "not_an_object")
        return
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        yield Fault(f"{where}.kind", "unknown_kind", str(kind)[: rules.SHOWN])
        return
    yield from ELEMENTS[kind](where, value)


def _common(kind: str) -> dict[str, Rule]:
    boxes = fields({name: partial(_boxed, name, kind in OVERHANGING) for name in SIZES})
    return {
        "kind": one_of(KINDS),
        "id": text(60, least=1),
        "name": text(80),
        "locked": flag,
        "hidden": flag,
        "rotate": number(-360, 360),
        "opacity": number(0, 1),
        "boxes": boxes,
        "bare": boxes,
        "change": some(one_of(CHANGEABLE), most=len(CHANGEABLE)),
    }


def _boxed(within: str, overhangs: bool, where: str, value: object) -> Iterator[Fault]:  # noqa: FBT001 - partial's
    yield from _box(within, overhangs=overhangs, where=where, value=value)


ELEMENTS = {
    kind: fields(_common(kind) | own, required=["boxes", *REQUIRED.get(kind, ())]) for kind, own in KINDS.items()
}
DESIGN = fields(
    {
        "name": text(80, least=1),
        "grain": number(0, 100),
        "ordered": flag,
        "background": some(layer, most=MOST_LAYERS),
        "elements": some(_element, most=MOST_ELEMENTS),
    },
    required=["name", "background", "elements"],
)


def _together(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Look at what can be wrong only between values that are right by themselves."""
    seen: set[str] = set()
    for place, element in enumerate(data["elements"]):
        own = element.get("id")
        if own in seen:
            yield Fault(f"elements.{place}.id", "same_id")
        if own:
            seen.add(own)
        if element["kind"] == "text" and element.get("smallest", 20) > element.get("largest", 120):
            yield Fault(f"elements.{place}.smallest", "above_largest")
    for within in SIZES:
        shown = [element for element in data["elements"] if element["boxes"].get(within)]
        if sum(element["kind"] == "photo" for element in shown) > 1:
            yield Fault("elements", "many_photos", within)
        if sum(element["kind"] in PICTURES for element in shown) > MOST_PICTURES:
            yield Fault("elements", "many_pictures", str(MOST_PICTURES))
