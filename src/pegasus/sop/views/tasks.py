from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pegasus.calendar.queries import working_calendar
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.sop import actions, queries
from pegasus.sop.domain.standards import TimeStandard, parse
from pegasus.sop.forms import CloseForm, EvidenceForm, ReopenForm, RunForm, in_form
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import Status
from pegasus.sop.views.periods import period_choice
from pegasus.ui.searching import name_asked

A_PAGE = 20
STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True)
class TaskRow:
    """A task as a list shows it."""

    task: Task
    status: str
    took: int | None
    standard: TimeStandard
    person: str


@require_GET
@signed_in(outsiders=True)
def activity(request: OfficeRequest, programme: str, number: int) -> HttpResponse:
    """Show the tasks of an activity in a period; each figure of the flow table opens its rows here."""
    office = request.actor.office
    choice = period_choice(request, office)
    period = choice.period
    version = get_object_or_404(queries.versions_in_force(office, programme))
    row = get_object_or_404(version.activities, number=number)
    everything = queries.tasks_in(office, period, programme).filter(activity__key=row.key, activity__rhythm=row.rhythm)
    words = name_asked(request, "q")
    found = queries.shown(_sought(everything, words))
    status = request.GET.get("status", "")
    if status in STATUSES:
        found = queries.with_status(found, status, clock.now())  # type: ignore[arg-type] # checked the line above
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    labels = {lane["key"]: lane["label"] for lane in version.lanes}
    compliance = queries.compliance(office, period, at=clock.now(), programme=programme, version=version)
    found_row = next(one for one in compliance if one.activity.number == row.number)
    context = {
        "activity": row,
        "version": version,
        "programme": version.procedure.programme,
        "performers": [labels[performer["lane"]] for performer in row.performers],
        "found": found_row,
        "counts": [(name, getattr(found_row.figures, name)) for name in STATUSES if getattr(found_row.figures, name)],
        "period": period,
        "periods": choice.periods,
        "has_earlier": choice.has_earlier,
        "status": status if status in STATUSES else "",
        "q": words,
        "page": page,
        "rows": rows_of(office, list(page)),
        "may_record": row.rhythm == Activity.Rhythm.MANUAL and request.actor.may("ca", "cc"),
    }
    return render(request, "sop/activity.html", context)


def _sought(tasks: QuerySet[Task], words: str) -> QuerySet[Task]:
    if not words:
        return tasks
    return tasks.filter(Q(owner__name__icontains=words) | Q(label__icontains=words) | Q(closed_by__icontains=words))


def rows_of(office: Office, tasks: Iterable[Task]) -> list[TaskRow]:
    """Measure the tasks of a page."""
    found = list(tasks)
    calendar = working_calendar(office)
    people = queries.people_behind(office, (task.subject for task in found)) if found else {}
    at = clock.now()
    return [
        TaskRow(
            task,
            run.state(at),
            run.took,
            parse(task.activity.time_standard),
            people.get(task.subject, ""),
        )
        for task, run in zip(found, queries.runs_of(found, calendar, office.timezone), strict=True)
    ]


