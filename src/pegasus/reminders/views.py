from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.delivery import channels
from pegasus.delivery.models import Delivery
from pegasus.kernel import clock
from pegasus.kernel.text import clean_lines
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.reminders import actions, queries
from pegasus.reminders.domain import texts
from pegasus.reminders.domain.schedule import LAST, OFFSETS, Clock, next_moment
from pegasus.reminders.forms import TextForm, sentence
from pegasus.reminders.models import Reminder
from pegasus.roster import queries as roster
from pegasus.roster.models import Duty
from pegasus.ui.searching import name_asked

PER_PAGE = 20
DONE = {Delivery.State.CONFIRMED, Delivery.State.ACCEPTED, Delivery.State.SENT, Delivery.State.DELIVERED}
DONE |= {Delivery.State.READ}
LATE = {Delivery.State.UNKNOWN, Delivery.State.FAILED}


@dataclass(frozen=True)
class Row:
    """A reminder as the list shows it."""

    reminder: Reminder
    copy: Delivery | None = None  # the one that went beside it by e-mail

    @property
    def copy_label(self) -> str:
        """What became of the copy, in words."""
        if self.copy is None:
            return ""
        arrived = self.copy.state == Delivery.State.ACCEPTED
        return _("diterima server surel") if arrived else self.copy.get_state_display().lower()

    @property
    def label(self) -> str:
        """What became of it, in words."""
        if self.reminder.delivery is not None and self.reminder.fate == Reminder.Fate.PLANNED:
            return self.reminder.delivery.get_state_display()
        return self.reminder.get_fate_display()

    @property
    def tone(self) -> str:
        """The colour and icon of that."""
        if self.reminder.fate == Reminder.Fate.AWAY:
            return "waiting"
        delivery = self.reminder.delivery
        if self.reminder.fate != Reminder.Fate.PLANNED or delivery is None:
            return "neutral"
        return "done" if delivery.state in DONE else "late" if delivery.state in LATE else "waiting"


@dataclass(frozen=True)
class Line:
    """One reminder of a coming duty: when it goes, or what became of it."""

    row: Row
    moment: datetime | None  # None: it does not go any more
    is_waiting: bool  # its own time is past
    is_after_leave: bool = False

    @property
    def offset(self) -> int:
        """H-5 or H-3."""
        return self.row.reminder.offset

    @property
    def is_decided(self) -> bool:
        """Tell whether it has gone, or was stopped."""
        return self.row.reminder.delivery is not None or self.row.reminder.fate != Reminder.Fate.PLANNED


@dataclass(frozen=True)
class Coming:
    """A duty whose card is not in, with its reminders."""

    duty: Duty
    lines: list[Line]


@dataclass(frozen=True)
class Wording:
    """One of the two texts, as Sari would get it."""

    offset: int
    preview: str
    length: int


@never_cache
@require_GET
@signed_in("ca", "admin")
def index(request: OfficeRequest) -> HttpResponse:
    """Show what will be sent when, what became of it, and the texts."""
    office, words = request.actor.office, name_asked(request)
    is_past = request.GET.get("bagian") == "riwayat"
    today = clock.today(office.timezone)
    rows = queries.past(office, words) if is_past else queries.without_card(office, words, on=today)
    page: Page[Any] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    wordings = queries.texts_of(office).items()
    previews = {offset: texts.preview(text, settings.PEGASUS_BASE_URL, office.name) for offset, text in wordings}
    context = {
        "page": page,
        "rows": _decided(office, list(page.object_list)) if is_past else _coming(office, list(page.object_list)),
        "is_past": is_past,
        "words": words,
        "away": queries.away(office, on=today),
        "unreachable": channels.own_address_warning(),
        "texts": [Wording(offset, preview, len(preview)) for offset, preview in previews.items()],
    }
    return render(request, "reminders/index.html", context)


def _decided(office: Office, reminders: Sequence[Reminder]) -> list[Row]:
    copies = queries.copies_of(office, reminders)
    return [Row(reminder, copies.get(reminder.pk)) for reminder in reminders]


