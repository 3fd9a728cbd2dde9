"""The list of reports, a report on the screen, and its files."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.access import Actor, OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.reports import document, photos, queries, screen
from pegasus.reports.actions import filename
from pegasus.reports.domain.contents import Contents
from pegasus.reports.domain.contents import title as title_of
from pegasus.reports.forms import DraftForm, ReopenForm, SectionForm, SignatureForm
from pegasus.reports.models import Report
from pegasus.typeset.render import TypesetFailed, TypesetTookTooLong
from pegasus.ui.searching import words_asked

READERS = ("ca", "cc", "cl", "head", "admin", "assessor")
WRITERS = ("ca", "cc")
PER_PAGE = 20
PERIODS_BACK = 12
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@require_GET
@signed_in(*READERS)
def index(request: OfficeRequest) -> HttpResponse:
    """Show which reports are due, and all there are."""
    office, now = request.actor.office, clock.now()
    search = words_asked(request)
    reports = queries.reports_of(office)
    if search:
        reports = reports.filter(Q(period__icontains=search) | Q(programme__name__icontains=search))
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, title(one)) for one in page],
        "due": queries.due_tasks(office, now),
        "now": now,
        "search": search,
        "form": draft_form(office),
        "may_write": request.actor.may(*WRITERS),
    }
    return render(request, "reports/index.html", context)


@never_cache
@require_GET
@signed_in(*READERS)
def report(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show the document itself, with what is missing beside it."""
    return report_page(request, report_of(request.actor, pk), editing=request.GET.get("sunting", ""))


@never_cache
@require_GET
@signed_in(*READERS)
def pdf(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send the draft as PDF; a final report has its kept file."""
    found = report_of(request.actor, pk)
    kept = found.signed or found.final
    if kept and found.state != Report.State.DRAFT:
        return redirect("archive:file", kept.pk)
    try:
        data = document.pdf(found, clock.now())
    except (TypesetFailed, TypesetTookTooLong):
        return _not_made(request, pk)
    return _file(data, "application/pdf", f"konsep-{filename(found, 'pdf')}")


@never_cache
@require_GET
@signed_in(*READERS)
def docx(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send the report for those who must edit it."""
    found = report_of(request.actor, pk)
    try:
        data = document.docx(found, clock.now())
    except (TypesetFailed, TypesetTookTooLong):
        return _not_made(request, pk)
    return _file(data, DOCX, filename(found, "docx"))


@require_GET
@signed_in(*READERS)
def picture(request: OfficeRequest, pk: int, record: int) -> HttpResponse:
    """Send one picture of the attachment, made small."""
    found = report_of(request.actor, pk)
    data = photos.one(queries.picture_record(found, record))
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def report_of(actor: Actor, pk: int) -> Report:
    """Return a report of the actor's own office, else 404."""
    return get_object_or_404(queries.reports_of(actor.office).defer(None), pk=pk)


def report_page(
    request: OfficeRequest,
    found: Report,
    *,
    editing: str = "",
    section_form: SectionForm | None = None,
    sign_form: SignatureForm | None = None,
    reopen_form: ReopenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a report; a refused form comes back where it stands."""
    actor, now = request.actor, clock.now()
    contents = queries.contents(found, now)
    is_draft = found.state == Report.State.DRAFT
    may_write, may_edit = actor.may(*WRITERS), is_draft and actor.may(decider(found))
    context: dict[str, Any] = screen.of(
        found,
        contents,
        list(queries.programmes_of(actor.office)),
        may_open_posts=actor.may("ca", "humas", "admin"),
    )
    context |= {
        "title": contents.title,
        "may_edit": may_edit,
        "may_decide": actor.may(decider(found)),
        "may_write": may_write,
        "editing": editing if may_edit else "",
        "section_form": section_form or section_form_for(contents, editing),
        "request_waiting": queries.open_request(found),
        "sign_form": sign_form or signature_form(found),
        "reopen_form": reopen_form or ReopenForm(),
        "pictures": [("Kartu", contents.cards), ("Tangkapan layar", contents.screenshots)],
    }
    return render(request, "reports/report.html", context, status=status)


def section_form_for(contents: Contents, key: str) -> SectionForm | None:
    """Return the form of the section that is being edited."""
    section = contents.sections.get(key)
    return SectionForm(initial={"text": section.text}, auto_id=f"id_{key}_%s") if section else None


def signature_form(found: Report, data: Any = None) -> SignatureForm:  # noqa: ANN401 - Django's QueryDict or None
    """Return the form that asks for a signature."""
    now = clock.now()
    signers = queries.signers_of(found.office, now)
    head = queries.contents_signer(found.office, now)
    return SignatureForm(data, signers=signers, initial={"road": "brought_back", "signer": head})


def decider(found: Report) -> str:
    """Return the role that writes a report and declares it final: CA a quarter's, CC a semester's (SOP 1.6, 1.7)."""
    return "ca" if found.kind == Report.Kind.QUARTER else "cc"


def title(found: Report) -> str:
    """Return a report's title without reading its contents."""
    return title_of(found.kind, Period.parse(found.period), found.programme.name if found.programme else "")


def draft_form(office: Office, data: Any = None) -> DraftForm:  # noqa: ANN401 - Django's QueryDict or None
    """Offer the running period and those before it, back to the first in which the office has something to report."""
    today, first = clock.today(office.timezone), queries.first_day_of(office, clock.now())
    periods: list[tuple[str, str]] = []
    for kind, name in (("quarter", _("Triwulan")), ("semester", _("Semester"))):
        period = Period.of(today, kind)  # type: ignore[arg-type] # the two kinds there are
        for _back in range(PERIODS_BACK):
            if period.ends_on < first:
                break
            periods.append((period.key, f"{name} {period.roman} {period.year}"))
            period = period.previous
    return DraftForm(data, periods=periods, programmes=queries.programmes_of(office))


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    kind = "inline" if content_type == "application/pdf" else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{name}"'
    return response


def _not_made(request: OfficeRequest, pk: int) -> HttpResponse:
    messages.error(request, _("Berkas belum dapat dibuat. Coba lagi sebentar lagi; isi laporan tidak berubah."))
    return redirect("reports:report", pk)
