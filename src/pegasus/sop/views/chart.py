from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.sop import actions, document, queries
from pegasus.sop.actions.documents import filename_of
from pegasus.sop.domain.chart import Cell, cells
from pegasus.sop.domain.flow import Row, flow
from pegasus.sop.models import ProcedureVersion
from pegasus.sop.queries import ActivityCompliance
from pegasus.sop.views.periods import period_choice


@dataclass(frozen=True)
class ChartRow:
    """A row of the live flow table: the figures, the cells of the lanes, and who performs it."""

    found: ActivityCompliance
    cells: list[Cell | None]
    performers: list[str]


@require_GET
@signed_in(outsiders=True)
def index(request: OfficeRequest) -> HttpResponse:
    """Show an SOP: its flow table with the state of a period in it, and its identity page."""
    office = request.actor.office
    programmes = list(queries.programmes_of(office))
    code = request.GET.get("program", "pegasus")
    programme = next((one for one in programmes if one.code == code), None)
    if programme is None and "program" in request.GET:
        raise Http404
    programme = programme or next(iter(programmes), None)
    choice = period_choice(request, office)
    context: dict[str, object] = {
        "programmes": programmes,
        "programme": programme,
        "period": choice.period,
        "periods": choice.periods,
        "has_earlier": choice.has_earlier,
    }
    if programme is not None:
        version = get_object_or_404(queries.versions_in_force(office, programme.code))
        context |= {
            "version": version,
            "has_draft": queries.drafts_of(office, programme.code).exists(),
            "may_draft": request.actor.may("ca", "cc", "admin"),
            "rows": chart_rows(office, version, choice.period),
            "lanes": version.lanes,
        }
    return render(request, "sop/index.html", context)


def chart_rows(office: Office, version: ProcedureVersion, period: Period) -> list[ChartRow]:
    """Put the figures of a period into the cells of the flow table."""
    programme = version.procedure.programme.code
    found = queries.compliance(office, period, at=clock.now(), programme=programme, version=version)
    keys = [lane["key"] for lane in version.lanes]
    labels = {lane["key"]: lane["label"] for lane in version.lanes}
    drawn = cells(flow(keys, [Row(row.activity.number, row.activity.performers) for row in found]))
    return [
        ChartRow(
            row,
            [drawn.get((place, lane)) for lane in range(len(keys))],
            [labels[performer["lane"]] for performer in row.activity.performers],
        )
        for place, row in enumerate(found)
    ]


@require_http_methods(["GET", "POST"])
@signed_in(outsiders=True)
def pdf(request: OfficeRequest, programme: str) -> HttpResponse:
    """Hand out the official document as a draft; asked for by the CA with a button, it is kept in the archive."""
    wanted = request.GET.get("versi", "")
    found = queries.versions_in_force(request.actor.office, programme)
    if wanted.isdecimal() and len(wanted) <= 4:  # noqa: PLR2004 - no SOP has more versions
        found = queries.versions_with_rows(request.actor.office, programme).filter(version=int(wanted))
    version = get_object_or_404(found)
    # The draft is dated by the version, so that the same text is the same file.
    data = document.official_pdf(version, at=version.put_in_force_at or clock.now())
    if request.method == "POST" and request.actor.may("ca"):
        actions.keep_document(version=version, pdf=data, by=request.actor.employee, at=clock.now())
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, filename_of(version)) or "attachment"
    return answer
