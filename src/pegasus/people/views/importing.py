from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people import actions, sheets, uploads
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.actions import ImportResult
from pegasus.people.domain.columns import STAFF
from pegasus.people.intake import ListForm
from pegasus.people.views import EDITORS, INVALID, mapping

SHOWN = 8  # rows of the preview: enough to see whether the columns are right


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def upload(request: OfficeRequest) -> HttpResponse:
    """Take a staff list and look whether it can be read."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        try:
            filename, data = form.given()
            sheets.read(data, filename)
        except sheets.SheetRefused as refusal:
            form.add_error("sheet" if form.cleaned_data["sheet"] else "pasted", str(refusal))
        else:
            token = uploads.keep(office=request.actor.office, filename=filename, data=data, at=clock.now())
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
    arrangement = mapping.arranged(request, kept, STAFF)
    context = mapping.context_of(arrangement, token)
    if not arrangement.form.is_valid():
        status = INVALID if arrangement.form.came else 200
        return render(request, "people/preview.html", context, status=status)
    result = _import(request, arrangement, dry_run=request.method == "GET")
    if request.method == "POST":
        uploads.keep_result(office=office, token=token, upload=kept, result=result.as_json() | _remarks(result))
        return redirect("people:imported", token)
    context |= {
        "result": result,
        "taken": result.created + result.updated,
        "decisions": result.plan.decisions[:SHOWN],
        "more": max(len(result.plan.decisions) - SHOWN, 0),
        "hidden": arrangement.hidden,
        "address": arrangement.address,
    }
    return render(request, "people/preview.html", context)


@require_POST
@signed_in(*EDITORS)
def forget(request: OfficeRequest, token: str) -> HttpResponse:
    """Forget how this source's columns were chosen last time, and guess anew."""
    office = request.actor.office
    kept = uploads.find(office=office, token=token, at=clock.now())
    if kept is None or kept.result is not None:
        return _gone(request)
    remembered = mapping.arranged(request, kept, STAFF).remembered
    if remembered is not None:
        actions.forget_mapping(mapping=remembered, by=request.actor.name, at=clock.now())
        messages.info(request, _("Susunan kolom dilupakan; kolomnya ditebak lagi dari judulnya."))
    return redirect("people:preview", token)


@require_GET
@signed_in(*EDITORS)
def imported(request: OfficeRequest, token: str) -> HttpResponse:
    """Show what an import did."""
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now())
    if kept is None or kept.result is None:
        return _gone(request)
    rows = {key: mapping.with_labels(kept.result, key) for key in ("rejected", "warnings")}
    taken = int(str(kept.result["created"])) + int(str(kept.result["updated"]))
    context = kept.result | rows | {"taken": taken, "token": token, "at_once": mapping.AT_ONCE}
    return render(request, "people/imported.html", context | {"source": mapping.source(kept.filename)})


@require_GET
@signed_in(*EDITORS)
def refused(request: OfficeRequest, token: str) -> HttpResponse:
    """Hand out the refused and doubtful rows as a sheet to work through, before or after the import."""
    kept = uploads.find(office=request.actor.office, token=token, at=clock.now())
    if kept is None:
        return _gone(request)
    rows = kept.result
    if rows is None:
        arrangement = mapping.arranged(request, kept, STAFF)
        if not arrangement.form.is_valid():
            return redirect("people:preview", token)
        rows = _remarks(_import(request, arrangement, dry_run=True))
    groups = [
        (_("Ditolak"), mapping.with_labels(rows, "rejected")),
        (_("Diambil, perlu dilihat"), mapping.with_labels(rows, "warnings")),
    ]
    return mapping.remarks_file(groups, "pegawai-perlu-diperbaiki.xlsx")


def _import(request: OfficeRequest, arrangement: mapping.Arranged, *, dry_run: bool) -> ImportResult:
    return actions.import_employees(
        office=request.actor.office,
        sheet=arrangement.sheet,
        mapping=arrangement.mapping,
        dry_run=dry_run,
        by=request.actor.name,
        at=clock.now(),
    )


def _remarks(result: ImportResult) -> dict[str, object]:
    return {
        "rejected": [vars(told) for told in result.rejected],
        "warnings": [vars(told) for told in result.warnings],
    }


def _gone(request: OfficeRequest) -> HttpResponse:
    messages.info(request, _("Daftar yang diunggah sudah tidak disimpan lagi. Unggah sekali lagi."))
    return redirect("people:import")
