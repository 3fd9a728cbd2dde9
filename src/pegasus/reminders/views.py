from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.delivery.models import Delivery
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.reminders import actions, queries
from pegasus.reminders.domain import texts
from pegasus.reminders.domain.schedule import OFFSETS
from pegasus.reminders.forms import TextForm, sentence
from pegasus.reminders.models import Reminder

PER_PAGE = 20
DONE = {Delivery.State.CONFIRMED, Delivery.State.ACCEPTED, Delivery.State.SENT, Delivery.State.DELIVERED}
DONE |= {Delivery.State.READ}
LATE = {Delivery.State.UNKNOWN, Delivery.State.FAILED}


@dataclass(frozen=True)
class Row:
    """A reminder as the list shows it."""

    reminder: Reminder

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
    office, words = request.actor.office, request.GET.get("cari", "").strip()[:80]
    is_past = request.GET.get("bagian") == "riwayat"
    rows = queries.past(office, words) if is_past else queries.coming(office, words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    wordings = queries.texts_of(office).items()
    previews = {offset: texts.preview(text, settings.PEGASUS_BASE_URL, office.name) for offset, text in wordings}
    context = {
        "page": page,
        "rows": [Row(reminder) for reminder in page.object_list],
        "is_past": is_past,
        "words": words,
        "away": queries.away(office, on=clock.today(office.timezone)),
        "texts": [Wording(offset, preview, len(preview)) for offset, preview in previews.items()],
    }
    return render(request, "reminders/index.html", context)


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
        finished = texts.preview(wording.replace("\r\n", "\n").strip(), settings.PEGASUS_BASE_URL, office.name)
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
