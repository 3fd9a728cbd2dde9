"""A finished design on the page behind `/t/<token>/`: how it stands in the sizes, and which page of a PDF it is."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from pegasus.cards import actions, queries, uploads
from pegasus.cards.domain import standing
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.domain.standing import FITS, Fit, Placing, Standing
from pegasus.home.personal_draft import Visit
from pegasus.kernel import clock
from pegasus.typeset.pictures import PictureRefused

PLACE, PAGE, KEEP_WHOLE, ROOM = "atur", "halaman", "utuh", "ruang"
DEEDS = (PLACE, PAGE, KEEP_WHOLE, ROOM, *(f"utuh-{size}" for size in SIZES))
MOST = 100


def take(request: HttpRequest, visit: Visit, deed: str) -> str:
    """Do what the pressed button says, and keep what was chosen beside it; return why it was not done."""
    card, now = visit.card, clock.now()
    if deed == PAGE:
        return _take_page(visit, request.POST.get("halaman", ""))
    row = queries.finished_of(card)
    how = queries.standing_of(row) if row else Standing()
    typed = {size: placing for size in SIZES if (placing := _placing(request.POST, size))}
    if deed != PLACE:  # without JavaScript a choice comes along with the next button, whichever it is
        typed = {size: placing for size, placing in typed.items() if placing != how.in_size(size)}
    if deed == ROOM:
        typed["portrait"] = Placing(standing.ROOM)
    elif deed.startswith(KEEP_WHOLE):
        typed |= {size: Placing() for size in ([deed.partition("-")[2]] if "-" in deed else SIZES)}
    ground = _ground(visit, request.POST)
    if typed or ground not in {None, how.ground}:
        actions.place_upload(card=card, at=now, ground=ground, placings=typed)
    return ""


def context(visit: Visit) -> dict[str, Any]:
    """What the part of the page about a finished design needs."""
    card = visit.card
    if card.upload is None:
        return {}
    row = queries.finished_of(card)
    how = queries.standing_of(row) if row else Standing()
    found = uploads.measured(card.upload, how, is_placed=True)
    sizes = [_size(key, found.width, found.height, how) for key in SIZES]
    return {
        "finished": {
            "width": found.width,
            "height": found.height,
            "page": row.page if row else 1,
            "pages": row.pages if row and row.source else 1,
            "sizes": sizes,
            "has_ground": any(one["shows_ground"] for one in sizes),
            "grounds": _grounds(visit, how.ground),
        }
    }


def _take_page(visit: Visit, number: str) -> str:
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0  # noqa: PLR2004 - digits
    try:
        actions.take_page(card=visit.card, page=page, by=visit.employee.name, at=clock.now())
    except PictureRefused as refusal:
        return str(refusal)
    except actions.NoOtherPage:
        return _("Halaman itu tidak ada di PDF yang diunggah.")
    return ""


def _placing(posted: QueryDict, size: str) -> Placing | None:
    fit, focus = posted.get(f"bingkai-{size}", ""), posted.get(f"fokus-{size}", "")
    chosen: Fit | None = next((one for one in FITS if one == fit), None)
    if chosen is None or (chosen == standing.ROOM and size != "portrait"):
        return None
    known = focus.isascii() and focus.isdigit() and len(focus) < 4  # noqa: PLR2004 - digits
    return Placing(chosen, min(int(focus), MOST) if known else 50)


def _ground(visit: Visit, posted: QueryDict) -> str | None:
    ground = posted.get("latar", "")
    return ground if ground in {one["value"] for one in _grounds(visit, "")} else None


def _grounds(visit: Visit, chosen: str) -> list[dict[str, Any]]:
    """What may lie around a design: its own edges' colour, itself blurred, or a colour of the office."""
    named = [(standing.EDGE, _("Warna tepinya"), ""), (standing.BLUR, _("Kabur"), "")]
    own = [(colour, colour, colour) for colour in dict.fromkeys(queries.brand_of(visit.office).colours)]
    return [
        {"value": value, "label": label, "colour": colour, "is_chosen": value == chosen}
        for value, label, colour in [*named, *own]
    ]


def _size(size: str, width: int, height: int, how: Standing) -> dict[str, Any]:
    names = {"portrait": (_("Potret"), "4:5"), "square": (_("Persegi"), "1:1"), "story": (_("Story"), "9:16")}
    is_exact, placing = standing.has_shape(width, height, size), how.in_size(size)
    _left, top, _right, bottom = standing.kept(width, height, size, placing.focus)
    return {
        "key": size,
        "label": names[size][0],
        "ratio": names[size][1],
        "wide": SIZES[size][0],
        "high": SIZES[size][1],
        "is_exact": is_exact,
        "may_have_room": size == "portrait",
        "fit": placing.fit,
        "focus": placing.focus,
        "is_across": bottom - top == height,
        "lost": round(100 * standing.lost(width, height, size)),
        "shows_ground": placing.fit == standing.ROOM or (placing.fit == standing.WHOLE and not is_exact),
    }
