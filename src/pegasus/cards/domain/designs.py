"""A card's design as data: what stands where in each size, and what an employee may change.

Positions count from the top left, in pixels. A text part names its content by placeholders such as `{words}`;
a design with an unknown placeholder cannot be built.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Any

SIZES = {"portrait": (1080, 1350), "square": (1080, 1080), "story": (1080, 1920)}
SIZE_WORDS = {"portrait": "potret", "square": "persegi", "story": "story"}
PLACEHOLDERS = ("words", "source", "name", "team", "day", "office", "hashtags")
KINDS = ("text", "shape", "mark", "photo")
SHAPES = ("circle", "rounded", "arch", "rect")
CHANGEABLE = ("words", "source", "photo")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def day_in_words(day: date) -> str:
    """Return `30 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class DesignInvalid(ValueError):
    """The data is no design; the text says what is wrong with it."""


class UnknownPlaceholder(DesignInvalid):
    """A text asks for something that no card has."""


@dataclass(frozen=True)
class Content:
    """What one card says. `photo` is a picture that passed the gate, or nothing."""

    words: str
    name: str
    day: date
    source: str = ""
    team: str = ""
    office: str = ""
    hashtags: str = ""
    photo: bytes = field(default=b"", repr=False)

    def texts(self) -> dict[str, str]:
        """The texts by placeholder."""
        return {
            "words": self.words.strip(),
            "source": self.source.strip(),
            "name": self.name,
            "team": self.team,
            "day": full_date(self.day),
            "office": self.office,
            "hashtags": self.hashtags,
        }


@dataclass(frozen=True)
class Slot:
    """Where the photo goes."""

    x: int
    y: int
    width: int
    height: int
    shape: str
    radius: int


@dataclass(frozen=True, eq=False)
class Design:
    """A design that was checked. Equal designs are one key, so that what was drawn can be kept."""

    name: str
    background: Sequence[Mapping[str, Any]]
    grain: int
    elements: Sequence[Mapping[str, Any]]
    changeable: frozenset[str]

    @property
    def key(self) -> str:
        """A digest of the whole design."""
        whole = [self.name, self.grain, list(self.background), list(self.elements)]
        return sha256(dumps(whole, sort_keys=True).encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Design) and other.key == self.key

    def layer(self, content: Content, size: str) -> dict[str, object]:
        """Return the text layer's data for the typesetter: this card's words in their boxes."""
        width, height = SIZES[size]
        elements = []
        for element in self.elements:
            box = _box(element, size, with_photo=bool(content.photo))
            if box is None or element["kind"] == "photo":
                continue
            filled: dict[str, object] = {**element, "box": box}
            if element["kind"] == "text":
                parts = [_filled(part, content.texts()) for part in element["parts"]]
                filled["parts"] = [part for part in parts if part["text"]]
            elements.append({key: value for key, value in filled.items() if key not in {"boxes", "bare"}})
        return {"width": width, "height": height, "elements": elements}

    def slot(self, size: str) -> Slot | None:
        """Return where a photo goes in a size, if the design has a place for it."""
        for element in self.elements:
            if element["kind"] == "photo" and (box := _box(element, size, with_photo=True)):
                return Slot(*box, shape=element["shape"], radius=element.get("radius", 0))
        return None

    def backdrop(self, size: str, *, with_photo: bool) -> dict[str, object]:
        """Return the background's data; layers may be meant for cards with or without a photo alone."""
        width, height = SIZES[size]
        unwanted = "bare" if with_photo else "photo"
        layers = [layer for layer in self.background if layer.get("only") != unwanted]
        placed = [{**layer, **layer.get("at", {}).get(size, {})} for layer in layers]
        return {"width": width, "height": height, "layers": placed}


def parse(data: Mapping[str, Any]) -> Design:
    """Return the design that the data describes, or raise DesignInvalid."""
    try:
        elements = [_checked(element) for element in data["elements"]]
        changeable = frozenset(change for element in elements for change in element.get("change", ()))
        return Design(data["name"], data["background"], int(data.get("grain", 0)), elements, changeable)
    except (KeyError, TypeError, AttributeError) as error:
        raise DesignInvalid(f"the design lacks {error}") from error


def full_date(day: date) -> str:
    """Return a date as people say it: `Senin, 30 November 2026`."""
    return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _checked(element: Mapping[str, Any]) -> Mapping[str, Any]:
    if element["kind"] not in KINDS:
        raise DesignInvalid(f"no element is called {element['kind']!r}")
    for boxes in (element["boxes"], element.get("bare", {})):
        for size, box in boxes.items():
            _check_box(size, box)
    for part in element.get("parts", ()):
        for text in _texts(part):
            for name in _PLACEHOLDER.findall(text):
                if name not in PLACEHOLDERS:
                    raise UnknownPlaceholder(f"no card has {name!r}; known are {', '.join(PLACEHOLDERS)}")
    if unknown := set(element.get("change", ())) - set(CHANGEABLE):
        raise DesignInvalid(f"nobody can change {sorted(unknown)}")
    if element["kind"] == "photo" and element["shape"] not in SHAPES:
        raise DesignInvalid(f"no shape is called {element['shape']!r}")
    return element


def _check_box(size: str, box: Sequence[int] | None) -> None:
    if size not in SIZES:
        raise DesignInvalid(f"no size is called {size!r}")
    if box is None:
        return
    x, y, width, height = box
    most = SIZES[size]
    if width <= 0 or height <= 0 or x < 0 or y < 0 or x + width > most[0] or y + height > most[1]:
        raise DesignInvalid(f"the box {list(box)} leaves the {size} card")


def _box(element: Mapping[str, Any], size: str, *, with_photo: bool) -> tuple[int, int, int, int] | None:
    boxes = element["boxes"] if with_photo else {**element["boxes"], **element.get("bare", {})}
    box = boxes.get(size)
    return None if box is None else (box[0], box[1], box[2], box[3])


def _texts(part: Mapping[str, Any]) -> list[str]:
    text = part["text"]
    return [text] if isinstance(text, str) else list(text)


def _filled(part: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Put the words in; a text whose placeholders are all empty falls away, with its joint."""
    found = []
    for text in _texts(part):
        names = _PLACEHOLDER.findall(text)
        if names and not any(texts[name] for name in names):
            continue
        # One pass: words that look like a placeholder themselves stay words.
        found.append(_PLACEHOLDER.sub(lambda match: texts[match[1]], text))
    return {**part, "text": part.get("join", " · ").join(found)}
