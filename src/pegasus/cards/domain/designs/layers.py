"""What a layer of the ground may hold. Motifs share their measures: a new one needs only its name here."""

import re
from collections.abc import Iterator, Mapping

from pegasus.cards.domain.designs import rules
from pegasus.cards.domain.designs.rules import Fault, Rule, colour, number, one_of, some

MOTIFS = (
    "besurek", "outline", "rafflesia", "wave", "rosette", "jasmine", "dial", "candles", "kawung", "stars", "dots",
)  # fmt: skip
KINDS = ("gradient", "glow", "fill", "frame", "arch", "circle", "ring", "picture", *MOTIFS)
ROUND = ("colour", "centre", "radius")
REQUIRED = {
    "gradient": ("colours",),
    "glow": ROUND,
    "fill": ("colour",),
    "frame": ("colour", "weight"),
    "arch": ("colour",),
    "circle": ROUND,
    "ring": (*ROUND, "weight"),
    "picture": ("file",),
    "besurek": ("colour",),
    "outline": ("colour", "weight", "flowers"),
    "rafflesia": ("centre", "radius", "petals", "spots", "rim", "heart"),
    "wave": ("colour", "y", "swing", "length"),
    "rosette": (*ROUND, "weight"),
    "jasmine": ("colour", "shade", "heart", "leaf", "size", "count"),
    "dial": (*ROUND, "weight", "accent", "count", "marked", "reach"),
    "candles": ("row", "foot", "wick", "flame", "core"),
    "kawung": ("colour", "line", "accent", "step"),
    "stars": ("colour", "weight", "step"),
    "dots": ("values", "colours", "accent"),
}
measure = number(-8000, 8000)
point = some(measure, least=2, most=2)


def _candle(where: str, value: object) -> Iterator[Fault]:
    """From the left, width, height, colour."""
    if not isinstance(value, list | tuple) or len(value) != len(CANDLE):
        yield Fault(where, "not_a_list")
        return
    for rule, item in zip(CANDLE, value, strict=True):
        yield from rule(where, item)


CANDLE = (measure, number(1, 8000), number(1, 8000), colour)
# What decides how often a motif is drawn has a least value: no pattern may take minutes.
BOUNDED: dict[str, Rule] = {
    "kind": one_of(KINDS),
    "only": one_of(("photo", "bare")),
    "scale": number(0.3, 8),
    "step": number(16, 2000),
    "length": number(30, 8000),
    "weight": number(0, 120),
    "radius": number(0, 8000),
    "count": number(1, 400),
    "marked": number(-1, 400),
    "size": number(4, 2000),
    "opacity": number(0, 1),
    "centre": point,
    "box": some(measure, least=4, most=4),
    "swag": some(measure, least=5, most=5),
    "wreath": some(measure, least=3, most=3),
    "values": some(number(0, 1), least=1, most=80),
    "flowers": some(some(measure, least=3, most=3), most=20),
    "row": some(_candle, most=80),
    "colours": some(colour, least=2, most=8),
    "petals": some(colour, least=2, most=8),
    "file": rules.key,
    "fit": one_of(("cover", "contain")),
    "focus": some(number(0, 1), least=2, most=2),
    **dict.fromkeys(("y", "swing", "phase", "slope", "depth", "reach", "foot", "turn", "angle", "open"), measure),
    **dict.fromkeys(
        ("colour", "accent", "line", "shade", "heart", "leaf", "spots", "rim", "wick", "flame", "core", "fill"), colour
    ),
}
WHOLE = ("count", "marked")
SIZES = ("portrait", "square", "story")
WIDEST_GLOW = 150
SLUG = re.compile(r"[a-z][a-z_-]{0,20}")
MOST_KEYS, MOST_VALUES = 24, 80


def layer(where: str, value: object) -> Iterator[Fault]:
    """One layer: its kind, what that kind needs, and measures that are numbers or colours."""
    if not isinstance(value, Mapping):
        yield Fault(where, "not_an_object")
        return
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        yield Fault(f"{where}.kind", "unknown_kind", str(kind)[: rules.SHOWN])
        return
    at = value.get("at", {})
    yield from _measures(where, {name: item for name, item in value.items() if name != "at"})
    if not isinstance(at, Mapping) or not set(at) <= set(SIZES):
        yield Fault(f"{where}.at", "not_an_object")
        return
    for size, moved in at.items():
        yield from _measures(f"{where}.at.{size}", moved)
    for size in SIZES:
        moved = at.get(size, {})
        yield from _placed(where, kind, dict(value) | dict(moved if isinstance(moved, Mapping) else {}))


def _placed(where: str, kind: str, layer: Mapping[str, object]) -> Iterator[Fault]:
    """A layer as it stands in one size."""
    yield from (Fault(f"{where}.{name}", "missing") for name in REQUIRED[kind] if name not in layer)
    if kind == "glow":
        yield from number(1, WIDEST_GLOW)(f"{where}.radius", layer.get("radius"))
    if kind == "jasmine" and not {"swag", "wreath"} & set(layer):
        yield Fault(f"{where}.swag", "missing")
    yield from (Fault(f"{where}.{name}", "not_a_number") for name in WHOLE if isinstance(layer.get(name), float))


def _measures(where: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(where, "not_an_object")
    elif len(value) > MOST_KEYS:
        yield Fault(where, "too_many", str(MOST_KEYS))
    else:
        for name, item in value.items():
            if not isinstance(name, str) or not SLUG.fullmatch(name):
                yield Fault(where, "unknown_key", str(name)[: rules.SHOWN])
            else:
                yield from BOUNDED.get(name, _measure)(f"{where}.{name}", item)


def _measure(where: str, value: object) -> Iterator[Fault]:
    """A number, a colour, or a list of them, or a list of such lists."""
    yield from rules.either(_single, some(rules.either(_single, some(_single, most=8)), most=MOST_VALUES))(
        where, value
    )


def _single(where: str, value: object) -> Iterator[Fault]:
    yield from (colour if isinstance(value, str) else measure)(where, value)