@require_GET
@signed_in(outsiders=True)
def task(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one task with its proofs."""
    return _task_page(request, _task(request, pk))


def _task(request: OfficeRequest, pk: int) -> Task:
    return get_object_or_404(queries.with_evidence(queries.tasks_of(request.actor.office)), pk=pk)


def _may_act(request: OfficeRequest, found: Task) -> bool:
    return request.actor.may("ca", "cc") or (
        found.owner_id is not None and found.owner_id == request.actor.employee_id
    )


def _task_page(request: OfficeRequest, found: Task, **forms: Form) -> HttpResponse:
    may_close = request.actor.may("ca", "cc") and queries.closes_by_hand(found)
    now = timezone.localtime(clock.now())
    context = {
        "row": rows_of(request.actor.office, [found])[0],
        "task": found,
        "activity": found.activity,
        "programme": found.activity.version.procedure.programme,
        "may_prove": _may_act(request, found),
        "may_close": may_close and found.closed_at is None,
        "may_reopen": may_close and found.closed_at is not None,
        "evidence_form": EvidenceForm(),
        "close_form": CloseForm(initial={"outcome": Task.Outcome.DONE, "done_at": in_form(now)}),
        "reopen_form": ReopenForm(),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "sop/task.html", context | forms, status=status)


@require_POST
@signed_in()
def prove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hang a proof on a task."""
    found = _task(request, pk)
    if not _may_act(request, found):
        raise PermissionDenied
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _task_page(request, found, evidence_form=form)
    by, at, text = request.actor.employee, clock.now(), form.cleaned_data["text"]
    if form.cleaned_data["file"]:
        data, content_type = form.cleaned_data["file"]
        actions.hang_file(task=found, data=data, content_type=content_type, text=text, by=by, at=at)
    if form.cleaned_data["url"]:
        actions.hang_link(task=found, url=form.cleaned_data["url"], text=text, by=by, at=at)
    if not form.cleaned_data["file"] and not form.cleaned_data["url"]:
        actions.hang_word(task=found, text=text, by=by, at=at)
    messages.success(request, _("Bukti tersimpan pada tugas ini."))
    return redirect("sop:task", pk)


@require_POST
@signed_in("ca", "cc")
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Close a task by hand."""
    found = _task(request, pk)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close_by_hand(task=found, by=request.actor.employee, at=clock.now(), **form.cleaned_data)
        except actions.AlreadyClosed:
            messages.info(request, _("Tugas ini sudah ditutup sebelumnya."))
            return redirect("sop:task", pk)
        except actions.InTheFuture:
            form.add_error("done_at", _("Waktu ini belum terjadi. Isi waktu selesai yang sebenarnya."))
        except actions.ClosedElsewhere:
            messages.warning(request, _("Tugas ini ditutup di halaman kegiatannya sendiri, bukan di sini."))
            return redirect("sop:task", pk)
        else:
            messages.success(request, _("Tugas ini tercatat selesai."))
            return redirect("sop:task", pk)
    return _task_page(request, found, close_form=form)


@require_POST
@signed_in("ca", "cc")
def reopen(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a closing by hand back."""
    found = _task(request, pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _task_page(request, found, reopen_form=form)
    try:
        actions.reopen_by_hand(
            task=found, reason=form.cleaned_data["reason"], by=request.actor.employee, at=clock.now()
        )
    except actions.ClosedElsewhere:
        messages.warning(request, _("Tugas ini dibuka kembali di halaman kegiatannya sendiri, bukan di sini."))
    else:
        messages.success(request, _("Tugas ini terbuka kembali."))
    return redirect("sop:task", pk)


@require_http_methods(["GET", "POST"])
@signed_in("ca", "cc")
def record(request: OfficeRequest, programme: str, number: int) -> HttpResponse:
    """Write down a piece of work of an activity that happens when it happens."""
    office = request.actor.office
    row = get_object_or_404(
        queries.activities_in_force(office),
        number=number,
        version__procedure__programme__code=programme,
        rhythm=Activity.Rhythm.MANUAL,
    )
    form = RunForm(_posted(request), initial={"began_at": in_form(timezone.localtime(clock.now()))})
    if form.is_valid():
        try:
            opened = actions.record_run(activity=row, by=request.actor.employee, at=clock.now(), **form.cleaned_data)
        except actions.InTheFuture:
            form.add_error("began_at", _("Waktu ini belum terjadi. Isi waktu mulai yang sebenarnya."))
        else:
            messages.success(request, _("Kegiatan ini tercatat. Tutup setelah selesai, beserta buktinya."))
            return redirect("sop:task", opened.pk)
    context = {"form": form, "activity": row, "programme": row.version.procedure.programme}
    return render(request, "sop/record.html", context, status=422 if form.errors else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
