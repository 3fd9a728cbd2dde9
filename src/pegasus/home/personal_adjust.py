"""What may be adjusted of a card's template on the personal page: colours to choose from, places to move to."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pegasus.cards import colours, queries
from pegasus.cards.colours import Swatch
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import Adjustable, Adjustments, Design
from pegasus.people.models import Office

COLOUR, PLACE = "warna-", "letak-"


@dataclass(frozen=True)
class Knob:
    """One element's choices as the page shows them."""

    key: str
    of: str
    swatches: list[Swatch]
    chosen: str
    directions: list[tuple[str, str, str, bool]]
    is_moved: bool


def asked(posted: QueryDict) -> dict[str, dict[str, Any]]:
    """Return what the form asks for, as it came."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in posted.dict().items():
        said = str(value)
        if name.startswith(COLOUR):
            found.setdefault(name.removeprefix(COLOUR), {})["colour"] = said
        elif name.startswith(PLACE):
            numbers = said.split(",")
            if all(number.removeprefix("-").isdecimal() and len(number) < len("-100") for number in numbers):
                found.setdefault(name.removeprefix(PLACE), {})["steps"] = [int(number) for number in numbers]
    return found


def taken(office: Office, design: Design, posted: QueryDict, deed: str, chosen: str) -> Adjustments:
    """Return what the form asks for as far as the template allows it, with the pressed button taken into account."""
    wanted = asked(posted)
    if deed == "templat":  # a place belongs to a layout; a colour may suit the next one too
        wanted = {key: {"colour": choice.get("colour")} for key, choice in wanted.items()}
    if chosen == "asal" and deed == "warna":
        wanted = {key: {"steps": choice.get("steps")} for key, choice in wanted.items()}
    free = design.changeable & {"colour", "position"}
    found = designs.kept(design, wanted, colours=_palette(office, design)) if free and wanted else {}
    if deed == "geser":
        direction, _dash, key = chosen.partition("-")
        if any(one.key == key and one.can_move for one in designs.adjustable(design)):
            found = designs.moved(design, found, key, direction)
    return found


def knobs(office: Office, design: Design, adjustments: Adjustments) -> list[Knob]:
    """Return what the page offers; a colour only where there is another one that can be read."""
    palette = _palette(office, design)
    found = []
    for one in designs.adjustable(design):
        mine = adjustments.get(one.key, {})
        swatches = colours.swatches(design, one.key, palette) if one.colour else []
        if len(swatches) > 1 or one.can_move:
            ways = _directions(design, adjustments, one.key) if one.can_move else []
            chosen = mine.get("colour", "")
            offer = swatches if len(swatches) > 1 else []
            if chosen and all(swatch.value != chosen for swatch in offer):  # the office's colours changed meanwhile
                offer = [*swatches, Swatch(chosen, chosen, colours.name_of(chosen))]
            found.append(Knob(one.key, _of(one), offer, chosen, ways, "steps" in mine))
    return found


def steps(adjustments: Adjustments) -> list[tuple[str, str]]:
    """Return how far each element is moved, as the form carries it."""
    return [(key, ",".join(map(str, choice["steps"]))) for key, choice in adjustments.items() if "steps" in choice]


def _directions(design: Design, adjustments: Adjustments, key: str) -> list[tuple[str, str, str, bool]]:
    """Return the ways an element can go, with words and an arrow for each, and whether the way ends here."""
    ways = (
        ("kiri", _("Geser ke kiri"), "arrow-left"),
        ("atas", _("Geser ke atas"), "arrow-up"),
        ("bawah", _("Geser ke bawah"), "arrow-down"),
        ("kanan", _("Geser ke kanan"), "arrow-right"),
    )
    return [(*way, designs.moved(design, adjustments, key, way[0]) == adjustments) for way in ways]


def _palette(office: Office, design: Design) -> tuple[str, ...]:
    return queries.palette_for(office, design) if "colour" in design.changeable else ()


def _of(one: Adjustable) -> str:
    """Return what an element is for the person: as its maker named it, else what it holds."""
    names = {
        "words": _("kata"),
        "name": _("nama"),
        "team": _("tim"),
        "day": _("tanggal"),
        "source": _("sumber"),
        "office": _("nama kantor"),
        "hashtags": _("tagar"),
        "photo": _("foto"),
        "picture": _("gambar"),
        "logo": _("logo"),
        "mark": _("lambang"),
        "qr": _("kode QR"),
        "text": _("tulisan"),
    }
    return one.name or names.get(one.holds) or _("hiasan")
