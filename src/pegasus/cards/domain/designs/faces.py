"""Which fonts a design is set in."""

from collections.abc import Collection, Mapping
from typing import Any

from pegasus.cards.domain.designs.schema import FONTS, fonts_at


def families_in(data: Mapping[str, Any]) -> set[str]:
    """Return the fonts that a design names and that do not come along."""
    return {font for _where, font in fonts_at(data)}.difference(FONTS)


def reset(data: Mapping[str, Any], families: Collection[str]) -> dict[str, Any]:
    """Return a design in which these fonts are left out: its texts are set in the usual one."""

    def freed(face: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in face.items() if name != "font" or value not in families}

    elements = [
        freed(element) | ({"parts": [freed(part) for part in element["parts"]]} if "parts" in element else {})
        for element in data["elements"]
    ]
    return {**data, "elements": elements}
