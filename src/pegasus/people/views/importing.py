from io import BytesIO

import xlsxwriter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pegasus.kernel import clock
from pegasus.people import actions, reasons, sheets, uploads
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import ListForm, MappingForm
from pegasus.people.views import EDITORS, INVALID

SHOWN = 8  # rows of the preview: enough to see whether the columns are right
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def upload(request: OfficeRequest) -> HttpResponse:
    """Take a staff list and look whether it can be read."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["sheet"]
        try:
            if file.size > sheets.MOST_BYTES:
                raise sheets.SheetRefused(sheets.too_big())  # noqa: TRY301 - one road for every refusal
            data = file.read()
            sheets.read(data, file.name)
        except sheets.SheetRefused as refusal:
            form.add_error("sheet", str(refusal))
        else:
            token = uploads.keep(office=request.actor.office, filename=file.name, data=data, at=clock.now())
            return redirect("people:preview", token)
    status = INVALID if form.errors else 200
    return render(request, "people/import.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def preview(request: OfficeRequest, token: str) -> HttpResponse:
    """Show what an import would do, with the columns open to correction; then do it."""
    office = request.actor.office
    kept = uploads.find(office=office, token=token, at=clock.now())
    if kept is None:
        return _gone(request)
    if kept.result is not None:
        return redirect("people:imported", token)
    sheet = sheets.read(kept.data, kept.filename)
    chosen = request.POST if request.method == "POST" else request.GET
    guessed = {name: str(column) for name, column in sheet.mapping.items()}
    form = MappingForm(chosen if "name" in chosen else guessed, headings=sheet.headings)
    context: dict[str, object] = {"form": form, "sheet": sheet, "token": token, "guessed": guessed}
    if not form.is_valid():
        return render(request, "people/preview.html", context, status=INVALID if "name" in chosen else 200)
    mapping, commits = form.mapping(), request.method == "POST"
    result = actions.import_employees(
        office=office, sheet=sheet, mapping=mapping, dry_run=not commits, by=request.actor.name, at=clock.now()
    )
    if commits:
        rows = {
            "rejected": [vars(told) for told in result.rejected],
            "warnings": [vars(told) for told in result.warnings],
        }
        uploads.keep_result(office=office, token=token, filename=kept.filename, result=result.as_json() | rows)
        return redirect("people:imported", token)
    context |= {
        "result": result,
        "taken": result.created + result.updated,
        "decisions": result.plan.decisions[:SHOWN],
        "more": max(len(result.plan.decisions) - SHOWN, 0),
        "mapping": mapping,
    }
    return render(request, "people/preview.html", context)


@require_GET
@signed_in(*EDITORS)
def imported(request: OfficeRequest, token: str) -> HttpResponse:
    """Show what an import did."""
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now())
    if kept is None or kept.result is None:
        return _gone(request)
    rows = {key: _rows(kept.result, key) for key in ("rejected", "warnings")}
    for row in rows["rejected"] + rows["warnings"]:
        row["label"] = reasons.field_label(str(row["field"]))
    taken = int(str(kept.result["created"])) + int(str(kept.result["updated"]))
    context = kept.result | rows | {"taken": taken, "token": token, "filename": kept.filename}
    return render(request, "people/imported.html", context)


@require_GET
@signed_in(*EDITORS)
def refused(request: OfficeRequest, token: str) -> HttpResponse:
    """Hand out the refused and doubtful rows as a sheet to work through."""
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now())
    if kept is None or kept.result is None:
        return _gone(request)
    stream = BytesIO()
    # Texts only: what a stranger wrote into a cell must not become a formula in ours.
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(_("Perlu diperbaiki"))
        page.set_column(1, 3, 22)
        page.set_column(4, 4, 90)
        bold = book.add_format({"bold": True})
        page.write_row(0, 0, [_("Baris"), _("Nama"), _("Hasil"), _("Kolom"), _("Alasan"), _("Isi sel")], bold)
        lines = [(row, _("Ditolak")) for row in _rows(kept.result, "rejected")]
        lines += [(row, _("Diambil, perlu dilihat")) for row in _rows(kept.result, "warnings")]
        for number, (row, outcome) in enumerate(lines, 1):
            page.write_number(number, 0, int(str(row["row"])))
            label = reasons.field_label(str(row["field"]))
            for column, text in enumerate((row["person"], outcome, label, row["reason"], row["value"]), 1):
                page.write_string(number, column, str(text))
    answer = HttpResponse(stream.getvalue(), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="pegawai-perlu-diperbaiki.xlsx"'
    return answer


def _rows(result: dict[str, object], key: str) -> list[dict[str, object]]:
    rows = result[key]
    return list(rows) if isinstance(rows, list) else []


def _gone(request: OfficeRequest) -> HttpResponse:
    messages.info(request, _("Daftar yang diunggah sudah tidak disimpan lagi. Unggah sekali lagi."))
    return redirect("people:import")