def _coming(office: Office, duties: Sequence[Duty]) -> list[Coming]:
    hours, at = queries.clock_of(office), clock.now()
    reminders = queries.reminders_by_duty(office, duties)
    copies = queries.copies_of(office, [one for row in reminders.values() for one in row if one.delivery_id])
    return [
        Coming(duty, [_line(one, copies.get(one.pk), hours, at) for one in reminders.get(duty.pk, [])])
        for duty in duties
    ]


def _line(reminder: Reminder, copy: Delivery | None, hours: Clock, at: datetime) -> Line:
    posts_on, offset = reminder.duty.posts_on, reminder.offset
    moved = reminder.offset == LAST and reminder.due_at > hours.due_at(posts_on, offset)
    moment = next_moment(posts_on, offset, hours, at, reminder.due_at if moved else None)
    return Line(Row(reminder, copy), moment, is_waiting=reminder.due_at <= at, is_after_leave=moved)


@require_POST
@signed_in("ca", "admin")
def send_link(request: OfficeRequest, duty_pk: int) -> HttpResponseBase:
    """Lay the personal link of a duty among the messages to send."""
    duty = get_object_or_404(roster.all_duties_of(request.actor.office).select_related("office"), pk=duty_pk)
    actor = request.actor
    try:
        message, is_new = actions.send_link(duty=duty, by=actor.name, employee_id=actor.employee.pk, at=clock.now())
    except actions.CardIsIn:
        messages.info(request, _("Kartunya sudah masuk; tautan tidak perlu dikirim lagi."))
        return redirect("reminders:index")
    except (actions.DutyIsOver, actions.NoHolder):
        messages.warning(request, _("Giliran ini sudah lewat, dibatalkan, atau belum ada petugasnya."))
        return redirect("reminders:index")
    name = {"name": message.to.name if message.to else ""}
    if is_new:
        messages.success(request, _("Tautan untuk %(name)s siap dikirim: ketuk sekali di bawah ini.") % name)
    elif message.state in DONE:
        messages.info(request, _("%(name)s sudah mendapat pesan hari ini; tidak ada yang dikirim lagi.") % name)
    else:
        messages.info(request, _("Pesan untuk %(name)s sudah ada di bawah ini; tidak dibuat dua kali.") % name)
    return redirect("delivery:index")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in("ca", "admin")
def text(request: OfficeRequest, offset: int) -> HttpResponseBase:
    """Edit the wording of one reminder."""
    if offset not in OFFSETS:
        raise Http404
    office = request.actor.office
    if request.method != "POST":
        return _editor(request, offset, TextForm(initial={"text": queries.text_of(office, offset)}))
    if "bawaan" in request.POST:
        return _editor(request, offset, TextForm(initial={"text": texts.SHIPPED[offset]}))
    form = TextForm(request.POST)
    if not form.is_valid():
        return _editor(request, offset, form, status=422)
    actions.write_text(
        office=office,
        offset=offset,
        text=form.cleaned_data["text"],
        by=request.actor.name,
        employee_id=request.actor.employee.pk,
        at=clock.now(),
    )
    messages.success(request, _("Teks H-%(offset)s tersimpan; pengingat berikutnya memakainya.") % {"offset": offset})
    return redirect("reminders:index")


def _editor(request: OfficeRequest, offset: int, form: TextForm, *, status: int = 200) -> HttpResponse:
    office = request.actor.office
    context = {
        "form": form,
        "offset": offset,
        "variables": texts.samples(settings.PEGASUS_BASE_URL, office.name).items(),
        "longest": texts.LONGEST,
    }
    shown = str(form["text"].value() or "")
    return render(request, "reminders/text.html", context | _previewed(office, shown), status=status)


def _previewed(office: Office, wording: str) -> dict[str, object]:
    try:
        finished = texts.preview(clean_lines(wording).strip(), settings.PEGASUS_BASE_URL, office.name)
    except texts.TextRefused as refused:
        return {"refused": sentence(refused)}
    return {"finished": finished, "length": len(finished), "longest": texts.LONGEST}


@require_POST
@signed_in("ca", "admin")
def preview(request: OfficeRequest, offset: int) -> HttpResponse:  # noqa: ARG001 - both texts have the same variables
    """Show the message as it would arrive, while it is being written."""
    return render(
        request, "reminders/_preview.html", _previewed(request.actor.office, request.POST.get("text", "")[:4000])
    )
