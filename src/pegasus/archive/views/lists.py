from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pegasus.archive import lists, queries
from pegasus.archive.forms import FilterForm
from pegasus.archive.views.records import filter_form, filtered
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000
MOST_PRINTED = 1_000


@require_GET
@signed_in(*queries.READERS)
def sheet(request: OfficeRequest) -> HttpResponse:
    """Export the list as XLSX."""
    records = filtered(request, filter_form(request))[:MOST_ROWS]
    data = lists.xlsx(records, zone=request.actor.office.timezone)
    return _download(request, data, content_type=SHEET, suffix="xlsx")


@require_GET
@signed_in(*queries.READERS)
def document(request: OfficeRequest) -> HttpResponse:
    """Export the list as a document."""
    form = filter_form(request)
    records = filtered(request, form)
    if records.count() > MOST_PRINTED:
        text = _(
            "Daftar untuk dicetak paling banyak %(most)d arsip. Persempit dengan jenis atau tahun, atau unduh XLSX."
        )
        messages.warning(request, text % {"most": MOST_PRINTED})
        return redirect("archive:index")
    office, at = request.actor.office, clock.now()
    try:
        data = lists.pdf(records, office=office, scope=_scope(form), at=at)
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Daftar tidak dapat dicetak sekarang. Coba lagi, atau unduh XLSX."))
        return redirect("archive:index")
    return _download(request, data, content_type="application/pdf", suffix="pdf")


def _scope(form: FilterForm) -> str:
    """Say in the document what it lists."""
    wanted = form.wanted
    parts = [lists.kind_in_indonesian(wanted["kind"])] if wanted["kind"] else []
    if wanted["year"]:
        parts.append(f"tahun {wanted['year']}")
    if wanted["q"]:
        parts.append(f"memuat “{wanted['q']}”")
    return ", ".join(parts) or "Semua arsip"


def _download(request: OfficeRequest, data: bytes, *, content_type: str, suffix: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    day = clock.today(request.actor.office.timezone)
    name = f"Daftar Arsip {request.actor.office.code} {day.isoformat()}.{suffix}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
