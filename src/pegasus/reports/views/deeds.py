"""What people do to a report: begin, write, declare final, open again, ask for a signature."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.reports import actions, queries
from pegasus.reports.domain import sentences
from pegasus.reports.forms import ReopenForm, SectionForm, kind_of
from pegasus.reports.models import Report
from pegasus.reports.views.pages import (
    WRITERS,
    decider,
    draft_form,
    report_of,
    report_page,
    section_form_for,
    signature_form,
)
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong


@require_POST
@signed_in(*WRITERS)
def begin(request: OfficeRequest) -> HttpResponse:
    """Begin a report, or go to the one there is."""
    office = request.actor.office
    form = draft_form(office, request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih periode dan kegiatan dari daftar."))
        return redirect("reports:index")
    period = form.cleaned_data["period"]
    programme = form.cleaned_data["programme"] or queries.programmes_of(office).first()
    if programme is None and period.kind == "quarter":
        messages.error(request, _("Kantor ini belum memiliki kegiatan. Pasang SOP lebih dulu."))
        return redirect("reports:index")
    report = actions.draft(office=office, kind=kind_of(period), period=period, programme=programme, at=clock.now())
    return redirect("reports:report", report.pk)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in(*WRITERS)
def section(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Edit a section in place; without scripts the whole page comes back."""
    report = report_of(request.actor, pk)
    if not request.actor.may(decider(report)):
        raise PermissionDenied
    if key not in sentences.TITLES[report.kind]:
        raise Http404
    if request.method == "POST":
        return _write(request, report, key)
    if not request.headers.get("HX-Request"):
        return redirect(reverse("reports:report", args=[pk]) + f"?sunting={key}#bagian-{key}")
    contents = queries.contents(report, clock.now())
    editing = "batal" not in request.GET
    return _section(request, report, key, section_form_for(contents, key) if editing else None)


def _write(request: OfficeRequest, report: Report, key: str) -> HttpResponse:
    form = SectionForm(request.POST, auto_id=f"id_{key}_%s")
    is_part = bool(request.headers.get("HX-Request"))
    if not form.is_valid():
        if is_part:
            return _section(request, report, key, form, status=422)
        return report_page(request, report, editing=key, section_form=form, status=422)
    try:
        actions.write_section(
            report=report, key=key, text=form.cleaned_data["text"], by=request.actor.name, at=clock.now()
        )
    except actions.AlreadyFinal:
        messages.warning(request, _("Laporan ini sudah final; isinya tidak berubah."))
        return redirect("reports:report", report.pk)
    if is_part:
        return _section(request, report, key, None)
    return redirect(reverse("reports:report", args=[report.pk]) + f"#bagian-{key}")


def _section(
    request: OfficeRequest, report: Report, key: str, form: SectionForm | None, *, status: int = 200
) -> HttpResponse:
    contents = queries.contents(report, clock.now())
    context = {
        "report": report,
        "section": contents.sections[key],
        "may_edit": report.state == Report.State.DRAFT,
        "editing": key if form else "",
        "section_form": form,
    }
    return render(request, "reports/_section.html", context, status=status)


@require_POST
@signed_in(*WRITERS)
def finalise(request: OfficeRequest, pk: int) -> HttpResponse:
    """Declare a report final."""
    report = report_of(request.actor, pk)
    if not request.actor.may(decider(report)):
        raise PermissionDenied
    try:
        actions.finalise(report=report, by=request.actor.name, at=clock.now(), employee_id=request.actor.employee.pk)
    except actions.PeriodStillOpen:
        messages.warning(request, _("Periode ini belum berakhir, jadi laporannya baru dapat menjadi konsep."))
    except actions.AlreadyFinal:
        messages.info(request, _("Laporan ini sudah dinyatakan final sebelumnya."))
    except actions.ChangedMeanwhile:
        messages.warning(request, _("Laporan ini baru saja diubah orang lain. Periksa isinya, lalu coba lagi."))
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Berkas final belum dapat dibuat; laporan tetap konsep. Coba lagi sebentar lagi."))
    else:
        messages.success(
            request, _("Laporan dinyatakan final oleh %(name)s dan disimpan di arsip.") % {"name": request.actor.name}
        )
    return redirect("reports:report", pk)


@require_POST
@signed_in(*WRITERS)
def reopen(request: OfficeRequest, pk: int) -> HttpResponse:
    """Turn a final report back into a draft, with a reason."""
    report = report_of(request.actor, pk)
    if not request.actor.may(decider(report)):
        raise PermissionDenied
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return report_page(request, report, reopen_form=form, status=422)
    try:
        actions.reopen(report=report, by=request.actor.name, at=clock.now(), reason=form.cleaned_data["reason"])
    except actions.NotFinal:
        messages.info(request, _("Laporan ini tidak dapat dibuka kembali: belum final atau sudah ditandatangani."))
    except actions.AlreadyRequested:
        messages.warning(request, _("Permintaan tanda tangan masih menunggu. Batalkan dulu permintaan itu."))
    else:
        messages.success(request, _("Laporan menjadi konsep lagi. Berkas final sebelumnya tetap ada di arsip."))
    return redirect("reports:report", pk)


@require_POST
@signed_in(*WRITERS)
def sign(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask for a signature by one of the roads."""
    report = report_of(request.actor, pk)
    if not request.actor.may(decider(report)):
        raise PermissionDenied
    form = signature_form(report, request.POST)
    if not form.is_valid():
        return report_page(request, report, sign_form=form, status=422)
    try:
        actions.request_signature(
            report=report,
            road=form.cleaned_data["road"],
            signer=form.cleaned_data["signer"],
            by=request.actor.name,
            at=clock.now(),
        )
    except actions.NotFinal:
        messages.warning(request, _("Hanya laporan yang sudah final yang dapat ditandatangani."))
    except actions.AlreadyRequested:
        messages.info(request, _("Tanda tangan untuk laporan ini sudah diminta."))
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Berkas untuk ditandatangani belum dapat dibuat. Coba lagi sebentar lagi."))
    else:
        messages.success(request, _("Tanda tangan diminta. Berkasnya siap di halaman permintaan."))
    return redirect("reports:report", pk)
