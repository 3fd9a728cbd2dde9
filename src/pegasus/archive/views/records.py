from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pegasus.archive import actions, lists, queries
from pegasus.archive.forms import DescribeForm, FilterForm, PaperForm
from pegasus.archive.models import Record
from pegasus.archive.signable import possible_signers
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in

PER_PAGE = 25


@require_GET
@signed_in(*queries.READERS)
def index(request: OfficeRequest) -> HttpResponse:
    """List the office's records."""
    form = filter_form(request)
    records = filtered(request, form)
    page = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filtered": any(form.wanted.values()),
        "query": request.GET.urlencode(),
        "may_ask": bool(page.object_list) and request.actor.may(*queries.CONFIDANTS) and not form.wanted["q"],
        "damaged": queries.damaged_records(request.actor.office)[:5],
    }
    return render(request, "archive/index.html", context)


@require_GET
@signed_in(*queries.READERS)
def record(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show everything about one record."""
    return _page(request, _found(request, pk))


@require_POST
@signed_in(*queries.EDITORS)
def describe(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change classification, security and retention."""
    found = _found(request, pk)
    form = DescribeForm(request.POST, instance=_found(request, pk), auto_id="uraian_%s")
    if not form.is_valid():
        return _page(request, found, describe_form=form)
    try:
        actions.describe(record=found, changes=form.cleaned_data, by=request.actor.name, at=clock.now())
    except actions.NothingChanged:
        messages.info(request, _("Tidak ada yang berubah."))
    else:
        messages.success(request, _("Uraian arsip diubah."))
    return redirect("archive:record", pk)


@require_POST
@signed_in(*queries.EDITORS)
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write down where the paper is."""
    found = _found(request, pk)
    form = PaperForm(request.POST, auto_id="kertas_%s")
    if not form.is_valid():
        return _page(request, found, paper_form=form)
    location = form.cleaned_data["location"]
    try:
        actions.file_paper(record=found, location=location, by=request.actor.name, at=clock.now())
    except actions.NothingChanged:
        messages.info(request, _("Tidak ada yang berubah."))
    else:
        told = _("Lembar kertas tercatat di %(place)s.") if location else _("Catatan lembar kertas dihapus.")
        messages.success(request, told % {"place": location})
    return redirect("archive:record", pk)


@require_POST
@signed_in(*queries.EDITORS)
def check(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hash the stored file again, now."""
    found = _found(request, pk)
    if actions.check(record=found, by=request.actor.name, at=clock.now()):
        messages.success(request, _("Berkas utuh: sidik jarinya sama dengan saat disimpan."))
    else:
        messages.error(request, _("Berkas hilang atau berubah. Kembalikan dari cadangan, lalu periksa lagi."))
    return redirect("archive:record", pk)


def filter_form(request: OfficeRequest) -> FilterForm:
    """Return the filter with what this office has."""
    office = request.actor.office
    return FilterForm(request.GET, found_kinds=queries.kinds_of(office), years=queries.years_of(office))


def filtered(request: OfficeRequest, form: FilterForm) -> QuerySet[Record]:
    """Return the records that are asked for and may be seen."""
    actor = request.actor
    return queries.with_replacement(queries.matching(queries.records_for(actor.office, actor.roles), **form.wanted))


def _found(request: OfficeRequest, pk: int) -> Record:
    actor = request.actor
    return get_object_or_404(queries.records_for(actor.office, actor.roles).select_related("replaces"), pk=pk)


def _page(
    request: OfficeRequest,
    found: Record,
    *,
    describe_form: DescribeForm | None = None,
    paper_form: PaperForm | None = None,
) -> HttpResponse:
    may_edit = request.actor.may(*queries.EDITORS)
    paper = {"location": found.paper_location}
    today = clock.today(request.actor.office.timezone)
    possible = possible_signers(found, on=today)
    context = {
        "record": found,
        "time": lists.time_of(found, found.created_at.astimezone(ZoneInfo(request.actor.office.timezone)).date()),
        "newer": queries.replacements_of(found).first(),
        "signatures": found.signatures.order_by("signed_at", "pk"),
        "requests": found.requests_to_sign.order_by("-created_at", "-pk"),
        "proofs": found.evidence.select_related("task__activity").order_by("at", "pk"),
        "may_edit": may_edit,
        "may_request": request.actor.may("ca", "admin", "cc", "head") and found.content_type == "application/pdf",
        "obstacle": possible.obstacle if possible else "",
        "describe_form": describe_form or DescribeForm(instance=found, auto_id="uraian_%s"),
        "paper_form": paper_form or PaperForm(paper, auto_id="kertas_%s"),
    }
    refused = any(form is not None and form.errors for form in (describe_form, paper_form))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "archive/record.html", context, status=status)
