import json
import random
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from pegasus.cards import render, samples
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import SIZES, Content, Design, DesignInvalid, Kept, UnknownPlaceholder
from pegasus.cards.tests.builders import make_content, photo
from pegasus.typeset import render as typeset

FOLDER = Path(render.__file__).parent / "designs"
KEYS = sorted(path.stem for path in FOLDER.glob("*.json"))
WORDY = {"font": "Plus Jakarta Sans", "colour": "#000000", "text": "{words}"}


def shipped(key: str) -> Design:
    return designs.parse(json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8")))


def design(*elements: dict[str, Any], background: tuple[dict[str, Any], ...] = ()) -> Design:
    return designs.parse({"name": "Uji", "background": list(background), "elements": list(elements)})


def text_element(box: list[int], **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any property of an element
    part = WORDY | given.pop("part", {})
    plain = {"kind": "text", "smallest": 20, "largest": 120, "boxes": {"square": box}, "parts": [part]}
    return plain | given


def pixels(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg)).convert("RGB")


def as_text(image: Image.Image, columns: int, rows: int) -> str:
    letters = {(255, 0, 0): "R", (0, 0, 255): "B", (255, 255, 255): "."}

    def letter(x: int, y: int) -> str:
        place = (int((x + 0.5) * image.width / columns), int((y + 0.5) * image.height / rows))
        found = image.getpixel(place)
        assert isinstance(found, tuple)
        nearest = min(letters, key=lambda known: sum(abs(a - b) for a, b in zip(known, found, strict=True)))
        return letters[nearest]

    return "\n".join("".join(letter(x, y) for x in range(columns)) for y in range(rows))


def ink(design: Design, content: Content, size: str) -> tuple[int, int, int, int] | None:
    layer = Image.open(BytesIO(typeset.png(render.CARD, design.layer(content, size), files=render.MARK)))
    return layer.getchannel("A").getbbox()


def test_shapes_stand_where_the_data_says() -> None:
    card = design(
        {"kind": "shape", "colour": "#ff0000", "boxes": {"square": [216, 0, 216, 540]}},
        {"kind": "shape", "colour": "#0000ff", "boxes": {"square": [864, 540, 216, 540]}},
    )

    assert as_text(pixels(render.jpeg(card, make_content(), "square")), 5, 2) == ".R...\n....B"


def test_a_photo_fills_its_slot_and_no_more() -> None:
    slot = {"kind": "photo", "shape": "rect", "boxes": {"square": [216, 216, 432, 432]}}

    card = render.jpeg(design(slot), make_content(photo=photo("blue")), "square")

    assert as_text(pixels(card), 5, 5) == ".....\n.BB..\n.BB..\n.....\n....."


@pytest.mark.parametrize("shape", ["circle", "arch", "rounded"])
def test_a_shaped_photo_leaves_its_corners_free(shape: str) -> None:
    slot = {"kind": "photo", "shape": shape, "radius": 200, "boxes": {"square": [0, 0, 1080, 1080]}}

    card = pixels(render.jpeg(design(slot), make_content(photo=photo("red", (900, 900))), "square"))

    corner = card.getpixel((4, 4))
    centre = card.getpixel((540, 540))
    assert isinstance(corner, tuple)
    assert isinstance(centre, tuple)
    assert min(corner) > 240
    assert centre[1] < 20


@pytest.mark.parametrize("words", ["Satu", "kata " * 40, "x" * 34, "Baris satu\nbaris dua\nbaris tiga\nbaris empat"])
def test_text_stays_in_its_box(words: str) -> None:
    found = ink(design(text_element([100, 200, 700, 500])), make_content(words=words), "square")

    assert found is not None
    left, top, right, bottom = found
    assert left >= 98
    assert top >= 190  # accents and brackets rise above capitals
    assert right <= 802
    assert bottom <= 730  # descenders hang below the line


def test_short_words_are_large_and_long_words_small() -> None:
    card = design(text_element([100, 200, 880, 300]))

    assert lines(card, "Satu")[0][0] > 1.5 * lines(card, "Satu " * 40)[0][0]


def test_a_word_with_a_hyphen_is_not_broken() -> None:
    card = design(text_element([100, 200, 640, 600], part={"size": 80}))

    whole = lines(card, "Semoga lama-lama")

    assert whole == lines(card, "Semoga\nlama-lama")
    assert whole != lines(card, "Semoga lama-\nlama")


def lines(card: Design, words: str) -> list[tuple[int, int]]:
    """The inked lines: how high and how wide."""
    layer = typeset.png(render.CARD, card.layer(make_content(words=words), "square"), files=render.MARK)
    alpha = Image.open(BytesIO(layer)).getchannel("A")
    found, run = [], 0
    for y in range(alpha.height):
        if alpha.crop((0, y, alpha.width, y + 1)).getbbox():
            run += 1
        elif run:
            box = alpha.crop((0, y - run, alpha.width, y)).getbbox() or (0, 0, 0, 0)
            found.append((run, box[2] - box[0]))
            run = 0
    return found


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("size", SIZES)
def test_no_shipped_card_has_words_at_its_edges(key: str, size: str) -> None:
    content = make_content(
        words=samples.LONGEST,
        name="Raden Ajeng Kusumaningtyas Hadiwidjojo Prabandari",
        team="Neraca Wilayah dan Analisis Statistik Lintas Sektor",
        office="Badan Pusat Statistik Provinsi Bengkulu",
    )

    found = ink(shipped(key), content, size)

    assert found is not None
    width, height = SIZES[size]
    assert found[0] >= 40
    assert found[2] <= width - 40
    assert found[1] >= (220 if size == "story" else 40)
    assert found[3] <= height - (220 if size == "story" else 40)


@pytest.mark.parametrize("size", SIZES)
def test_a_card_has_its_size(size: str) -> None:
    card = Image.open(BytesIO(render.jpeg(shipped("lembar-pagi"), make_content(), size)))

    assert (card.size, card.mode, card.format) == (SIZES[size], "RGB", "JPEG")
    assert card.info["icc_profile"]


def test_the_same_card_has_the_same_bytes() -> None:
    content = make_content(photo=photo())

    assert render.jpeg(shipped("lembar-pagi"), content, "square") == render.jpeg(
        shipped("lembar-pagi"), content, "square"
    )


def test_what_is_previewed_is_what_is_posted(tmp_path: Path) -> None:
    chance = random.Random(330)  # noqa: S311 - a fixed sequence
    said = [
        "Mulai saja.",
        "Kerja keras 💪🏽, kerja cerdas!",
        samples.LONGEST,
        "Yang kurik itu kundi,\nyang merah itu saga.",
    ]
    shown = tmp_path / "shown.typ"
    shown.write_text(
        '#let d = json("/data.json")\n#set page(width: d.w * 1pt, height: d.h * 1pt, margin: 0pt, fill: none)\n'
        '#image("/files/layer.svg", width: d.w * 1pt, height: d.h * 1pt)'
    )

    for _ in range(6):
        made, size = shipped(chance.choice(KEYS)), chance.choice(list(SIZES))
        content = make_content(words=chance.choice(said), source=chance.choice(["", "Peribahasa"]))
        width, height = SIZES[size]
        svg = render.text_svg(made, content, size).encode()
        preview = typeset.png(shown, {"w": width, "h": height}, files={"layer.svg": svg})
        file = typeset.png(render.CARD, made.layer(content, size), files=render.MARK)
        assert visible_difference(preview, file) < 0.002


def everything(picture: int) -> dict[str, Any]:
    boxes = [[40, 40, 300, 200], [400, 40, 200, 200], [650, 60, 380, 40], [60, 300, 240, 240], [360, 320, 640, 240]]
    boxes += [[80, 640, 300, 300], [420, 640, 300, 200], [760, 640, 260, 260], [420, 900, 400, 60]]
    kinds: list[dict[str, Any]] = [
        {"kind": "rect", "fill": "#ffb08c", "stroke": "#16325c", "thickness": 8, "radius": 30, "rotate": 12},
        {"kind": "ellipse", "fill": None, "stroke": "#0b4f9e", "thickness": 12, "opacity": 0.5},
        {"kind": "line", "stroke": "#b83a14", "thickness": 9, "rotate": -20},
        {"kind": "qr", "text": "https://contoh.test/{name}"},
        text_element([0, 0, 1, 1], plate={"colour": "#dde5f0", "padding": 16, "radius": 12}, rotate=-5, opacity=0.9),
        {"kind": "picture", "file": picture, "shape": "arch", "radius": 20, "rotate": 9, "focus": [0.1, 0.9]},
        {"kind": "picture", "file": picture, "fit": "contain", "opacity": 0.6},
        {"kind": "photo", "shape": "circle", "rotate": 15},
        {"kind": "mark", "colour": "#16325c", "opacity": 0.4},
    ]
    elements = [{**kind, "boxes": {"square": box}} for kind, box in zip(kinds, boxes, strict=True)]
    return {"name": "Semua", "ordered": True, "background": [], "elements": elements}


def test_every_kind_of_element_is_previewed_as_it_is_posted(tmp_path: Path) -> None:
    shown = tmp_path / "shown.typ"
    shown.write_text(
        "#set page(width: 1080pt, height: 1080pt, margin: 0pt, fill: white)\n#image("
        '"/files/card.svg", width: 1080pt, height: 1080pt)'
    )
    out = BytesIO()
    Image.linear_gradient("L").resize((900, 600)).convert("RGB").save(out, "PNG")

    def address(data: bytes) -> str:
        return f"data:image;base64,{b64encode(data).decode()}".replace("image;", "image/png;")

    kept = Kept("1", 900, 600, address(out.getvalue()), out.getvalue)
    made = designs.parse(everything(7), pictures={7: kept})
    content = make_content(photo=photo("green"))
    photo_url = address(render.photo_cut(made, content.photo, "square")).replace("png", "jpeg")

    svg = render.preview_svg(made, content, "square", photo_url=photo_url)

    preview = typeset.png(shown, {}, files={"card.svg": svg.encode()})
    assert visible_difference(preview, render.jpeg(made, content, "square")) < 0.002


@pytest.mark.parametrize(("focus", "middle"), [([0, 0], (90, 90)), ([1, 1], (990, 990)), ([0.5, 0.5], (540, 540))])
@pytest.mark.parametrize("shape", [(600, 100), (100, 600)])
def test_a_picture_that_is_shown_whole_lies_where_its_focus_is(
    shape: tuple[int, int], focus: list[float], middle: tuple[int, int]
) -> None:
    slot = {
        "kind": "photo",
        "shape": "rect",
        "fit": "contain",
        "focus": focus,
        "boxes": {"square": [0, 0, 1080, 1080]},
    }
    made = designs.parse({"name": "A", "background": [], "elements": [slot]})
    place = (540, middle[1]) if shape[0] > shape[1] else (middle[0], 540)

    card = render.composed(made, make_content(photo=photo("red", shape)), "square")
    with Image.open(BytesIO(render.photo_cut(made, photo("red", shape), "square"))) as shown:
        preview = shown.convert("RGBA").getpixel(place)

    seen = card.getpixel(place)
    assert isinstance(seen, tuple)
    assert isinstance(preview, tuple)
    assert seen[0] > seen[1] + 200
    assert (preview[0] > 240, preview[3]) == (True, 255)


def test_hidden_elements_are_not_drawn() -> None:
    shape = {"kind": "rect", "fill": "#ff0000", "hidden": True, "boxes": {"square": [0, 0, 900, 900]}}

    assert ink(design(shape), make_content(), "square") is None


def test_elements_stand_over_and_under_the_photo_in_their_order() -> None:
    boxes = {"square": [0, 0, 540, 1080]}
    under = {"kind": "rect", "fill": "#ff0000", "boxes": {"square": [0, 0, 1080, 1080]}}
    slot = {"kind": "photo", "shape": "rect", "boxes": boxes}
    made = {"name": "A", "background": [], "elements": [under, slot]}

    ordered = render.jpeg(designs.parse(made | {"ordered": True}), make_content(photo=photo("blue")), "square")
    before = render.jpeg(designs.parse(made), make_content(photo=photo("blue")), "square")

    assert as_text(pixels(ordered), 2, 1) == "BR"
    assert as_text(pixels(before), 2, 1) == "RR"


def visible_difference(one: bytes, other: bytes) -> float:
    flat = []
    for data in (one, other):
        layer = Image.open(BytesIO(data)).convert("RGBA")
        ground = Image.new("RGBA", layer.size, (120, 120, 120, 255))
        flat.append(Image.alpha_composite(ground, layer).convert("L"))
    difference = ImageChops.difference(*flat).point(lambda value: 255 if value > 64 else 0)
    return sum(difference.histogram()[255:]) / (difference.width * difference.height)


def test_a_preview_names_ground_and_photo_and_escapes_what_people_typed() -> None:
    svg = render.preview_svg(
        shipped("biru-rafflesia"),
        make_content(words='"><script>alert(1)</script>', photo=b"x"),
        "portrait",
        background_url='/latar.jpg?a="b"',
        photo_url="/foto.jpg",
        label='Kartu "Sari" <b>',
    )

    assert "<script" not in svg
    assert 'href="/latar.jpg?a=&quot;b&quot;"' in svg
    assert 'href="/foto.jpg"' in svg
    assert 'aria-label="Kartu &quot;Sari&quot; &lt;b&gt;"' in svg
    assert ' style="' not in svg


@pytest.mark.parametrize(
    "words",
    [
        '#panic("x") $x$ " \\ * _ @ref <l> #image("/etc/passwd")',
        "{name} {words} {unknown}",
        "Z̷̢̛̙̮͉̘̈́͒̐a̵̡l̸̨̛g̷̢o",
        "👩‍👩‍👧‍👦" * 20,
        "مرحبا ꦱꦼꦩꦔꦠ्",
        "\x00\x1b[31m\u202eterbalik\ud800",
        "W" * 220,
        "\n" * 50,
        "i" * 6000,
    ],
)
def test_hostile_words_are_drawn_and_break_nothing(words: str) -> None:
    card = render.jpeg(shipped("lembar-pagi"), make_content(words=words), "square")

    assert Image.open(BytesIO(card)).size == (1080, 1080)


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85", "\u2028", "\r"])
def test_a_soft_line_break_is_drawn_as_a_line_break(sign: str) -> None:
    soft, plain = (make_content(words=f"Satu langkah{end}dua langkah") for end in (sign, "\n"))

    assert render.text_svg(shipped("lembar-pagi"), soft, "square") == render.text_svg(
        shipped("lembar-pagi"), plain, "square"
    )


def test_words_that_look_like_a_placeholder_stay_words() -> None:
    layer = design(text_element([0, 0, 500, 500])).layer(make_content(words="{name} dan {x}"), "square")

    assert "{name} dan {x}" in json.dumps(layer)


def test_a_template_with_an_unknown_placeholder_cannot_be_built() -> None:
    with pytest.raises(UnknownPlaceholder, match="gaji"):
        design(text_element([0, 0, 500, 500], part={"text": "{words} {gaji}"}))


@pytest.mark.parametrize(
    "element",
    [
        {"kind": "video", "boxes": {}},
        {"kind": "shape"},
        text_element([0, 0, 0, 10]),
        text_element([600, 0, 600, 10]),
        text_element([0, 0, 10, 10], change=["name"]),
        {"kind": "photo", "shape": "star", "boxes": {"square": [0, 0, 10, 10]}},
        {"kind": "shape", "colour": "#000000", "boxes": {"poster": [0, 0, 10, 10]}},
    ],
)
def test_a_wrong_design_cannot_be_built(element: dict[str, Any]) -> None:
    with pytest.raises(DesignInvalid):
        design(element)


def test_an_empty_source_takes_its_dash_along() -> None:
    parts = [{**WORDY}, {**WORDY, "text": "— {source}"}, {**WORDY, "text": ["{team}", "{office}"]}]
    card = design(text_element([0, 0, 500, 500]) | {"parts": parts})

    layer = card.layer(make_content(words="A", source=" ", team=""), "square")

    assert [part["text"] for part in layer["elements"][0]["parts"]] == ["A", "BPS Provinsi Bengkulu"]  # type: ignore[index] # data for Typst


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_whatever_is_typed_the_layer_carries_it_as_text(words: str, source: str) -> None:
    layer = design(text_element([0, 0, 500, 500])).layer(make_content(words=words, source=source), "square")

    elements = layer["elements"]
    assert isinstance(elements, list)
    assert [part["text"] for part in elements[0]["parts"]] == ([words.strip()] if words.strip() else [])
