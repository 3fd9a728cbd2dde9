"""Measure what the one renderer draws: how large texts became, where their ink lies, how they stand out.

Measured at the width of a chat's thumbnail. Every text is drawn once more in a colour that is its number, so that each
pixel of ink is known to belong to it; beneath it lie ground, photo and forms as they are. What was measured is kept by
a digest of all it depends on.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from json import dumps
from operator import getitem
from threading import Lock
from typing import Any, Generic, TypeVar

from PIL import Image, ImageChops, ImageColor

from pegasus.cards import covering, photos, render
from pegasus.cards.domain import lint
from pegasus.cards.domain.designs import SIZES, Content, Design, Placed
from pegasus.cards.domain.lint import Text
from pegasus.typeset.render import png

SCALE = lint.WIDTH / lint.THUMBNAIL
PPI = 72 / SCALE
STEP, NEAR, SOLID, BAR, BAR_SCALE = 8, 3, 110, 16, 4
MOST_TEXTS = 255 // STEP
# A tenth of a text's ink may stand worse than the number told: single pixels of a photo decide nothing.
SHARE, SAMPLES = 10, 400
BOLD = 700
CLEAR = "#00000000"
# What each value of red, green and blue adds to a pixel's luminance.
BANDS = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
LIGHT = tuple(tuple(lint.luminance(*[value * one for one in band]) for value in range(256)) for band in BANDS)

Layer = dict[str, Any]
Pixel = tuple[int, int, int]
Found = TypeVar("Found")


class Recent(Generic[Found]):
    """What was found lately, by key; the photo and the words themselves are not kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: OrderedDict[str, Found] = OrderedDict()
        self._lock = Lock()

    def of(self, key: str, find: Callable[[], Found]) -> Found:
        """Return what is known, or find it; two at once may both find it."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = find()
        with self._lock:
            self._found[key] = found
            while len(self._found) > self.most:
                self._found.popitem(last=False)
        return found


_TEXTS: Recent[tuple[Text, ...]] = Recent(600)
_GROUNDS: Recent[Image.Image] = Recent(48)


def measured(design: Design, content: Content, size: str) -> tuple[Text, ...]:
    """Return every text of one size as it was drawn."""
    return _TEXTS.of(_key(design, content, size), lambda: _measured(design, content, size))


def _key(design: Design, content: Content, size: str) -> str:
    # A photo's hash is worked out once for all sizes; it holds within this process, as what is kept does.
    photo = [len(content.photo), hash(content.photo)]
    return sha256(dumps([design.key, content.texts(), photo, size]).encode()).hexdigest()


def _measured(design: Design, content: Content, size: str) -> tuple[Text, ...]:
    """Draw one size small and read it."""
    layer: Layer = _with_roles(design).layer(content, size)
    elements = [element for element in layer["elements"] if element["kind"] == "text" and element["parts"]]
    numbered, parts = _numbered(elements)
    with Image.open(BytesIO(_drawn(design, {**layer, "elements": numbered, "measure": True}))) as image:
        drawn = image.convert("RGBA")
    width, height = lint.THUMBNAIL, round(SIZES[size][1] / SCALE)
    ids = _ids(drawn.crop((0, 0, width, height)))
    numbers, colours = _halved(ids), _halved(ground(design, content, size))
    sizes = [_bar(drawn, height, place) for place in range(len(elements))]
    found = [
        _text(part, element, sizes[elements.index(element)], ids, number, _under(numbers, colours, number), size)
        for number, (element, part) in enumerate(parts, start=1)
    ]
    strata = design.strata(content, size)
    if not covering.may_cover(strata, [text.ink for text in found if text.ink]):
        return tuple(found)
    shares = _hidden(ids, _ids(_piled(design, strata, content, ids.size)))
    return tuple(replace(text, hidden=shares[number]) for number, text in enumerate(found, start=1))


def _piled(design: Design, strata: Sequence[Layer | Placed], content: Content, room: tuple[int, int]) -> Image.Image:
    """Draw the numbered texts with all that covers them, each where it lies in the pile."""
    card, done = Image.new("RGBA", room), 0
    for stratum in strata:
        if isinstance(stratum, Placed):
            if not covering.is_veil(stratum.slot):
                picture = stratum.picture.read() if stratum.picture else content.photo
                photos.put(card, picture, stratum.slot.scaled(1 / SCALE))
            continue
        texts = [element for element in stratum["elements"] if covering.is_text(element) and element["parts"]]
        numbered, parts = _numbered(texts, after=done)
        done += len(parts)
        marked = iter(numbered)
        pile = [
            next(marked) if element in texts else element
            for element in stratum["elements"]
            if element in texts or not (covering.is_text(element) or covering.is_veil(element))
        ]
        with Image.open(BytesIO(_drawn(design, {**stratum, "elements": pile}))) as image:
            card.alpha_composite(image.convert("RGBA").crop((0, 0, *room)))
    return card


def _hidden(ids: Image.Image, left: Image.Image) -> list[float]:
    """Return for each number which share of its ink is no longer its own."""
    every = ids.histogram()
    gone = ids.histogram(ImageChops.difference(ids, left).point([0] + [255] * 255))
    return [lost / whole if whole else 0.0 for lost, whole in zip(gone, every, strict=True)]


def _with_roles(design: Design) -> Design:
    """Return the design with a word on each text about what it holds; it is drawn as before."""
    elements = [
        {**element, "parts": [{**part, "role": _role(part)} for part in element["parts"]]}
        if element["kind"] == "text"
        else element
        for element in design.elements
    ]
    return replace(design, elements=elements)


def _role(part: Mapping[str, Any]) -> str:
    text = str(part["text"])
    return next((role for role in ("words", "name", "source") if f"{{{role}}}" in text), "other")


def _numbered(elements: Sequence[Layer], after: int = 0) -> tuple[list[Layer], list[tuple[Layer, Layer]]]:
    """Give every text a colour that is its number (counted on from `after`), and nothing behind it."""
    numbered, parts = [], []
    for element in elements:
        marked = []
        for part in element["parts"]:
            parts.append((element, part))
            red = min(after + len(parts), MOST_TEXTS) * STEP
            marked.append({**part, "colour": f"#{red:02x}0000"})
        plain = {key: value for key, value in element.items() if key != "plate"}
        numbered.append({**plain, "parts": marked})
    return numbered, parts


def _drawn(design: Design, layer: Layer) -> bytes:
    return png(render.CARD, layer, files=render.MARK, ppi=PPI, fonts=design.folders())


def _ids(drawn: Image.Image) -> Image.Image:
    """Return for each pixel the number of the text whose ink it is; emoji and thin edges are nobody's."""
    red, green, blue, alpha = drawn.split()
    number = red.point([_nearest(value) for value in range(256)])
    for band, table in ((green, _below(NEAR)), (blue, _below(NEAR)), (alpha, _from(SOLID))):
        number = ImageChops.darker(number, band.point(table))
    return number


