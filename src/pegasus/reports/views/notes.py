"""Obstacles and follow-ups, noted while the quarter runs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.reports import actions, queries
from pegasus.reports.forms import DoneForm, FollowUpForm, ObstacleForm, SolutionForm
from pegasus.reports.views.pages import READERS, WRITERS


@never_cache
@require_GET
@signed_in(*READERS)
def notes(request: OfficeRequest) -> HttpResponse:
    """Show what was noted in a quarter."""
    return _page(request, _period(request, request.GET.get("periode", "")))


@require_POST
@signed_in(*WRITERS)
def add_obstacle(request: OfficeRequest) -> HttpResponse:
    """Note a kendala."""
    period = _period(request, request.POST.get("periode", ""))
    office = request.actor.office
    form = ObstacleForm(request.POST, programmes=queries.programmes_of(office), auto_id="id_kendala_%s")
    if not form.is_valid():
        return _page(request, period, obstacle_form=form, status=422)
    actions.note_obstacle(office=office, period=period.key, by=request.actor.name, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Kendala dicatat."))
    return redirect(_address(period))


@require_POST
@signed_in(*WRITERS)
def solve(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct a kendala, or write its solution."""
    obstacle = get_object_or_404(queries.obstacles_of(request.actor.office), pk=pk)
    period = Period.parse(obstacle.period)
    form = SolutionForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _page(request, period, solving=(pk, form), status=422)
    actions.solve_obstacle(obstacle=obstacle, by=request.actor.name, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Catatan kendala diperbarui."))
    return redirect(_address(period))


@require_POST
@signed_in(*WRITERS)
def add_follow_up(request: OfficeRequest) -> HttpResponse:
    """Note a tindak lanjut."""
    period = _period(request, request.POST.get("periode", ""))
    office = request.actor.office
    form = FollowUpForm(request.POST, programmes=queries.programmes_of(office), auto_id="id_lanjut_%s")
    if not form.is_valid():
        return _page(request, period, follow_up_form=form, status=422)
    actions.plan_follow_up(
        office=office, period=period.key, by=request.actor.name, at=clock.now(), **form.cleaned_data
    )
    messages.success(request, _("Tindak lanjut dicatat."))
    return redirect(_address(period))


@require_POST
@signed_in(*WRITERS)
def finish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Mark a tindak lanjut as done."""
    follow_up = get_object_or_404(queries.follow_ups_of(request.actor.office), pk=pk)
    form = DoneForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.finish_follow_up(follow_up=follow_up, note=note, by=request.actor.name, at=clock.now())
    messages.success(request, _("Tindak lanjut dicatat selesai."))
    return redirect(_address(Period.parse(follow_up.period)))


def _address(period: Period) -> str:
    return f"{reverse('reports:notes')}?periode={period.key}"


def _period(request: OfficeRequest, key: str) -> Period:
    """Return the quarter that is named, else the running one."""
    try:
        period = Period.parse(key)
    except ValueError:
        period = Period.of(clock.today(request.actor.office.timezone), "quarter")
    return period if period.kind == "quarter" else Period.of(period.starts_on, "quarter")


def _page(
    request: OfficeRequest,
    period: Period,
    *,
    obstacle_form: ObstacleForm | None = None,
    follow_up_form: FollowUpForm | None = None,
    solving: tuple[int, SolutionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    office = request.actor.office
    programmes = queries.programmes_of(office)
    obstacles = [
        (
            row,
            solving[1]
            if solving and solving[0] == row.pk
            else SolutionForm(initial={"text": row.text, "solution": row.solution}, auto_id=f"id_{row.pk}_%s"),
        )
        for row in queries.obstacles_of(office).filter(period=period.key)
    ]
    context: dict[str, Any] = {
        "period": period,
        "obstacles": obstacles,
        "solving": solving[0] if solving else 0,
        "follow_ups": queries.follow_ups_of(office).filter(period=period.key),
        "obstacle_form": obstacle_form or ObstacleForm(programmes=programmes, auto_id="id_kendala_%s"),
        "follow_up_form": follow_up_form or FollowUpForm(programmes=programmes, auto_id="id_lanjut_%s"),
        "may_write": request.actor.may(*WRITERS),
    }
    return render(request, "reports/notes.html", context, status=status)
