"""A ground that passes the check can be drawn; what a motif needs and lacks is named."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegasus.cards import grounds, render
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import layers

SHIPPED = sorted((Path(render.__file__).parent / "designs").glob("*.json"))
WHOLE: dict[str, dict[str, Any]] = {
    layer["kind"]: {name: value for name, value in layer.items() if name != "only"}
    for path in SHIPPED
    for layer in json.loads(path.read_text("utf-8"))["background"]
} | {"ring": {"kind": "ring", "colour": "#000000", "centre": [540, 540], "radius": 200, "weight": 4}}
VALUES = (
    st.integers(-9000, 9000)
    | st.floats(allow_nan=True)
    | st.sampled_from(["#102030", "#10203040", "merah", ""])
    | st.lists(st.integers(0, 900) | st.sampled_from(["#102030"]), max_size=5)
    | st.none()
    | st.booleans()
)


def design(layer: dict[str, Any]) -> dict[str, Any]:
    return {"name": "A", "background": [layer], "elements": []}


def without(layer: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        key: {size: without(moved, name) for size, moved in value.items()} if key == "at" else value
        for key, value in layer.items()
        if key != name
    }


def test_every_motif_is_looked_at() -> None:
    assert set(layers.MOTIFS) <= set(WHOLE)
    assert set(layers.REQUIRED) == set(layers.KINDS)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_what_a_layer_needs_is_named_when_it_lacks(kind: str) -> None:
    assert designs.faults(design(WHOLE[kind])) == []

    for name in layers.REQUIRED[kind]:
        found = designs.faults(design(without(WHOLE[kind], name)))

        assert f"background.0.{name}" in {fault.where for fault in found}


def test_a_need_that_only_one_size_lacks_is_named() -> None:
    layer = {"kind": "wave", "colour": "#102030", "swing": 20, "length": 400, "at": {"square": {"y": 900}}}

    assert "background.0.y" in {fault.where for fault in designs.faults(design(layer))}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(set(WHOLE) - {"picture"})), st.data())
def test_a_layer_that_passes_is_drawn(kind: str, data: st.DataObject) -> None:
    names = sorted(set(layers.REQUIRED[kind]) | {"box", "radius", "phase", "depth", "turn"})
    layer = WHOLE[kind] | {data.draw(st.sampled_from(names)): data.draw(VALUES)}
    if designs.faults(design(layer)):
        return

    drawn = grounds._drawn(designs.parse(design(layer)).backdrop("square", with_photo=False), {})  # noqa: SLF001

    assert drawn.size == (1080, 1080)
