"""What an employee adjusts of a template: never more than it leaves free, never off the safe area, in all sizes."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.builders import NOW

from pegasus.cards import linting, render
from pegasus.cards.actions import save_draft, submit_card
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.domain.designs.adjusting import SAFE, STEP
from pegasus.cards.models import Card, CardTemplate
from pegasus.cards.queries import pictures_of
from pegasus.cards.tests.builders import make_card, make_content

RED, BLUE, CREAM = "#b83a14", "#16325c", "#fbf7ee"
BOXES = {"portrait": [100, 300, 400, 300], "square": [100, 200, 400, 300], "story": [100, 500, 400, 300]}
FREE = ["words", "colour", "position"]
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats() | st.sampled_from([RED, BLUE, "merah", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kata", "bentuk", "colour", "steps", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)
asked = values | st.fixed_dictionaries(
    {
        "kata": st.fixed_dictionaries(
            {"colour": st.sampled_from([RED, BLUE, "#00ff00"]), "steps": st.lists(st.integers(-99, 99), max_size=3)}
        )
    }
)


def data(**given: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the element
    text = {"text": "{words}", "colour": BLUE}
    words = {"kind": "text", "id": "kata", "change": FREE, "parts": [text], "boxes": BOXES, **given}
    form = {"kind": "rect", "id": "bentuk", "fill": RED, "boxes": {"portrait": [0, 0, 1080, 80]}}
    ground = [{"kind": "fill", "colour": CREAM}]
    return {"name": "Contoh", "background": ground, "elements": [form, words], "ordered": True}


@given(asked)
@settings(max_examples=80)
def test_whatever_is_asked_the_result_is_a_design_within_the_safe_area(asked: object) -> None:
    design = designs.parse(data())
    allowed = designs.kept(design, asked, colours=designs.palette(design))

    result = designs.adjusted(design, allowed)

    element = result.elements[1]
    assert designs.faults({**data(), "elements": list(result.elements)}) == []
    assert element["parts"][0]["colour"] in {BLUE, RED, CREAM}
    for size, (x, y, width, height) in element["boxes"].items():
        left, top, right, bottom = SAFE[size]
        assert left <= x <= right - width
        assert top <= y <= bottom - height
    assert designs.kept(design, allowed, colours=designs.palette(design)) == allowed
    assert result.elements[0] == design.elements[0]


@pytest.mark.parametrize("change", [[], ["words"], ["words", "source", "photo"]])
def test_what_a_template_does_not_leave_free_falls_away(change: list[str]) -> None:
    design = designs.parse(data(change=change))

    assert designs.kept(design, {"kata": {"colour": RED, "steps": [1, 0]}}) == {}
    assert designs.adjusted(design, {"kata": {"colour": RED, "steps": [1, 0]}}) is design


@pytest.mark.parametrize("change", ["colour", "position"])
def test_one_may_be_free_without_the_other(change: str) -> None:
    design = designs.parse(data(change=[change]))

    found = designs.kept(design, {"kata": {"colour": RED, "steps": [1, 0]}})

    assert list(found["kata"]) == [{"colour": "colour", "position": "steps"}[change]]


def test_a_colour_is_one_of_the_palette() -> None:
    design = designs.parse(data())
    colours = designs.palette(design, ["#0B4F9E", RED, "#16325c80"])

    assert colours == (RED, BLUE, CREAM, "#0b4f9e")
    assert designs.kept(design, {"kata": {"colour": "#00ff00"}}, colours=colours) == {}
    assert designs.kept(design, {"kata": {"colour": BLUE}}, colours=colours) == {}  # as the template has it


def test_a_step_is_the_same_in_every_size_and_ends_where_no_size_can_follow() -> None:
    design = designs.parse(data())
    found: designs.Adjustments = {}
    for _step in range(12):
        found = designs.moved(design, found, "kata", "kanan")

    one = designs.adjusted(design, designs.moved(design, {}, "kata", "kanan")).elements[1]["boxes"]
    assert {size: box[0] for size, box in one.items()} == dict.fromkeys(SIZES, 100 + STEP)
    assert found == {"kata": {"steps": [5, 0]}}
    assert designs.moved(design, found, "kata", "asal") == {}


def test_an_element_that_leaves_the_safe_area_goes_no_further_out() -> None:
    boxes = {"portrait": [10, 1200, 300, 100]}
    design = designs.parse(data(boxes=boxes))

    assert designs.moved(design, {}, "kata", "kiri") == {}
    assert designs.moved(design, {}, "kata", "bawah") == {}
    assert designs.moved(design, {}, "kata", "atas") == {"kata": {"steps": [0, -1]}}


def test_nothing_is_moved_onto_what_is_read() -> None:
    below = {"portrait": [100, 650, 400, 60], "square": [100, 900, 400, 60], "story": [100, 900, 400, 60]}
    name = {"kind": "text", "parts": [{"text": "{name}"}], "boxes": below}
    whole = data()
    whole["elements"].append(name)
    design = designs.parse(whole)

    found = designs.moved(design, {}, "kata", "bawah")
    boxes = designs.adjusted(design, found).elements[1]["boxes"]

    assert found == {"kata": {"steps": [0, 1]}}  # the other sizes can follow
    assert boxes["portrait"] == [100, 345, 400, 300]
    assert designs.adjusted(design, {"kata": {"steps": [0, 5]}}).elements[1]["boxes"]["portrait"] == [
        100,
        345,
        400,
        300,
    ]


def test_what_cannot_go_anywhere_is_not_offered() -> None:
    boxes = {"portrait": [48, 135, 984, 1080]}

    assert [one.can_move for one in designs.adjustable(designs.parse(data(boxes=boxes)))] == [False]


def test_a_source_keeps_its_own_colour_and_a_clear_one_stays_clear() -> None:
    parts = [{"text": "{words}", "colour": "#16325cc0"}, {"text": "{source}", "colour": "#59606b"}]
    design = designs.parse(data(parts=parts))

    result = designs.adjusted(design, {"kata": {"colour": RED}}).elements[1]["parts"]

    assert [part["colour"] for part in result] == [f"{RED}c0", "#59606b"]


@pytest.mark.parametrize("size", SIZES)
def test_every_size_is_drawn_with_the_chosen_colour_in_the_chosen_place(size: str) -> None:
    design = designs.parse(data())
    chosen = designs.adjusted(design, {"kata": {"colour": RED, "steps": [4, 3]}})

    before, after = (
        ink(render.composed(one, make_content(words="Maju", source=""), size)) for one in (design, chosen)
    )

    assert before[0] == BLUE
    assert after[0] == RED
    assert (after[1] - before[1], after[2] - before[2]) == pytest.approx((4 * STEP, 3 * STEP), abs=1)


def ink(card: Image.Image) -> tuple[str, int, int]:
    """The colour of the words, and where they begin."""
    words = card.crop((0, 100, card.width, card.height))
    for colour in (BLUE, RED):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        bands = [
            band.point([255 if abs(v - want) < 3 else 0 for v in range(256)])
            for band, want in zip(words.split(), (red, green, blue), strict=True)
        ]
        mask = Image.composite(
            bands[0], Image.new("L", words.size), Image.composite(bands[1], Image.new("L", words.size), bands[2])
        )
        if box := mask.getbbox():
            return colour, box[0], box[1]
    raise AssertionError


SHIPPED = sorted((Path(render.__file__).parent / "designs").glob("*.json"))


def test_some_shipped_templates_leave_the_colour_of_the_words_free() -> None:
    free = [path.stem for path in SHIPPED if "colour" in designs.parse(json.loads(path.read_text())).changeable]

    assert len(free) >= 2


@pytest.mark.django_db
def test_a_sent_card_has_the_chosen_colour_and_the_lint_sees_it() -> None:
    card = make_card(words="Mulai saja")
    free = CardTemplate.objects.create(office=card.office, key="bebas", name="Bebas", design=data())
    save_draft(card=card, at=NOW, template=free, adjustments={"kata": {"colour": CREAM}, "lain": {"colour": RED}})
    card = Card.objects.get(pk=card.pk)

    assert card.adjustments == {"kata": {"colour": CREAM}}
    assert "contrast" in [finding.kind for finding in linting.look(card).findings]

    save_draft(card=card, at=NOW, adjustments={"kata": {"colour": RED}})
    assert "contrast" not in [finding.kind for finding in linting.look(card).findings]
    submit_card(card=card, by="Bayu", at=NOW)
    with pictures_of(card)["square"].file.open("rb") as file, Image.open(BytesIO(file.read())) as sent:
        raw = sent.convert("RGB").crop((100, 200, 500, 500)).tobytes()
    pixels = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
    assert any(abs(red - 184) + abs(green - 58) + abs(blue - 20) < 20 for red, green, blue in pixels)


@pytest.mark.django_db
def test_another_template_drops_what_it_does_not_leave_free() -> None:
    card = make_card()
    free = CardTemplate.objects.create(office=card.office, key="bebas", name="Bebas", design=data())
    fixed = CardTemplate.objects.create(office=card.office, key="tetap", name="Tetap", design=data(change=["words"]))
    save_draft(card=card, at=NOW, template=free, adjustments={"kata": {"colour": RED}})

    save_draft(card=card, at=NOW, template=fixed, adjustments=card.adjustments)

    assert Card.objects.get(pk=card.pk).adjustments == {}
