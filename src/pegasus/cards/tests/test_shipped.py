"""What every shipped template promises, in every size, with and without a photo."""

import json
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps, ImageStat

from pegasus.cards import render, samples, shelf
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import SIZES, Content, Design
from pegasus.cards.tests.builders import make_content
from pegasus.typeset import render as typeset

FOLDER = Path(render.__file__).parent / "designs"
GOLDEN = Path(__file__).parent / "golden"
KEYS = sorted(path.stem for path in FOLDER.glob("*.json"))
EVERY = list(product(KEYS, SIZES))
# What Instagram's grid leaves of a card: a 3:4 crop now, 1:1 before. A story keeps clear of the buttons.
SAFE = {"portrait": (34, 135, 1046, 1215), "square": (135, 0, 945, 1080), "story": (0, 250, 1080, 1670)}
# At 320 pixels, a chat's thumbnail, the words are still 9 pixels high. Hashtags are for the machine.
LEAST = {"{words}": 32, "{name}": 30, "{hashtags}": 20}
LONG_NAME = "Dr. Ir. Raden Ajeng Kusumaningtyas Hadiwidjojo, S.ST., M.Si."
DRIFT = 26


def shipped(key: str) -> Design:
    return designs.parse(json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8")))


def longest(photo: bytes = b"") -> Content:
    return make_content(
        words=f"{samples.LONGEST} Mulailah hari ini juga, Kawan."[:220],
        source="Raja Ali Haji, Gurindam Dua Belas",
        name=LONG_NAME,
        team="Neraca Wilayah dan Analisis Statistik",
        office="Badan Pusat Statistik Provinsi Bengkulu",
        photo=photo,
    )


def checkered() -> bytes:
    """A photo on which no text could be read."""
    tile = Image.new("L", (2, 2))
    tile.putdata([0, 255, 255, 0])
    out = BytesIO()
    tile.resize((900, 900), Image.Resampling.NEAREST).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def texts(design: Design, content: Content, size: str) -> list[dict[str, Any]]:
    layer = design.layer(content, size)["elements"]
    assert isinstance(layer, list)
    return [element for element in layer if element["kind"] == "text" and element["parts"]]


def test_there_are_twelve_and_each_has_its_place_on_the_shelf() -> None:
    assert len(KEYS) == 12
    assert sorted(shelf.PLACES) == KEYS
    assert all(place.occasion for place in shelf.PLACES.values() if place.group == "days")


@pytest.mark.parametrize(("key", "size"), EVERY)
def test_the_longest_words_fit_at_the_smallest_size(key: str, size: str) -> None:
    made = shipped(key)
    both = [*texts(made, longest(), size), *texts(made, longest(b"x"), size)]
    for element in {json.dumps(element): element for element in both}.values():
        _x, _y, width, height = element["box"]
        parts = [{**part, "size": part.get("size") or fixed(element, part)} for part in element["parts"]]
        # Room below for descenders, and to the right to see what leaves the box.
        plain = {**element, "parts": parts, "box": [40, 40, width, height], "align": "left top"}
        page = {"width": width + 80, "height": height + 240, "elements": [plain]}
        drawn = Image.open(BytesIO(typeset.png(render.CARD, page, files=render.MARK))).getchannel("A").getbbox()

        assert drawn is not None
        assert drawn[2] <= 40 + width + 2, (size, element["parts"])
        assert drawn[3] <= 40 + height + 14, (size, element["parts"])


def fixed(element: dict[str, Any], part: dict[str, Any]) -> float:
    return float(max(part.get("least", 0), element["smallest"] * part.get("scale", 1)))


@pytest.mark.parametrize(("key", "size"), EVERY)
def test_nothing_is_too_small_or_cut_by_the_grid(key: str, size: str) -> None:
    safe = SAFE[size]
    for content in (longest(), longest(b"x")):
        for element in texts(shipped(key), content, size):
            said = "".join(str(part["text"]) for part in element["parts"])
            kind = "{words}" if content.words in said else "{name}" if LONG_NAME in said else ""
            kind = "{hashtags}" if said == content.hashtags else kind
            x, y, width, height = element["box"]

            assert element["smallest"] >= LEAST.get(kind, 26)
            assert all(part.get("least", 26) >= 26 for part in element["parts"])
            if kind in {"{words}", "{name}"}:
                assert safe[0] <= x
                assert safe[1] <= y
                assert x + width <= safe[2]
                assert y + height <= safe[3]


@pytest.mark.slow
@pytest.mark.parametrize(("key", "size"), EVERY)
def test_text_stands_out_from_what_is_really_behind_it(key: str, size: str) -> None:
    for content in (longest(), longest(checkered())):
        behind = ground(shipped(key), content, size)
        for element in texts(shipped(key), content, size):
            x, y, width, height = element["box"]
            area = behind.crop((x, y, x + width, y + height)).resize((max(4, width // 16), max(4, height // 16)))
            for part in element["parts"]:
                least = min(contrast(part["colour"], pixel) for pixel in set(colours(area)))
                assert least >= 4.5, (size, bool(content.photo), part["text"], round(least, 2))


def ground(design: Design, content: Content, size: str) -> Image.Image:
    """The card without its texts: ground, photo and plates."""
    layer = design.layer(content, size)
    assert isinstance(layer["elements"], list)
    bare = designs.parse(
        {
            "name": design.name,
            "grain": design.grain,
            "background": design.background,
            "elements": [element for element in design.elements if element["kind"] in {"photo", "shape"}],
        }
    )
    return Image.open(BytesIO(render.jpeg(bare, content, size))).convert("RGB")


def colours(image: Image.Image) -> list[tuple[int, int, int]]:
    data = image.tobytes()
    return [(data[i], data[i + 1], data[i + 2]) for i in range(0, len(data), 3)]


def contrast(colour: str, behind: tuple[int, int, int]) -> float:
    one, other = sorted(
        (luminance((int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))), luminance(behind))
    )
    return (other + 0.05) / (one + 0.05)


def luminance(colour: tuple[int, int, int]) -> float:
    linear = [value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("key", "size"), EVERY)
@pytest.mark.parametrize("sample", samples.WORDS)
def test_every_sample_is_drawn(key: str, size: str, sample: str) -> None:
    words, source = samples.WORDS[sample]

    svg = render.text_svg(shipped(key), make_content(words=words, source=source), size)

    assert svg.count("<use") > len(words) / 2


def somebody() -> bytes:
    """A drawn person, so that a picture shows where a face comes to stand."""
    image = Image.new("RGB", (600, 780), "#93a7a6")
    pen = ImageDraw.Draw(image)
    pen.ellipse((110, 450, 490, 980), fill="#28466e")
    pen.rounded_rectangle((255, 380, 345, 500), 30, fill="#be8c6e")
    pen.ellipse((200, 160, 400, 430), fill="#cd9b7a")
    pen.chord((185, 140, 415, 390), 180, 360, fill="#2d201c")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def proof(design: Design) -> Image.Image:
    """A template's three sizes, and the first of them with a photo, side by side and small."""
    drawn = [
        render.jpeg(design, make_content(photo=somebody() if photo else b""), size)
        for size, photo in [*((size, False) for size in SIZES), ("portrait", True)]
    ]
    sheet = Image.new("RGB", (4 * 216, 384), "#808080")
    for place, data in enumerate(drawn):
        with Image.open(BytesIO(data)) as card:
            sheet.paste(card.resize((216, card.height // 5), Image.Resampling.LANCZOS), (place * 216, 0))
    return sheet


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_a_template_looks_as_it_did(key: str) -> None:
    path, drawn = GOLDEN / f"{key}.png", proof(shipped(key))
    if not path.exists():  # a new template, or one whose picture was deleted because it changed
        path.parent.mkdir(exist_ok=True)
        # Few shades make a small file; their middle is at most 8 away from what was drawn.
        ImageOps.posterize(drawn, 4).point(lambda value: value + 8).save(path, optimize=True)
        pytest.fail(f"{path.name} is new: look at it, then commit it")

    with Image.open(path) as known:
        far = ImageChops.difference(drawn, known.convert("RGB")).filter(ImageFilter.BoxBlur(2))

    assert max(high for _low, high in ImageStat.Stat(far).extrema) <= DRIFT
