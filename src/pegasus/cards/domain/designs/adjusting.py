"""What an employee adjusts of a template's looks: a colour out of its palette, a place within reach.

An adjustment is data of the card. `kept` is the one gate: what a template does not leave free falls away, so that
another template can be taken at any time. `adjusted` gives the design that is drawn, looked over and posted.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pegasus.cards.domain.designs.content import PLACEHOLDER
from pegasus.cards.domain.designs.design import FACE, Design
from pegasus.cards.domain.designs.rules import COLOUR

STEP, MOST_STEPS = 45, 5  # pixels of the card; so many each way
# Left, top, right, bottom: what no grid cuts off and no button of a story covers.
SAFE = {"portrait": (48, 135, 1032, 1215), "square": (48, 48, 1032, 1032), "story": (48, 250, 1032, 1670)}
DIRECTIONS = {"kiri": (-1, 0), "kanan": (1, 0), "atas": (0, -1), "bawah": (0, 1)}
SOLID = len("#rrggbb")
BOXES = ("boxes", "bare")
# What is read or looked at: nothing is moved onto it.
READ = ("text", "photo", "picture", "logo", "qr", "mark")

Adjustments = dict[str, dict[str, Any]]
Element = Mapping[str, Any]


@dataclass(frozen=True)
class Adjustable:
    """An element that a template leaves free in part. `colour` is empty where only its place is."""

    key: str
    holds: str
    name: str
    colour: str
    can_move: bool


def adjustable(design: Design) -> list[Adjustable]:
    """Return what an employee may adjust, in the order of the layers."""
    return [one for one, _element in _free(design)]


def free_element(design: Design, key: str) -> tuple[Adjustable, Element]:
    """Return one of what may be adjusted, with its element."""
    return next(pair for pair in _free(design) if pair[0].key == key)


def palette(design: Design, brand: Collection[str] = ()) -> tuple[str, ...]:
    """Return the template's own solid colours, then the office's, each once."""
    own = [colour for element in design.elements for colour in _colours(element)]
    ground = [colour for layer in design.background for colour in _colours(layer)]
    found = [colour.lower() for colour in (*own, *ground, *brand) if COLOUR.fullmatch(colour)]
    return tuple(dict.fromkeys(colour for colour in found if len(colour) == SOLID))


def kept(design: Design, given: object, *, colours: Collection[str] | None = None) -> Adjustments:
    """Return what of the given adjustments this design allows; without `colours` any colour is as good as another."""
    found: Adjustments = {}
    for one, element in _free(design):
        asked = given.get(one.key) if isinstance(given, Mapping) else None
        if not isinstance(asked, Mapping):
            continue
        choice: dict[str, Any] = {}
        if one.colour and _is_colour(asked.get("colour"), colours) and asked["colour"] != one.colour[:SOLID].lower():
            choice["colour"] = asked["colour"]
        if one.can_move and any(steps := _steps(design, element, asked.get("steps"))):
            choice["steps"] = steps
        if choice:
            found[one.key] = choice
    return found


def adjusted(design: Design, given: object) -> Design:
    """Return the design as it was adjusted; the same design where nothing was."""
    choices = kept(design, given)
    if not choices:
        return design
    keys = {id(element): one.key for one, element in _free(design)}
    elements = [_applied(design, element, choices.get(keys.get(id(element), ""), {})) for element in design.elements]
    return replace(design, elements=elements)


def moved(design: Design, given: Adjustments, key: str, direction: str) -> Adjustments:
    """Return the adjustments with one element moved one step further, or put back where the template has it."""
    before = given.get(key, {}).get("steps", [0, 0])
    across, down = DIRECTIONS.get(direction, (-before[0], -before[1]))
    after = {**given, key: {**given.get(key, {}), "steps": [before[0] + across, before[1] + down]}}
    return kept(design, after)


def _free(design: Design) -> Iterator[tuple[Adjustable, Element]]:
    for place, element in enumerate(design.elements):
        change = element.get("change", ())
        colour = _main_colour(element) if "colour" in change else ""
        can_move = "position" in change and any(any(_steps(design, element, way)) for way in DIRECTIONS.values())
        if (colour or can_move) and not element.get("hidden"):
            key = str(element.get("id") or f"{element['kind']}-{place}")
            yield Adjustable(key, _holds(element), element.get("name", ""), colour, can_move), element


def _holds(element: Element) -> str:
    """Return the placeholder a text is there for, or the kind of anything else."""
    names = [name for part in element.get("parts", ()) for name in PLACEHOLDER.findall(str(part["text"]))]
    return next((name for name in ("words", "name", "day", "source") if name in names), [*names, element["kind"]][0])


def _main_colour(element: Element) -> str:
    """Return the colour of a text's placeholder, or of the form itself; nothing where there is none."""
    if element["kind"] == "text":
        parts = element["parts"]
        main = next((part for part in parts if PLACEHOLDER.search(str(part["text"]))), parts[0] if parts else {})
        return _ink(element, main) if parts else ""
    return str(element.get(_painted(element)) or "")


