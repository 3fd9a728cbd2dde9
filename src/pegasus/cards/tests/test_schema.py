"""A design is refused with facts, whatever it holds, and never with a crash."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.cards import faults, render
from pegasus.cards.actions.templates import BLANK
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import DesignInvalid, Fault

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ELEMENT_KEYS = st.sampled_from(["kind", "boxes", "parts", "rotate", "opacity", "file", "fill", "change", "text", "id"])
KINDS = st.sampled_from([*designs.KINDS, "video"])
BOX: dict[str, Any] = {"square": [0, 0, 100, 100]}


def with_element(**element: Any) -> dict[str, Any]:  # noqa: ANN401 - any property
    return {"name": "A", "background": [], "elements": [{"boxes": BOX, **element}]}


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_whatever_comes_is_judged_and_not_drawn(data: object) -> None:
    assert designs.faults(data)


@settings(max_examples=150, deadline=None)
@given(KINDS, st.dictionaries(ELEMENT_KEYS, JSON, max_size=5))
def test_an_element_that_passes_can_be_parsed(kind: str, given_: dict[str, Any]) -> None:
    data = {"name": "A", "background": [], "elements": [{"kind": kind, "boxes": {}, **given_}]}

    found = designs.faults(data)

    if found:
        with pytest.raises(DesignInvalid):
            designs.parse(data)
        assert all(faults.sentence(fault).endswith(".") for fault in found)
    else:
        assert designs.parse(data).changeable <= set(designs.CHANGEABLE)


@pytest.mark.parametrize(
    "path", sorted((Path(render.__file__).parent / "designs").glob("*.json")), ids=lambda p: p.stem
)
def test_every_shipped_design_passes(path: Path) -> None:
    assert designs.faults(json.loads(path.read_text(encoding="utf-8"))) == []


def test_the_blank_design_passes() -> None:
    assert designs.faults({**BLANK, "name": "Baru"}) == []


@pytest.mark.parametrize(
    ("element", "where", "kind"),
    [
        ({"kind": "rect", "rotate": float("nan")}, "elements.0.rotate", "out_of_range"),
        ({"kind": "rect", "rotate": float("inf")}, "elements.0.rotate", "out_of_range"),
        ({"kind": "rect", "opacity": 10**400}, "elements.0.opacity", "out_of_range"),
        ({"kind": "rect", "opacity": True}, "elements.0.opacity", "not_a_number"),
        ({"kind": "rect", "fill": "red"}, "elements.0.fill", "not_a_colour"),
        ({"kind": "rect", "fill": "#16325c\n"}, "elements.0.fill", "not_a_colour"),
        ({"kind": "rect", "fill": 'url("x")'}, "elements.0.fill", "not_a_colour"),
        ({"kind": "rect", "onclick": "x"}, "elements.0", "unknown_key"),
        ({"kind": "rect", "boxes": {"poster": [0, 0, 1, 1]}}, "elements.0.boxes", "unknown_key"),
        ({"kind": "rect", "boxes": {"square": [0, 0, 1e308, 1]}}, "elements.0.boxes.square.2", "out_of_range"),
        ({"kind": "rect", "boxes": {"square": [1080, 0, 10, 10]}}, "elements.0.boxes.square", "out_of_sight"),
        ({"kind": "qr", "text": "x", "boxes": {"square": [1000, 0, 100, 9]}}, "elements.0.boxes.square", "off_card"),
        ({"kind": "qr", "text": "{gaji}"}, "elements.0.text", "unknown_placeholder"),
        ({"kind": "text", "parts": [{"text": "a\x00"}]}, "elements.0.parts.0.text", "not_a_text"),
        ({"kind": "text", "parts": [{"text": "a", "font": "../x"}]}, "elements.0.parts.0.font", "no_font"),
        ({"kind": "text", "parts": [], "smallest": 90, "largest": 20}, "elements.0.smallest", "above_largest"),
        ({"kind": "picture", "file": "../../etc/passwd"}, "elements.0.file", "no_file"),
        ({"kind": "picture", "file": -1}, "elements.0.file", "no_file"),
        ({"kind": "photo", "shape": ["circle"]}, "elements.0.shape", "not_a_choice"),
        ({"kind": []}, "elements.0.kind", "unknown_kind"),
    ],
)
def test_hostile_values_are_named(element: dict[str, Any], where: str, kind: str) -> None:
    found = designs.faults(with_element(**element))

    assert [(fault.where, fault.kind) for fault in found] == [(where, kind)]


def test_too_many_are_refused_before_they_are_looked_at() -> None:
    many = {"name": "A", "background": [], "elements": [{"kind": "x"}] * 5000}

    assert designs.faults(many) == [Fault("elements", "too_many", "80")]


@pytest.mark.parametrize(
    ("layer", "where"),
    [
        ({"kind": "besurek", "colour": "#000000", "scale": 0.001}, "background.0.scale"),
        ({"kind": "gradient", "colours": ["#000000"]}, "background.0.colours"),
        ({"kind": "glow", "colour": "#ffffff", "centre": [1, 1], "radius": 9000}, "background.0.radius"),
        ({"kind": "fill", "colour": "#ffffff", "box": [0] * 500}, "background.0.box"),
        ({"kind": "fill", "colour": "#ffffff", "at": {"poster": {}}}, "background.0.at"),
        ({"kind": "fill", "colour": "javascript:x"}, "background.0.colour"),
        ({"kind": "dial", "count": 10**6}, "background.0.count"),
    ],
)
def test_a_ground_that_would_take_minutes_is_refused(layer: dict[str, Any], where: str) -> None:
    found = designs.faults({"name": "A", "background": [layer], "elements": []})

    assert where in {fault.where for fault in found}
