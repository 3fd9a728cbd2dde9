from dataclasses import dataclass
from datetime import timedelta

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from pegasus.delivery import actions, channels, queries
from pegasus.delivery.domain.states import Event, after
from pegasus.delivery.domain.states import State as Stage
from pegasus.delivery.forms import AgainForm, CancelForm, EvidenceForm
from pegasus.delivery.models import Delivery
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.ui.searching import words_asked

PER_PAGE = 20
A_DAY = timedelta(days=1)  # so long whoever opened a message is told that it is wanted no more
SECTION = "kirim"
LABELS: dict[str, str | Promise] = {
    "kirim": gettext_lazy("Perlu dikirim"),
    "belum-pasti": gettext_lazy("Belum pasti"),
    "terjadwal": gettext_lazy("Terjadwal"),
    "terkirim": gettext_lazy("Terkirim"),
    "gagal": gettext_lazy("Gagal dan batal"),
}
State = Delivery.State
TONES = {State.UNKNOWN: "late", State.FAILED: "late", State.CANCELLED: "neutral", State.PLANNED: "neutral"}
HOLDABLE = frozenset({State.PLANNED, State.RETRY_WAIT})
STILL_HERE = HOLDABLE | {State.PREPARED, State.OPENED, State.UNKNOWN, State.FAILED}
# WhatsApp is opened by a form, so that a tap is noted without JavaScript; the browser must be allowed to follow.
to_whatsapp = csp_update({"form-action": ["https://wa.me"]})


@dataclass(frozen=True)
class Tab:
    """A section of the page, with how many stand in it."""

    key: str
    label: str | Promise
    number: int
    is_current: bool


@dataclass(frozen=True)
class Row:
    """A message as the page shows it."""

    delivery: Delivery
    is_manual: bool
    has_address: bool
    unreachable: str = ""  # the origin of a link in it that no phone can open

    @property
    def is_held(self) -> bool:
        """Tell whether it waits, though it would leave by itself, until its link can be opened from phones."""
        return bool(self.unreachable) and not self.is_manual and self.delivery.state in HOLDABLE

    @property
    def warning(self) -> str:
        """What is wrong with its link while somebody can still settle it, or nothing."""
        waits = self.delivery.state in STILL_HERE
        return channels.unreachable_sentence(self.unreachable) if self.unreachable and waits else ""

    @property
    def tone(self) -> str:
        """The state's colour and icon."""
        if self.is_held:
            return "waiting"
        if self.delivery.state in queries.SECTIONS["terkirim"]:
            return "done"
        return TONES.get(State(self.delivery.state), "waiting")

    @property
    def label(self) -> str:
        """The state in words; a mail server's yes says what it is."""
        if self.is_held:
            return _("Ditahan")
        if self.delivery.state == State.ACCEPTED and self.delivery.channel == "email":
            return _("Diterima server surel")
        if self.is_withdrawn:
            return _("Tidak perlu lagi")
        return self.delivery.get_state_display()

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether it was taken back after somebody had opened it."""
        return self.delivery.state == State.CANCELLED and self.delivery.opened_at is not None

    def may(self, event: Event) -> bool:
        """Tell whether a person may do this now."""
        return after(Stage(self.delivery.state), event) is not None

    @property
    def may_confirm(self) -> bool:
        """Only what a person sends, or what is uncertain, can be confirmed by a word."""
        return self.may(Event.CONFIRM) and (self.is_manual or self.delivery.state != State.PLANNED)

    @property
    def may_cancel(self) -> bool:
        """What has not left can be taken back."""
        return self.may(Event.CANCEL)

    @property
    def may_send_again(self) -> bool:
        """What is uncertain or failed can be sent once more."""
        return self.may(Event.SEND_AGAIN)


def _row(delivery: Delivery) -> Row:
    is_manual = channels.manual_channel(delivery.channel) is not None
    return Row(
        delivery,
        is_manual,
        has_address=bool(channels.address_of(delivery)),
        unreachable=channels.unreachable_in(delivery),
    )


@to_whatsapp
@never_cache
@require_GET
@signed_in("ca", "admin")
def index(request: OfficeRequest) -> HttpResponse:
    """Show the messages of a section; the first is what waits for a tap."""
    asked = request.GET.get("bagian", SECTION)
    section = asked if asked in LABELS else SECTION
    words = words_asked(request)
    office = request.actor.office
    counts = queries.counts(office)
    page = Paginator(queries.in_section(office, section, words), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": [Tab(key, label, counts[key], key == section) for key, label in LABELS.items()],
        "section": section,
        "words": words,
        "page": page,
        "rows": [_row(delivery) for delivery in page.object_list],
        "withdrawn": queries.withdrawn_since(office, clock.now() - A_DAY) if section == SECTION else [],
        "now": clock.now(),
    }
    return render(request, "delivery/index.html", context)


@to_whatsapp  # type: ignore[arg-type] # csp describes only views without arguments
@never_cache
@require_GET
@signed_in("ca", "admin")
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one message with everything that happened to it."""
    return _detail(request, _delivery(request, pk))


