"""A checked design, filled with what a card says: the strata that the renderer lays one over the other."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from pegasus.cards.domain.designs.content import Content, filled
from pegasus.cards.domain.designs.rules import Fault
from pegasus.cards.domain.designs.schema import FONTS, PICTURES, SIZES, faults
from pegasus.typeset import qr
from pegasus.typeset.glyphs import Ranges

SIZE_WORDS = {"portrait": "potret", "square": "persegi", "story": "story"}
# Faces sit above the middle of a photo: cut more from below.
FACES, MIDDLE = (0.5, 0.35), (0.5, 0.5)
OFFICE_LOGO = 0
LONGEST_CODE = 1000  # bytes; a QR code of more can be read by nobody on a phone
# What only the editor needs to know about an element.
UNDRAWN = frozenset({"boxes", "bare", "id", "name", "locked", "hidden", "change", "valign", "opacity"})
FACE = {"font": "Plus Jakarta Sans", "colour": "#16325c"}


class DesignInvalid(ValueError):
    """The data is no design; `faults` say what is wrong with it."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in found[:3]))
        self.faults = tuple(found)


class UnknownPlaceholder(DesignInvalid):
    """A text asks for something that no card has."""


@dataclass(frozen=True)
class Kept:
    """A picture of the office that passed the gate; its bytes are read when they are drawn."""

    digest: str
    width: int
    height: int
    url: str = field(compare=False)
    read: Callable[[], bytes] = field(compare=False, repr=False)


@dataclass(frozen=True)
class OwnFont:
    """One face of a font that the office brought: what it can show, and the folder from which it is drawn."""

    family: str
    digest: str
    covers: Ranges = field(compare=False, repr=False)
    folder: Callable[[], Path] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Slot:
    """Where a photo or picture goes, and how it fills its place."""

    x: int
    y: int
    width: int
    height: int
    shape: str
    radius: int
    fit: str = "cover"
    focus: tuple[float, float] = FACES
    rotate: float = 0
    opacity: float = 1

    def scaled(self, scale: float) -> "Slot":
        """Return the same place on a smaller card."""
        x, y, radius = (round(length * scale) for length in (self.x, self.y, self.radius))
        width, height = (max(1, round(side * scale)) for side in (self.width, self.height))
        return replace(self, x=x, y=y, width=width, height=height, radius=radius)


@dataclass(frozen=True)
class Placed:
    """A picture in its slot; without a picture it is the card's photo."""

    slot: Slot
    picture: Kept | None = None


Layer = dict[str, object]


@dataclass(frozen=True, eq=False)
class Design:
    """A design that was checked. Equal designs are one key, so that what was drawn can be kept."""

    name: str
    background: Sequence[Mapping[str, Any]]
    grain: int
    elements: Sequence[Mapping[str, Any]]
    changeable: frozenset[str]
    is_ordered: bool = False
    pictures: Mapping[int, Kept] = field(default_factory=dict)
    fonts: Sequence[OwnFont] = ()

    @cached_property
    def key(self) -> str:
        """A digest of the whole design."""
        seen = [[number, kept.digest] for number, kept in sorted(self.pictures.items())]
        whole = [self.name, self.grain, list(self.background), list(self.elements), self.is_ordered, seen]
        whole += [sorted(font.digest for font in self.fonts)] if self.fonts else []
        return sha256(dumps(whole, sort_keys=True).encode()).hexdigest()

    def folders(self) -> list[Path]:
        """Return where the office's own fonts lie that this design is drawn with."""
        return [font.folder() for font in self.fonts]

    def texts_in(self, family: str, content: Content) -> list[str]:
        """Return what a card says in one font."""
        texts = [element["parts"] for element in self._shown(content, "portrait") if element["kind"] == "text"]
        return [part["text"] for parts in texts for part in parts if part["font"] == family]  # type: ignore[attr-defined] # a text's parts are a list

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Design) and other.key == self.key

    def layer(self, content: Content, size: str) -> Layer:
        """Return everything the typesetter draws, in one layer: this card's words in their boxes."""
        return _layer(size, [element for element in self._shown(content, size) if element["kind"] not in PICTURES])

    def strata(self, content: Content, size: str) -> list[Layer | Placed]:
        """Return what lies over the ground, the lowest first: layers for the typesetter, pictures between them."""
        found: list[Layer | Placed] = []
        run: list[Layer] = []
        for element in self._shown(content, size):
            if element["kind"] not in PICTURES:
                run.append(element)
            elif placed := self._placed(element):
                if run:
                    found.append(_layer(size, run))
                found.append(placed)
                run = []
        return [*found, _layer(size, run)] if run else found

    def slot(self, size: str) -> Slot | None:
        """Return where a photo goes in a size, if the design has a place for it."""
        for element in self.elements:
            shown = element["kind"] == "photo" and not element.get("hidden")
            if shown and (box := _box(element, size, with_photo=True)):
                return _slot(element, box)
        return None

    def backdrop(self, size: str, *, with_photo: bool) -> dict[str, Any]:
        """Return the background's data; layers may be meant for cards with or without a photo alone."""
        width, height = SIZES[size]
        unwanted = "bare" if with_photo else "photo"
        layers = [layer for layer in self.background if layer.get("only") != unwanted]
        placed = [{**layer, **layer.get("at", {}).get(size, {})} for layer in layers]
        return {"width": width, "height": height, "layers": placed}

    def _shown(self, content: Content, size: str) -> list[Layer]:
        """Return the elements of a size, filled; where the order is not the layers', a photo is the lowest."""
        found: list[Layer] = []
        for element in self.elements:
            box = _box(element, size, with_photo=bool(content.photo))
            if box is None or element.get("hidden") or (element["kind"] == "photo" and not content.photo):
                continue
            if drawn := _drawn({**element, "box": box}, content.texts()):
                found.append(drawn)
        return found if self.is_ordered else sorted(found, key=lambda element: element["kind"] != "photo")

    def _placed(self, element: Mapping[str, Any]) -> Placed | None:
        slot = _slot(element, element["box"])
        if element["kind"] == "photo":
            return Placed(slot)
        kept = self.pictures.get(element.get("file") or OFFICE_LOGO)
        return Placed(slot, kept) if kept else None


