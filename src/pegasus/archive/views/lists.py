from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pegasus.archive import actions, lists, queries
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
    if _too_long(request, records.count()):
        return redirect("archive:index")
    office, at, wanted = request.actor.office, clock.now(), form.wanted
    scope = lists.scope_of(wanted["kind"], wanted["year"], wanted["q"])
    try:
        data = lists.pdf(records, office=office, scope=scope, at=at)
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Daftar tidak dapat dicetak sekarang. Coba lagi, atau unduh XLSX."))
        return redirect("archive:index")
    return _download(request, data, content_type="application/pdf", suffix="pdf")


@require_POST
@signed_in(*queries.CONFIDANTS)
def ask(request: OfficeRequest) -> HttpResponse:
    """Keep the list as it stands, and go on to ask for its signature."""
    office, wanted = request.actor.office, filter_form(request).wanted
    kind, year = wanted["kind"], wanted["year"]
    if wanted["q"]:
        text = _("Daftar yang ditandatangani dipilih menurut jenis dan tahun. Kosongkan kata pencariannya dahulu.")
        messages.warning(request, text)
        return redirect("archive:index")
    count = lists.listed(office, kind=kind, year=year).count()
    if not count:
        messages.warning(request, _("Belum ada arsip dalam daftar ini, jadi belum ada yang ditandatangani."))
        return redirect("archive:index")
    if _too_long(request, count):
        return redirect("archive:index")
    try:
        record = actions.keep_list(office=office, kind=kind, year=year, by=request.actor.name, at=clock.now())
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Daftar tidak dapat disusun sekarang. Coba lagi nanti."))
        return redirect("archive:index")
    return redirect("signing:new", record.pk)


def _too_long(request: OfficeRequest, count: int) -> bool:
    """Tell, with a sentence, whether a list is too long for paper."""
    if count <= MOST_PRINTED:
        return False
    text = _("Daftar untuk dicetak paling banyak %(most)d arsip. Persempit dengan jenis atau tahun, atau unduh XLSX.")
    messages.warning(request, text % {"most": MOST_PRINTED})
    return True


def _download(request: OfficeRequest, data: bytes, *, content_type: str, suffix: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    day = clock.today(request.actor.office.timezone)
    name = f"Daftar Arsip {request.actor.office.code} {day.isoformat()}.{suffix}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