def _nearest(value: int) -> int:
    number = round(value / STEP)
    return number if abs(value - number * STEP) < NEAR else 0


def _below(most: int) -> list[int]:
    return [255 if value <= most else 0 for value in range(256)]


def _from(least: int) -> list[int]:
    return [255 if value >= least else 0 for value in range(256)]


def ground(design: Design, content: Content, size: str) -> Image.Image:
    """Return everything that lies behind the words; without plates it depends on nothing that is typed."""
    seen = [_without_ink(element) for element in design.elements if element["kind"] != "text" or element.get("plate")]
    if not any(element["kind"] == "text" for element in seen):
        content = replace(content, words="", source="")
    return _beneath(replace(design, elements=seen), content, size)


def _beneath(design: Design, content: Content, size: str) -> Image.Image:
    key = _key(design, content, size)
    return _GROUNDS.of(key, lambda: render.reduced(design, content, size, width=lint.THUMBNAIL))


def _without_ink(element: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an element without its words: of a text only the plate stays."""
    if element["kind"] != "text":
        return element
    return {**element, "parts": [{**part, "colour": CLEAR} for part in element["parts"]]}


def _under(numbers: bytes, colours: bytes, number: int) -> list[Pixel]:
    """Return what lies under a text, at some hundreds of its pixels."""
    places = [match.start() * 3 for match in re.finditer(re.escape(bytes((number,))), numbers)]
    every = max(1, len(places) // SAMPLES)
    return [(colours[at], colours[at + 1], colours[at + 2]) for at in places[::every]]


def _halved(image: Image.Image) -> bytes:
    """Return every second pixel of every second row."""
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.NEAREST).tobytes()


def _bar(drawn: Image.Image, height: int, place: int) -> float:
    """Read the size of a text from its bar below the card."""
    row = height + int((place + 0.5) * BAR / SCALE)
    line = drawn.getchannel("A").crop((0, row, drawn.width, row + 1))
    return sum(line.tobytes()) / 255 * SCALE / BAR_SCALE


def _text(
    part: Layer, element: Layer, fitted: float, ids: Image.Image, number: int, under: list[Pixel], size: str
) -> Text:
    drawn = part.get("size") or max(part.get("least", 0), fitted * part.get("scale", 1))
    smallest = part.get("size") or max(part.get("least", 0), element["smallest"] * part.get("scale", 1))
    box = ids.point([255 if value == number else 0 for value in range(256)]).getbbox()
    return Text(
        role=part["role"],
        card=size,
        size=round(drawn, 1),
        smallest=smallest,
        is_bold=part.get("weight", 400) >= BOLD,
        contrast=_contrast(part, under),
        ink=(box[0] * SCALE, box[1] * SCALE, box[2] * SCALE, box[3] * SCALE) if box else None,
    )


def _contrast(part: Layer, under: list[Pixel]) -> float | None:
    """Return the contrast of a text with what lies under it: what nine tenths of its ink have at least."""
    if not under:
        return None
    red, green, blue, alpha = ImageColor.getcolor(part["colour"], "RGBA")  # type: ignore[misc] # RGBA: always four
    ink, cover = (red, green, blue), alpha / 255
    over = lint.luminance(*ink)
    ratios = sorted(
        lint.contrast(over if cover == 1 else _through(ink, cover, pixel), sum(map(getitem, LIGHT, pixel)))
        for pixel in under
    )
    return round(ratios[len(ratios) // SHARE], 2)


def _through(ink: Pixel, cover: float, pixel: Pixel) -> float:
    """Return how light a translucent ink is over a pixel."""
    return lint.luminance(*[over * cover + below * (1 - cover) for over, below in zip(ink, pixel, strict=True)])
