from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.roster import documents, queries, workbook
from pegasus.roster.periods import period_asked
from pegasus.roster.views.weeks import PLANNERS
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong


@require_safe
@signed_in()
def list_file(request: OfficeRequest, period: str, suffix: str) -> HttpResponse:
    """Hand out the list of a period as it stands today."""
    office = request.actor.office
    today = clock.today(office.timezone)
    edition = documents.edition_of_period(office, period_asked(office, period, today), today)
    if edition is None:
        raise Http404
    return _file(request, edition, suffix)


@require_safe
@signed_in(*PLANNERS)
def draft_file(request: OfficeRequest, pk: int, suffix: str) -> HttpResponse:
    """Hand out the list of a draft, marked KONSEP."""
    office = request.actor.office
    roster = get_object_or_404(queries.drafts_of(office).select_related("office"), pk=pk)
    return _file(request, documents.edition_of_draft(roster, clock.today(office.timezone)), suffix)


def _file(request: OfficeRequest, edition: documents.Edition, suffix: str) -> HttpResponse:
    name = f"{edition.filename}.{suffix}"
    if suffix == "xlsx":
        return _attached(workbook.xlsx(edition), workbook.CONTENT_TYPE, name)
    try:
        data = documents.pdf(edition)
    except (TypesetFailed, TypesetTookTooLong):
        messages.error(request, _("Daftar tidak dapat dicetak sekarang. Coba lagi, atau unduh sebagai XLSX."))
        return redirect("roster:index")
    return _attached(data, "application/pdf", name)


def _attached(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
