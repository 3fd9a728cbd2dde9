from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.people.queries import holder_of, role_label
from pegasus.sop import actions, queries, shipped
from pegasus.sop.forms import ActivityForm, ActivityRows, ProgrammeForm
from pegasus.sop.shipped import ShippedActivity, ShippedLane, ShippedPerformer, ShippedProcedure

CHANGERS = ("ca", "cc", "admin")
FIRST_ROWS = 3
MOST_ROWS = 20


@require_GET
@signed_in(outsiders=True)
def programmes(request: OfficeRequest) -> HttpResponse:
    """List the programmes of the network that this office runs, and those it may take up."""
    found = list(queries.programmes_with_figures(request.actor.office))
    codes = {programme.code for programme in found}
    waiting = [shipped.procedure(code) for code in shipped.codes() if code not in codes]
    return render(
        request,
        "sop/programmes.html",
        {"programmes": found, "waiting": waiting, "may_change": request.actor.may(*CHANGERS)},
    )


@require_POST
@signed_in(*CHANGERS)
def take_up(request: OfficeRequest, code: str) -> HttpResponse:
    """Take up a shipped programme."""
    try:
        programme = actions.install(office=request.actor.office, code=code, at=clock.now(), by=request.actor.name)
    except shipped.UnknownProcedure:
        messages.warning(request, _("Tidak ada SOP bawaan dengan kode ini."))
        return redirect("sop:programmes")
    actions.open_period_tasks(office=request.actor.office, at=clock.now())
    messages.success(request, _("%(name)s kini berjalan di kantor ini.") % {"name": programme.name})
    return redirect("sop:programmes")


@require_POST
@signed_in(*CHANGERS)
def switch_programme(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let a programme rest or run again."""
    programme = get_object_or_404(queries.programmes_of(request.actor.office), pk=pk)
    active = request.POST.get("active") == "1"
    try:
        actions.set_active(programme=programme, active=active, by=request.actor.name, at=clock.now())
    except actions.NothingChanged:
        messages.info(request, _("Keadaan kegiatan ini sudah demikian."))
    else:
        words = _("%(name)s berjalan lagi.") if active else _("%(name)s beristirahat: tidak ada tugas baru.")
        messages.success(request, words % {"name": programme.name})
    return redirect("sop:programmes")


@require_http_methods(["GET", "POST"])
@signed_in(*CHANGERS)
def new_programme(request: OfficeRequest) -> HttpResponse:
    """Write a programme down: its activities become its SOP, its tasks open by themselves."""
    if request.method != "POST":
        return _page(request, ProgrammeForm(), _rows(None))
    form, rows = ProgrammeForm(request.POST), _rows(request.POST)
    if "add" in request.POST:
        return _page(request, form_as_typed(request), _one_more(request))
    if form.is_valid() and rows.is_valid():
        text = text_of(request.actor.office, form, [row for row in rows.forms if row.has_changed()])
        try:
            programme = actions.add_programme(
                office=request.actor.office, text=text, at=clock.now(), by=request.actor.name
            )
        except actions.CodeTaken:
            form.add_error("code", _("Kode ini sudah dipakai kegiatan lain di kantor ini."))
        else:
            actions.open_period_tasks(office=request.actor.office, at=clock.now())
            messages.success(request, _("%(name)s kini berjalan di kantor ini.") % {"name": programme.name})
            return redirect("sop:programmes")
    return _page(request, form, rows, status=422)


def _page(
    request: HttpRequest, form: ProgrammeForm, rows: BaseFormSet[ActivityForm], status: int = 200
) -> HttpResponse:
    return render(request, "sop/new_programme.html", {"form": form, "rows": rows}, status=status)


def _rows(data: Any) -> BaseFormSet[ActivityForm]:  # noqa: ANN401 - request.POST or None
    if data is not None:
        return ActivityRows(data, prefix="a")
    return ActivityRows(initial=[{} for _place in range(FIRST_ROWS)], prefix="a")


def form_as_typed(request: HttpRequest) -> ProgrammeForm:
    """Return the form with what was typed and without complaints: one asked for another row, not for a check."""
    return ProgrammeForm(initial={name: request.POST.get(name, "") for name in ProgrammeForm.base_fields})


def _one_more(request: HttpRequest) -> BaseFormSet[ActivityForm]:
    written = request.POST.get("a-TOTAL_FORMS", "")[:4]
    count = int(written) if written.isdecimal() else 0
    typed = [
        {name: request.POST.get(f"a-{place}-{name}", "") for name in ActivityForm.base_fields}
        for place in range(min(count, MOST_ROWS - 1))
    ]
    return ActivityRows(initial=[*typed, {}], prefix="a")


def text_of(office: Office, form: ProgrammeForm, rows: list[ActivityForm]) -> ShippedProcedure:
    """Write the forms as a procedure: a lane per role in order of appearance, capsules at both ends."""
    today = clock.today(office.timezone)
    head = holder_of(office, "head", on=today)
    facts = form.cleaned_data
    roles = list(dict.fromkeys(row.cleaned_data["role"] for row in rows))
    lanes: list[ShippedLane] = [
        {"key": role, "label": _("Pegawai") if role == "pegawai" else role_label(office, role), "role": role}
        for role in roles
    ]
    return {
        "code": facts["code"],
        "name": facts["name"],
        "number": facts["number"],
        "version": 1,
        "agency": [line for line in (office.agency, office.region) if line],
        "unit": facts["unit"],
        "title": f"SOP Penyelenggaraan Kegiatan {facts['name']}",
        "created_on": today.isoformat(),
        "revised_on": None,
        "effective_on": today.isoformat(),
        "approved_by_position": f"Kepala {office.name}",
        "approved_by_name": head.name if head else "",
        "legal_basis": [],
        "qualifications": [],
        "related": [],
        "warnings": [],
        "equipment": [],
        "recording": "Disimpan sebagai data elektronik dan manual",
        "lanes": lanes,
        "activities": [_activity(number, len(rows), row.cleaned_data) for number, row in enumerate(rows, start=1)],
    }


def _activity(number: int, last: int, facts: dict[str, Any]) -> ShippedActivity:
    symbol = "start" if number == 1 else "end" if number == last else "process"
    performer: ShippedPerformer = {"lane": facts["role"], "symbol": symbol}
    if facts["back_to"] is not None:
        performer = {"lane": facts["role"], "symbol": "decision", "no": facts["back_to"]}
    return {
        "number": number,
        "title": facts["title"],
        "performers": [performer],
        "required_input": facts["required_input"],
        "time_standard": facts["time_standard"],
        "output": facts["output"],
        "remark": "",
        "rhythm": facts["rhythm"],
    }
