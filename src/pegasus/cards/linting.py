"""Look a card over before it goes out: measure what the one renderer draws, and hand the facts to the rules.

Measured at the width of a chat's thumbnail. Every text is drawn once more in a colour that is its number, so that each
pixel of ink is known to belong to it; beneath it lie ground, photo and forms as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from PIL import Image, ImageChops, ImageColor

from pegasus.archive.models import Record
from pegasus.cards import queries, render, uploads
from pegasus.cards.birthdays.celebrated import celebration_of
from pegasus.cards.domain import likeness, lint, wording
from pegasus.cards.domain.designs import SIZES, Content, Design
from pegasus.cards.domain.lint import Facts, Finding, Photo, Text
from pegasus.cards.domain.standing import Standing
from pegasus.cards.models import Card, CardTemplate
from pegasus.typeset import glyphs
from pegasus.typeset.render import png

SCALE = lint.WIDTH / lint.THUMBNAIL
PPI = 72 / SCALE
STEP, NEAR, SOLID, BAR, BAR_SCALE = 8, 3, 110, 16, 4
MOST_TEXTS = 255 // STEP
# A tenth of a text's ink may stand worse than the number told: single pixels of a photo decide nothing.
SHARE = 10
BOLD = 700
CLEAR = "#00000000"

Layer = dict[str, Any]
Pixel = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """What was found on a card, and the template that would mend what a template can mend."""

    findings: Sequence[Finding]
    template: CardTemplate | None = None
    is_recoloured: bool = False


def look(
    card: Card, *, templates: Iterable[CardTemplate] = (), is_quoted: bool = False, photo: bytes | None = None
) -> Look:
    """Look a card over as it stands, saved or not, with its own photo or the given one.

    `templates` may be used instead of its own. A quotation without a source may be known to be one.
    """
    if card.upload_id:
        return Look(lint.findings(facts_of(card)))
    content = queries.content_of(card, photo=photo)
    found = lint.findings(facts_of(card, content, is_quoted=is_quoted))
    wanted = {finding.kind for finding in found if "template" in finding.mends}
    others = [template for template in templates if template.pk != card.template_id]
    is_recoloured = any("colour" in choice for choice in card.adjustments.values())
    return Look(found, _mending(others, content, wanted) if wanted else None, is_recoloured)


def facts_of(card: Card, content: Content | None = None, *, is_quoted: bool = False) -> Facts:
    """Return all that can be known about a card."""
    if card.upload_id and card.upload:
        return _facts_of_upload(card, card.upload)
    content = content or queries.content_of(card)
    greeted = celebration_of(card.task)
    writer = greeted.person if greeted else card.holder
    design = queries.design_for(card) if card.template else None
    return Facts(
        words=card.words,
        source=card.source,
        is_quoted=is_quoted,
        name=card.name,
        staff_name=writer.name if writer else "",
        missing=glyphs.missing(card.words + card.source),
        used=None if greeted else _used(card, card.words),  # a wish may be said to everybody
        texts=texts(design, content) if design and content.words.strip() else (),
        photo=photo_in(design, content) if design else None,
    )


def _facts_of_upload(card: Card, upload: Record) -> Facts:
    """Return what can be known about a flat picture; its words are those that the person read from it."""
    row = queries.finished_of(card)
    how = queries.standing_of(row) if row else Standing()
    return Facts(
        words=card.words,
        source=card.source,
        alt_text=card.alt_text,
        used=None if celebration_of(card.task) else _used(card, card.words.strip() or card.alt_text),
        upload=uploads.measured(upload, how, is_placed=bool(row and row.placings)),
    )


def _used(card: Card, said: str) -> dict[str, object] | None:
    found = queries.similar_used(card.office, said, but=card)
    if not found:
        return None
    used = found[0]
    near = "" if used.kind == likeness.SAME else " ".join(used.words.split())
    return {"name": used.name, "when": date_format(used.shown_on, "j F Y"), "near": near, "card": used.card}


def texts(design: Design, content: Content) -> list[Text]:
    """Return every text of a card in every size, as drawn."""
    short = replace(content, words=content.words[: wording.LONGEST * 2])
    return [text for size in SIZES for text in measured(design, short, size)]


def photo_in(design: Design, content: Content, size: str = "portrait") -> Photo | None:
    """Return the photo with its place, if the design has one."""
    slot = design.slot(size)
    if not content.photo or slot is None:
        return None
    width, height = _size(content.photo)
    return Photo(width, height, (slot.x, slot.y, slot.x + slot.width, slot.y + slot.height))


@lru_cache(maxsize=24)
def measured(design: Design, content: Content, size: str) -> tuple[Text, ...]:
    """Draw one size small and read from it how large its texts are, where they lie and how they stand out."""
    layer: Layer = _with_roles(design).layer(content, size)
    elements = [element for element in layer["elements"] if element["kind"] == "text" and element["parts"]]
    numbered, parts = _numbered(elements)
    with Image.open(BytesIO(_drawn({**layer, "elements": numbered, "measure": True}))) as image:
        drawn = image.convert("RGBA")
    width, height = lint.THUMBNAIL, round(SIZES[size][1] / SCALE)
    ids = _ids(drawn.crop((0, 0, width, height)))
    pixels = _pixels(ids, ground(design, content, size))
    sizes = [_bar(drawn, height, place) for place in range(len(elements))]
    return tuple(
        _text(part, element, sizes[elements.index(element)], ids, number, pixels.get(number, []), size)
        for number, (element, part) in enumerate(parts, start=1)
    )


def _mending(templates: Sequence[CardTemplate], content: Content, kinds: set[str]) -> CardTemplate | None:
    """Return the first template on which none of the findings that a template makes would stand."""
    for template in templates:
        design = queries.design_of(template)
        found = lint.of_looks(texts(design, content), photo_in(design, content))
        if kinds.isdisjoint(finding.kind for finding in found):
            return template
    return None


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


def _numbered(elements: Sequence[Layer]) -> tuple[list[Layer], list[tuple[Layer, Layer]]]:
    """Give every text a colour that is its number, and nothing behind it."""
    numbered, parts = [], []
    for element in elements:
        marked = []
        for part in element["parts"]:
            parts.append((element, part))
            red = min(len(parts), MOST_TEXTS) * STEP
            marked.append({**part, "colour": f"#{red:02x}0000"})
        plain = {key: value for key, value in element.items() if key != "plate"}
        numbered.append({**plain, "parts": marked})
    return numbered, parts


def _drawn(layer: Layer) -> bytes:
    return png(render.CARD, layer, files=render.MARK, ppi=PPI)


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


@lru_cache(maxsize=12)
def _beneath(design: Design, content: Content, size: str) -> Image.Image:
    small = (lint.THUMBNAIL, round(SIZES[size][1] / SCALE))
    return render.composed(design, content, size).resize(small, Image.Resampling.BOX)


def _without_ink(element: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an element without its words: of a text only the plate stays."""
    if element["kind"] != "text":
        return element
    return {**element, "parts": [{**part, "colour": CLEAR} for part in element["parts"]]}


def _pixels(ids: Image.Image, ground: Image.Image) -> dict[int, list[Pixel]]:
    """Return what lies under each text, at every second pixel of every second row."""
    half = (ids.width // 2, ids.height // 2)
    numbers = ids.resize(half, Image.Resampling.NEAREST).tobytes()
    colours = ground.convert("RGB").resize(half, Image.Resampling.NEAREST).tobytes()
    found: dict[int, list[Pixel]] = {}
    for place, number in enumerate(numbers):
        if number:
            at = place * 3
            found.setdefault(number, []).append((colours[at], colours[at + 1], colours[at + 2]))
    return found


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
    cover = alpha / 255
    ink = (red, green, blue)
    every = max(1, len(under) // 400)
    ratios = []
    for pixel in under[::every]:
        seen = [over * cover + below * (1 - cover) for over, below in zip(ink, pixel, strict=True)]
        ratios.append(lint.contrast(lint.luminance(*seen), lint.luminance(*pixel)))
    ratios.sort()
    return round(ratios[len(ratios) // SHARE], 2)


def _size(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(data)) as image:
        return image.size
