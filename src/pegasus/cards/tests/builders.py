"""Builders of this slice: a duty's card task with everything it stands on."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from tests.builders import NOW, make_employee, make_office

from pegasus.cards import actions
from pegasus.cards.domain.designs import Content
from pegasus.cards.models import BrandFont, Card, TemplateDraft, TemplatePicture
from pegasus.people.models import Employee, Office
from pegasus.roster.models import Duty
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Programme, Task
from pegasus.sop.queries import activity
from pegasus.typeset import fonts, pictures
from pegasus.typeset.tests.builders import make_font

POSTS_ON = date(2026, 11, 30)  # a Monday


def make_card_task(
    office: Office | None = None,
    holder: Employee | None = None,
    *,
    posts_on: date = POSTS_ON,
    seat: int = 1,
    at: datetime = NOW,
) -> Task:
    """A duty and its open task "prepare the card" (SOP 1.4)."""
    office = office or make_office()
    holder = holder or make_employee(office, name="Bayu Pratama")
    if not Programme.objects.filter(office=office).exists():
        sop.install(office=office, code="pegasus", at=at)
    duty = Duty.objects.create(office=office, starts_on=posts_on, seat=seat, posts_on=posts_on, holder=holder)
    return sop.open_task(
        office=office,
        activity=activity(office, Activity.Rhythm.CARD),
        subject=duty.subject,
        period="2026Q4",
        role="pegawai",
        owner=holder,
        opens_at=at,
        due_at=at + timedelta(days=3),
    )


def make_posting_task(task: Task, part: str = "group") -> Task:
    """The open task "post it" of the same duty (SOP 1.5)."""
    return sop.open_task(
        office=task.office,
        activity=activity(task.office, Activity.Rhythm.POSTING),
        subject=task.subject,
        part=part,
        period=task.period,
        role="pegawai",
        owner=task.owner,
        opens_at=task.opens_at,
        due_at=task.due_at + timedelta(days=1),
    )


def make_card(office: Office | None = None, **given: Any) -> Card:  # noqa: ANN401 - any field of a draft
    """A draft with words."""
    task_fields = {name: given.pop(name) for name in ("holder", "posts_on", "seat", "at") if name in given}
    card = actions.card_for(task=make_card_task(office, **task_fields), at=NOW)
    return actions.save_draft(card=card, at=NOW, **{"words": "Mulai saja.", "alt_text": "Kartu", **given})


def make_content(**given: Any) -> Content:  # noqa: ANN401 - any field of the content
    defaults: dict[str, Any] = {
        "words": "Sedikit demi sedikit, lama-lama menjadi bukit.",
        "source": "Peribahasa",
        "name": "Sari Wulandari",
        "team": "Neraca",
        "day": POSTS_ON,
        "office": "BPS Provinsi Bengkulu",
        "hashtags": "#Pegasus #BerAKHLAK",
    }
    return Content(**defaults | given)


def photo(colour: str = "green", size: tuple[int, int] = (600, 800), kind: str = "JPEG") -> bytes:
    """A plain photo that passes the gate."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def make_draft(office: Office, name: str = "Templat kita") -> TemplateDraft:
    return actions.begin_template(office=office, name=name, by="Bayu", at=NOW)


def make_picture(office: Office, colour: str = "blue", kind: str = "JPEG") -> TemplatePicture:
    accepted = pictures.accept(photo(colour, (400, 200), kind))
    return actions.keep_picture(office=office, picture=accepted, by="Bayu", at=NOW)


def with_element(draft: TemplateDraft, **element: Any) -> dict[str, Any]:  # noqa: ANN401 - any property
    boxes = {"portrait": [0, 0, 540, 675], "square": [0, 0, 540, 540], "story": [0, 0, 540, 960]}
    return {**draft.design, "elements": [*draft.design["elements"], {"boxes": boxes, **element}]}


def make_own_font(office: Office, family: str = "Huruf Kantor", *, right: str = "ofl", **look: Any) -> BrandFont:  # noqa: ANN401 - anything of a font
    """A font of the office that passed the gate."""
    font = fonts.accept(make_font(family, **look))
    return actions.add_font(office=office, font=font, right=right, by="Bayu", at=NOW)


def set_in(draft: TemplateDraft, family: str) -> dict[str, Any]:
    """The design of a draft with all its words in one font."""
    elements = [
        {**element, "parts": [{**part, "font": family} for part in element["parts"]]}
        for element in draft.design["elements"]
    ]
    return {**draft.design, "elements": elements}


def framed(shape: tuple[int, int]) -> bytes:
    """A finished design with a red mark in each corner."""
    image = Image.new("RGB", shape, "white")
    for x in (0, shape[0] - 60):
        for y in (0, shape[1] - 60):
            image.paste("red", (x, y, x + 60, y + 60))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
