"""What a layer of the ground may hold. Motifs share their measures: a new one needs only its name here."""

import re
from collections.abc import Iterator, Mapping

from pegasus.cards.domain.designs import rules
from pegasus.cards.domain.designs.rules import Fault, Rule, colour, number, one_of, some

MOTIFS = (
    "besurek", "outline", "rafflesia", "wave", "rosette", "jasmine", "dial", "candles", "kawung", "stars", "dots",
)  # fmt: skip
KINDS = ("gradient", "glow", "fill", "frame", "arch", "circle", "ring", "picture", *MOTIFS)
REQUIRED = {
    "gradient": ("colours",),
    "glow": ("colour", "centre", "radius"),
    "fill": ("colour",),
    "frame": ("colour", "weight"),
    "arch": ("colour",),
    "circle": ("colour",),
    "ring": ("colour", "weight"),
    "picture": ("file",),
    "besurek": ("colour",),
    "outline": ("colour", "weight"),
    "rafflesia": ("petals", "spots", "rim", "heart"),
}
# What decides how often a motif is drawn has a least value: no pattern may take minutes.
BOUNDED: dict[str, Rule] = {
    "kind": one_of(KINDS),
    "only": one_of(("photo", "bare")),
    "scale": number(0.3, 8),
    "step": number(16, 2000),
    "length": number(30, 8000),
    "weight": number(0, 120),
    "colours": some(colour, least=2, most=8),
    "petals": some(colour, least=2, most=8),
    "colour": colour,
    "file": rules.key,
    "fit": one_of(("cover", "contain")),
    "focus": some(number(0, 1), least=2, most=2),
}
WIDEST_GLOW = 150
SLUG = re.compile(r"[a-z][a-z_-]{0,20}")
MOST_KEYS, MOST_VALUES = 24, 80
measure = number(-8000, 8000)


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
    if not isinstance(at, Mapping) or not set(at) <= {"portrait", "square", "story"}:
        yield Fault(f"{where}.at", "not_an_object")
        return
    for size, moved in at.items():
        yield from _measures(f"{where}.at.{size}", moved)
    placed = [dict(value) | dict(moved) for moved in at.values() if isinstance(moved, Mapping)] or [dict(value)]
    for name in REQUIRED.get(kind, ()):
        if any(name not in one for one in placed):
            yield Fault(f"{where}.{name}", "missing")
    if kind == "glow":
        for one in placed:
            yield from number(1, WIDEST_GLOW)(f"{where}.radius", one.get("radius"))


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
