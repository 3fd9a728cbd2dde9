"""What waits for the office's answer: requests to put data right, and people whom another office sends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pegasus.kernel import clock
from pegasus.kernel.text import clean_line
from pegasus.people import actions, queries, reasons
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import TransferForm
from pegasus.people.models import Correction
from pegasus.people.views import EDITORS, follow_up
from pegasus.people.views.person import NOBODY_LEFT, POWER_LEAVES, find, of_the_known, page

RECENT = 20


@require_GET
@signed_in(*EDITORS)
def index(request: OfficeRequest) -> HttpResponse:
    """Show what waits, and what was answered last."""
    office, now = request.actor.office, clock.now()
    waiting = queries.open_corrections(office)
    settled = queries.corrections_in(office).exclude(state=Correction.State.ASKED).order_by("-settled_at", "-pk")
    context = {
        "corrections": [(one, reasons.asked_label(one.field), reasons.now_of(one)) for one in waiting],
        "arrivals": queries.arrivals_at(office),
        "leaving": queries.transfers_from(office)[:RECENT],
        "settled": [(one, reasons.asked_label(one.field)) for one in settled[:RECENT]],
        "long_gone": queries.long_gone(office, on=clock.today(office.timezone))[:RECENT],
        "office": office,
        "now": now,
    }
    return render(request, "people/requests.html", context)


@require_POST
@signed_in(*EDITORS)
def answer(request: OfficeRequest, pk: int) -> HttpResponse:
    """Accept or decline a request for correction."""
    correction = get_object_or_404(queries.corrections_in(request.actor.office), pk=pk)
    by, now = request.actor.name, clock.now()
    name = {"name": correction.employee.name}
    try:
        if request.POST.get("jawaban") == "terima":
            actions.accept_correction(correction=correction, by=by, at=now)
            messages.success(request, _("Data %(name)s dibetulkan seperti yang diminta.") % name)
        else:
            reason = clean_line(request.POST.get("alasan", ""))[:200]
            actions.decline_correction(correction=correction, answer=reason, by=by, at=now)
            messages.success(request, _("Permintaan %(name)s ditolak; alasannya tampil di halamannya.") % name)
    except actions.AnswerMissing:
        messages.error(request, _("Tulis alasan penolakan; %(name)s akan membacanya.") % name)
    except actions.AlreadyAnswered:
        messages.info(request, _("Permintaan ini sudah dijawab."))
    except actions.NipTaken:
        messages.error(
            request, _("NIP itu sudah tercatat untuk pegawai lain di kantor ini. Permintaan tetap menunggu.")
        )
    return redirect("people:requests")


@require_POST
@signed_in(*EDITORS)
@of_the_known
def offer(request: OfficeRequest, pk: int) -> HttpResponse:
    """Release a person to another office."""
    employee = find(request, pk)
    form = TransferForm(request.POST, offices=queries.other_offices(request.actor.office))
    if not form.is_valid():
        return page(request, employee, transfer_form=form)
    try:
        made = actions.release(employee=employee, **form.cleaned_data, by=request.actor.employee, at=clock.now())
    except actions.OnlyTheAdministrator:
        form.add_error("last_day", str(POWER_LEAVES))
    except actions.LeavesBeforeComing:
        form.add_error("last_day", _("Lebih awal daripada hari pertamanya di kantor ini."))
    except actions.NobodyLeft:
        form.add_error("last_day", str(NOBODY_LEFT))
    except actions.TransferWaiting:
        form.add_error("to_office", _("Masih ada penawaran ke kantor lain yang belum dijawab. Batalkan dulu."))
    else:
        text = _("%(name)s ditawarkan ke %(office)s, yang baru melihat datanya setelah menerima.")
        messages.success(request, text % {"name": employee.name, "office": made.to_office.name})
        return follow_up(reverse("people:person", args=[employee.pk]))
    return page(request, employee, transfer_form=form)


@require_POST
@signed_in(*EDITORS)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take an offer back."""
    transfer = get_object_or_404(queries.transfers_from(request.actor.office), pk=pk)
    try:
        actions.withdraw_transfer(transfer=transfer, by=request.actor.name, at=clock.now())
    except actions.AlreadySettled:
        messages.info(request, _("Kantor tujuan sudah menjawab lebih dulu."))
    else:
        text = _("Penawaran %(name)s dibatalkan. Hari terakhirnya di sini masih tercatat.")
        messages.success(request, text % {"name": transfer.employee.name})
    return redirect("people:person", transfer.employee_id)


@require_POST
@signed_in(*EDITORS)
def arrive(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a person in, or send them back."""
    transfer = get_object_or_404(queries.arrivals_at(request.actor.office), pk=pk)
    by, now = request.actor.name, clock.now()
    name = transfer.employee.name
    try:
        if request.POST.get("jawaban") != "terima":
            actions.decline_transfer(transfer=transfer, by=by, at=now)
            messages.success(request, _("%(name)s tidak diterima; kantor asalnya diberi tahu.") % {"name": name})
            return redirect("people:requests")
        arrived = actions.accept_transfer(transfer=transfer, by=by, at=now)
    except actions.AlreadySettled:
        messages.info(request, _("Perpindahan ini sudah dijawab."))
    except actions.WorksThere:
        messages.error(request, _("Pegawai dengan NIP ini sudah punya akun di kantor ini. Selesaikan dulu akunnya."))
    except actions.HoldsPower:
        text = _("Di kantor ini %(name)s memegang peran berwenang. Akhiri dulu peran itu; sesudah pindah, beri lagi.")
        messages.error(request, text % {"name": name})
    except actions.NobodyLeft:
        messages.error(request, _("Kantor asalnya masih harus menunjuk pengganti perannya dulu."))
    else:
        facts_told = {"name": name, "day": date_format(arrived.active_from, "j F Y")}
        messages.success(request, _("%(name)s bertugas di sini sejak %(day)s. Lengkapi timnya.") % facts_told)
        return redirect("people:person", arrived.pk)
    return redirect("people:requests")