def _painted(element: Element) -> str:
    match element["kind"]:
        case "rect" | "ellipse":
            return "fill" if element.get("fill") else "stroke"
        case "line":
            return "stroke"
    return "colour"


def _ink(element: Element, part: Element) -> str:
    return str(part.get("colour", element.get("colour", FACE["colour"])))


def _colours(piece: Element) -> Iterator[str]:
    """Return the colours of an element or of a layer of the ground."""
    for part in piece.get("parts", ()):
        yield _ink(piece, part)
    for name in ("colour", "accent", "fill", "stroke", "colours"):
        value = piece.get(name) or ()
        yield from (value,) if isinstance(value, str) else value


def _is_colour(asked: object, colours: Collection[str] | None) -> bool:
    if not isinstance(asked, str):
        return False
    return asked in colours if colours is not None else bool(COLOUR.fullmatch(asked)) and len(asked) == SOLID


def _steps(design: Design, element: Element, asked: object) -> list[int]:
    """Return how far an element is moved, in steps: no further than any of its sizes can follow."""
    if not isinstance(asked, Sequence) or isinstance(asked, str) or len(asked) != len(("across", "down")):
        return [0, 0]
    if any(isinstance(number, bool) or not isinstance(number, int) for number in asked):
        return [0, 0]
    wanted = [max(-MOST_STEPS, min(number, MOST_STEPS)) for number in asked]
    gone = [_walk(design, element, name, size, wanted)[1] for name in BOXES for size in element.get(name, {})]
    return [max((far[axis] for far in gone), key=abs, default=0) for axis in range(len(wanted))]


def _walk(
    design: Design, element: Element, name: str, size: str, steps: Sequence[int]
) -> tuple[list[float], list[int]]:
    """Go step by step, across and then down, while the way is free; return the box, and how many steps it took."""
    begin = element[name][size]
    if begin is None:
        return [], [0, 0]
    others = [box for box in _neighbours(design, element, name, size) if not _meet(begin, box)]
    box, gone = list(begin), [0, 0]
    for axis, number in enumerate(steps):
        for _step in range(abs(number)):
            fresh = _one_further(box, size, axis, 1 if number > 0 else -1)
            if fresh == box or any(_meet(fresh, other) for other in others):
                break
            box, gone[axis] = fresh, gone[axis] + (1 if number > 0 else -1)
    return box, gone


def _neighbours(design: Design, element: Element, name: str, size: str) -> Iterator[Sequence[float]]:
    """Return the boxes of what must stay readable beside an element; a photo is there only on cards with one."""
    for other in design.elements:
        is_shown = other["kind"] in READ and not other.get("hidden") and other is not element
        if is_shown and not (other["kind"] == "photo" and name == "bare"):
            boxes = other["boxes"] if name == "boxes" else {**other["boxes"], **other.get("bare", {})}
            if box := boxes.get(size):
                yield box


def _one_further(box: Sequence[float], size: str, axis: int, way: int) -> list[float]:
    """Return a box one step on; one that leaves the safe area goes no further out."""
    least, most = SAFE[size][axis], SAFE[size][axis + 2] - box[axis + 2]
    room = max(0.0, most - box[axis]) if way > 0 else max(0.0, box[axis] - least)
    fresh = list(box)
    fresh[axis] = box[axis] + way * min(STEP, room)
    return fresh


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(
        one[axis] < other[axis] + other[axis + 2] and other[axis] < one[axis] + one[axis + 2] for axis in (0, 1)
    )


def _applied(design: Design, element: Element, choice: Mapping[str, Any]) -> Element:
    found = _coloured(element, choice["colour"]) if "colour" in choice else dict(element)
    for name in BOXES if "steps" in choice else ():
        if name in element:
            walked = {size: _walk(design, element, name, size, choice["steps"])[0] for size in element[name]}
            found[name] = {size: box or None for size, box in walked.items()}
    return found


def _coloured(element: Element, colour: str) -> dict[str, Any]:
    """Paint what has the element's main colour; a clear colour stays as clear."""
    was = _main_colour(element)
    fresh = colour + was[SOLID:]
    if element["kind"] != "text":
        return {**element, _painted(element): fresh}
    parts = [{**part, "colour": fresh} if _ink(element, part) == was else part for part in element["parts"]]
    return {**element, "parts": parts}