def parse(
    data: Mapping[str, Any],
    *,
    pictures: Mapping[int, Kept] | None = None,
    families: Collection[str] | None = FONTS,
) -> Design:
    """Return the design that the data describes, or raise DesignInvalid; families None: with any font."""
    if found := faults(data, families=families):
        strange = any(fault.kind == "unknown_placeholder" for fault in found)
        raise (UnknownPlaceholder if strange else DesignInvalid)(found)
    elements = list(data["elements"])
    changeable = frozenset(change for element in elements for change in element.get("change", ()))
    grain, is_ordered = int(data.get("grain", 0)), bool(data.get("ordered", False))
    return Design(data["name"], data["background"], grain, elements, changeable, is_ordered, pictures or {})


def files_in(data: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the pictures that a design names; 0 stands for the office's logo."""
    layers = [layer["file"] for layer in data["background"] if layer["kind"] == "picture"]
    elements = [element["file"] for element in data["elements"] if element.get("file")]
    logo = any(element["kind"] == "logo" and not element.get("file") for element in data["elements"])
    return {*layers, *elements, *([OFFICE_LOGO] if logo else [])}


def places_of(data: Mapping[str, Any], files: Collection[int]) -> list[str]:
    """Return where a design names one of these pictures."""
    both = (("background", data["background"]), ("elements", data["elements"]))
    return [
        f"{part}.{place}.file" for part, items in both for place, item in enumerate(items) if item.get("file") in files
    ]


def _layer(size: str, elements: Sequence[Layer]) -> Layer:
    width, height = SIZES[size]
    kept = [{name: value for name, value in element.items() if name not in UNDRAWN} for element in elements]
    return {"width": width, "height": height, "elements": kept}


def _slot(element: Mapping[str, Any], box: tuple[float, ...]) -> Slot:
    is_photo, is_logo = element["kind"] == "photo", element["kind"] == "logo"
    x, y, width, height = (round(side) for side in box)
    fit = element.get("fit", "contain" if is_logo else "cover")
    return Slot(
        x,
        y,
        max(width, 1),
        max(height, 1),
        shape=element.get("shape", "rounded" if element.get("radius") else "rect"),
        radius=round(element.get("radius", 0)),
        fit=fit,
        focus=tuple(element.get("focus", FACES if is_photo and fit == "cover" else MIDDLE)),
        rotate=element.get("rotate", 0),
        opacity=element.get("opacity", 1),
    )


def _box(element: Mapping[str, Any], size: str, *, with_photo: bool) -> tuple[float, float, float, float] | None:
    boxes = element["boxes"] if with_photo else {**element["boxes"], **element.get("bare", {})}
    box = boxes.get(size)
    return None if box is None else (box[0], box[1], box[2], box[3])


def _drawn(element: Layer, texts: Mapping[str, str]) -> Layer | None:
    """Return an element as the typesetter takes it: words filled in, colours with the element's opacity."""
    opacity: Any = element.get("opacity", 1)
    match element["kind"]:
        case "text":
            return _worded(element, texts, opacity)
        case "qr":
            code = (filled(str(element["text"]), texts) or "").encode(errors="ignore")[:LONGEST_CODE]
            words = code.decode(errors="ignore").strip()
            return {**element, "svg": qr.svg(words)} if words else None
        case kind if kind in PICTURES:
            return element
    return element | _faded(element, opacity)


def _worded(element: Mapping[str, Any], texts: Mapping[str, str], opacity: float) -> Layer:
    face = FACE | {
        name: element[name] for name in ("font", "weight", "style", "leading", "tracking") if name in element
    }
    face |= {"colour": element["colour"]} if "colour" in element else {}
    parts = [_filled(face | part, texts, opacity) for part in element["parts"]]
    found: Layer = {"smallest": 20, "largest": 120, **element, "parts": [part for part in parts if part["text"]]}
    across, _space, down = element.get("align", "left top").partition(" ")
    found["align"] = f"{across} {element.get('valign') or down or 'top'}"
    if plate := element.get("plate"):
        found["plate"] = {**plate, "colour": _through(plate["colour"], plate.get("opacity", 1) * opacity)}
    return found


def _filled(part: Mapping[str, Any], texts: Mapping[str, str], opacity: float) -> dict[str, Any]:
    """Put the words in; a text whose placeholders are all empty falls away, with its joint."""
    said = [part["text"]] if isinstance(part["text"], str) else part["text"]
    found = [text for text in (filled(one, texts) for one in said) if text is not None]
    return {**part, "text": part.get("join", " · ").join(found), "colour": _through(part["colour"], opacity)}


def _faded(element: Mapping[str, Any], opacity: float) -> Layer:
    names = [name for name in ("colour", "accent", "fill", "stroke") if element.get(name)]
    return {name: _through(element[name], opacity) for name in names}


def _through(colour: str, opacity: float) -> str:
    """Return a colour that lets so much of what is below show."""
    if opacity >= 1:
        return colour
    own = int(colour[7:9], 16) if len(colour) > len("#rrggbb") else 255
    return f"{colour[:7]}{round(own * opacity):02x}"
