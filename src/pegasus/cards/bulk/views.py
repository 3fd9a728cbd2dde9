from datetime import date, datetime

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.cards import render as drawing
from pegasus.cards.actions import load_shipped
from pegasus.cards.bulk import actions, files, making, queries
from pegasus.cards.bulk.forms import SIZE_LABELS, BulkForm
from pegasus.cards.bulk.reasons import reason
from pegasus.cards.domain import bulk
from pegasus.cards.models import BulkRow, BulkRun
from pegasus.cards.queries import design_of
from pegasus.kernel import clock
from pegasus.people import sheets
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.sheets import Sheet, SheetRefused
from pegasus.typeset import glyphs
from pegasus.typeset.render import TypesetFailed

PER_PAGE = 20
ROWS_SHOWN = 8
REFUSED_SHOWN = 50
EDITORS = ("ca", "humas")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def index(request: OfficeRequest) -> HttpResponse:
    """Show the runs, and take another sheet."""
    office = request.actor.office
    load_shipped()
    if request.method == "POST":
        form = BulkForm(office, request.POST, request.FILES)
        if form.is_valid() and (begun := _begun(request, form)):
            return redirect("cards:bulk_run", begun.pk)
    else:
        form = BulkForm(
            office,
            initial={"shown_on": clock.today(office.timezone), "sizes": ["portrait"], "title": _("Ulang tahun")},
        )
    page = Paginator(queries.runs_with_figures(office), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "months": _months(clock.today(office.timezone))}
    return render(request, "cards/bulk/index.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in(*EDITORS)
def birthdays(request: OfficeRequest) -> HttpResponse:
    """Take a month's birthdays from the staff list instead of a sheet."""
    office = request.actor.office
    first = month_asked(request)
    month = {"month": date_format(first, "F Y")}
    title = _("Ulang tahun %(month)s") % month
    begun = actions.begin_birthdays(office=office, first=first, title=title, by=request.actor.name, at=clock.now())
    if begun is None:
        messages.info(
            request,
            _("Tidak ada kartu yang perlu dibuat untuk %(month)s: sudah ada, atau belum ada tanggal lahirnya.")
            % month,
        )
        return redirect("cards:bulk")
    return redirect("cards:bulk_run", begun.pk)


@require_safe
@signed_in(*EDITORS)
def run(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what was read, then how far the cards are; asked by htmx, the part that moves alone."""
    found = _run(request, pk)
    counts = queries.figures(found)
    wanted = sum(counts.values()) - counts[BulkRow.State.REFUSED]
    labels = dict(SIZE_LABELS)
    context: dict[str, object] = {
        "run": found,
        "sizes": [labels[size] for size in found.sizes],
        "wanted": wanted,
        "ready": counts[BulkRow.State.DONE],
        "waiting": counts[BulkRow.State.WAITING],
        "failed": counts[BulkRow.State.FAILED],
        "refused": counts[BulkRow.State.REFUSED],
        "pictures": wanted * len(found.sizes),
        "expires_at": found.finished_at and found.finished_at + actions.KEPT,
    }
    if request.headers.get("HX-Request") and found.state == BulkRun.State.RUNNING:
        return render(request, "cards/bulk/run.html#progress", context)
    rows = queries.rows_of(found)
    bad = rows.filter(state__in=(BulkRow.State.REFUSED, BulkRow.State.FAILED))[:REFUSED_SHOWN]
    context["bad"] = [{"row": row, "reason": reason(row)} for row in bad]
    context["more_bad"] = max(0, counts[BulkRow.State.REFUSED] + counts[BulkRow.State.FAILED] - REFUSED_SHOWN)
    context["rows"] = rows.exclude(state__in=(BulkRow.State.REFUSED, BulkRow.State.FAILED))[:ROWS_SHOWN]
    answer = render(request, "cards/bulk/run.html", context)
    if request.headers.get("HX-Request"):  # it has ended: the whole page tells what came of it
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@signed_in(*EDITORS)
def picture(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """Send one row's card small: the finished one, else drawn for the preview."""
    found = _run(request, pk)
    row = get_object_or_404(queries.rows_of(found), number=number)
    path = files.path_of(found, row.number, found.sizes[0])
    if row.state == BulkRow.State.DONE and default_storage.exists(path):
        with default_storage.open(path, "rb") as file:
            data = file.read()
    elif row.state == BulkRow.State.WAITING:
        try:
            data = drawing.jpeg(design_of(found.template), making.content_of(found, row), found.sizes[0])
        except TypesetFailed:
            raise Http404 from None
    else:
        raise Http404
    answer = HttpResponse(drawing.thumbnail(data), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@require_POST
@signed_in(*EDITORS)
def start(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let the cards be made."""
    found = _run(request, pk)
    try:
        actions.start_run(run=found, by=request.actor.name, at=clock.now())
    except actions.TooManyRunning:
        messages.warning(
            request, _("Dua pembuatan sedang berjalan di kantor ini. Tunggu salah satunya selesai, lalu mulai lagi.")
        )
    except actions.NotStartable:
        messages.info(request, _("Pembuatan ini sudah dimulai, atau tidak ada kartu yang dapat dibuat."))
    return redirect("cards:bulk_run", pk)


@require_POST
@signed_in(*EDITORS)
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Stop it; what is made stays."""
    try:
        actions.cancel_run(run=_run(request, pk), by=request.actor.name, at=clock.now())
        messages.info(request, _("Pembuatan dihentikan. Kartu yang sudah jadi tetap dapat diunduh."))
    except actions.NotRunning:
        messages.info(request, _("Pembuatan ini sudah berakhir."))
    return redirect("cards:bulk_run", pk)


@require_POST
@signed_in(*EDITORS)
def forget(request: OfficeRequest, pk: int) -> HttpResponse:
    """Delete pictures and rows."""
    found = _run(request, pk)
    try:
        actions.forget_run(run=found, by=request.actor.name, at=clock.now())
        messages.success(request, _("Kartu dan nama dari “%(title)s” dihapus.") % {"title": found.title})
    except actions.StillRunning:
        messages.warning(request, _("Hentikan dulu pembuatannya."))
        return redirect("cards:bulk_run", pk)
    return redirect("cards:bulk")


@require_safe
@signed_in(*EDITORS)
def download(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Send the finished cards as one ZIP, piece by piece."""
    found = _run(request, pk)
    ready = queries.rows_of(found).filter(state=BulkRow.State.DONE)
    if found.finished_at is None or not ready.exists():
        raise Http404
    name = f"{slugify(found.title) or 'kartu'}-{found.shown_on:%Y-%m-%d}.zip"
    pieces = files.zipped(found, ready.iterator(chunk_size=100), at=found.finished_at)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def month_asked(request: OfficeRequest) -> date:
    """Return the first day of the month that a form names."""
    try:
        return datetime.strptime(request.POST.get("bulan", ""), "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        raise Http404 from None


def _months(today: date) -> list[date]:
    """Return the first days of this month and of the two after it."""
    ahead = [today.year * 12 + today.month - 1 + number for number in range(3)]
    return [date(number // 12, number % 12 + 1, 1) for number in ahead]


def _run(request: OfficeRequest, pk: int) -> BulkRun:
    return get_object_or_404(queries.runs_of(request.actor.office), pk=pk)


def _begun(request: OfficeRequest, form: BulkForm) -> BulkRun | None:
    """Read the sheet; what is wrong with it as a whole is said on the form."""
    given, office = form.cleaned_data, request.actor.office
    try:
        filename, data = form.given()
        sheet = sheets.read(data, filename, kind=bulk.SHEET, zone=office.timezone)
        _refuse(sheet, given["for_all"])
    except SheetRefused as refused:
        form.add_error("pasted" if given.get("pasted", "").strip() else "sheet", str(refused))
        return None
    lines = bulk.lines(
        sheet.people,
        sheet.mapping,
        for_all=given["for_all"],
        today=clock.today(office.timezone),
        missing=glyphs.missing,
    )
    template = next(one for one in form.templates if str(one.pk) == given["template"])
    return actions.begin_run(
        office=office,
        title=given["title"],
        template=template,
        sizes=given["sizes"],
        shown_on=given["shown_on"],
        lines=lines,
        by=request.actor.name,
        at=clock.now(),
    )


def _refuse(sheet: Sheet, for_all: str) -> None:
    if "name" not in sheet.mapping:
        raise SheetRefused(_("Kolom nama tidak ditemukan. Tulis “Nama” di baris judulnya."))
    if "words" not in sheet.mapping and not for_all.strip():
        raise SheetRefused(_("Lembar ini tidak punya kolom kata. Beri judul “Kata”, atau isi ucapan untuk semua."))
    filled = sum(1 for row in sheet.people if any(str(cell).strip() for cell in row.cells))
    if not filled:
        raise SheetRefused(_("Tidak ada satu pun baris di bawah judulnya."))
    if filled > bulk.MOST_ROWS:
        raise SheetRefused(
            _("Lembar ini memuat %(rows)d baris; paling banyak 1.000 sekaligus. Bagi menjadi beberapa lembar.")
            % {"rows": filled}
        )