def _delivery(request: OfficeRequest, pk: int) -> Delivery:
    return get_object_or_404(queries.deliveries_of(request.actor.office), pk=pk)


def _detail(request: OfficeRequest, delivery: Delivery, bound: forms.Form | None = None) -> HttpResponse:
    context: dict[str, object] = {
        "row": _row(delivery),
        "attempts": queries.attempts_of(delivery),
        "deeds": queries.deeds_of(delivery),
        "evidence": EvidenceForm(auto_id="bukti_%s"),
        "again": AgainForm(auto_id="ulang_%s"),
        "cancel": CancelForm(auto_id="batal_%s"),
        "now": clock.now(),
    }
    names = {EvidenceForm: "evidence", AgainForm: "again", CancelForm: "cancel"}
    if bound is not None:
        context[names[type(bound)]] = bound
    return render(request, "delivery/detail.html", context, status=200 if bound is None else 422)


@require_POST
@signed_in("ca", "admin")
def open_chat(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Note that the chat was opened, and go there."""
    delivery = _delivery(request, pk)
    link = channels.link_to(delivery)
    if not link:
        messages.warning(request, _("Nomor WhatsApp belum ada. Salin teksnya, kirim sendiri, lalu pastikan di sini."))
        return redirect("delivery:detail", pk=pk)
    if channels.unreachable_in(delivery) and "paham" not in request.POST:
        messages.warning(request, _("Centang dulu bahwa Anda paham tautannya belum dapat dibuka dari ponsel."))
        return redirect("delivery:detail", pk=pk)
    try:
        actions.mark_opened(delivery=delivery, **_by(request))
    except actions.NotNow:
        return _too_late(request, delivery)
    return redirect(link)


def _by(request: OfficeRequest) -> "actions.Deed":
    return {"by": request.actor.name, "employee_id": request.actor.employee.pk, "at": clock.now()}


def _too_late(request: OfficeRequest, delivery: Delivery) -> HttpResponseBase:
    delivery.refresh_from_db()
    if delivery.state == State.CANCELLED:
        messages.info(
            request, _("Pesan ini tidak perlu lagi: %(reason)s.") % {"reason": delivery.note or _("dibatalkan")}
        )
    else:
        messages.warning(request, _("Pesan ini sudah berubah sejak halaman dibuka; keadaannya sekarang ada di bawah."))
    return redirect("delivery:detail", pk=delivery.pk)


def _back(request: OfficeRequest, pk: int) -> HttpResponseBase:
    if request.POST.get("asal") == "rincian":
        return redirect("delivery:detail", pk=pk)
    return redirect("delivery:index")


@require_POST
@signed_in("ca", "admin")
def put_back(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Lay an opened message back among those to send."""
    delivery = _delivery(request, pk)
    try:
        actions.put_back(delivery=delivery, **_by(request))
    except actions.NotNow:
        return _too_late(request, delivery)
    messages.info(request, _("Pesan kembali ke daftar yang perlu dikirim."))
    return _back(request, pk)


@require_POST
@signed_in("ca", "admin")
def confirm(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take the word of the one who sent it."""
    delivery = _delivery(request, pk)
    form = EvidenceForm(request.POST, auto_id="bukti_%s")
    form.fields["note"].required = delivery.state in {State.UNKNOWN, State.FAILED}
    if not form.is_valid():
        return _detail(request, delivery, form)
    try:
        actions.confirm(delivery=delivery, note=form.cleaned_data["note"], **_by(request))
    except actions.NotNow:
        return _too_late(request, delivery)
    name = delivery.to.name if delivery.to else ""
    messages.success(request, _("Pesan kepada %(name)s tercatat terkirim.") % {"name": name})
    return _back(request, pk)


@require_POST
@signed_in("ca", "admin")
def cancel(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take a message back that is wanted no more."""
    delivery = _delivery(request, pk)
    form = CancelForm(request.POST, auto_id="batal_%s")
    if not form.is_valid():
        return _detail(request, delivery, form)
    try:
        actions.cancel(delivery=delivery, note=form.cleaned_data["note"], **_by(request))
    except actions.NotNow:
        return _too_late(request, delivery)
    messages.info(request, _("Pesan dibatalkan; alasannya tercatat."))
    return redirect("delivery:detail", pk=pk)


@require_POST
@signed_in("ca", "admin")
def send_again(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Send once more, because a person decided so."""
    delivery = _delivery(request, pk)
    form = AgainForm(request.POST, auto_id="ulang_%s")
    if not form.is_valid():
        return _detail(request, delivery, form)
    try:
        actions.send_again(delivery=delivery, reason=form.cleaned_data["note"], **_by(request))
    except actions.NotNow:
        return _too_late(request, delivery)
    messages.info(request, _("Pesan dijadwalkan untuk dikirim sekali lagi."))
    return redirect("delivery:detail", pk=pk)
