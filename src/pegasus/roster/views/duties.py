from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.roster import actions, listing, queries, reasons
from pegasus.roster.forms import HandOverForm, WishForm
from pegasus.roster.models import Duty
from pegasus.roster.views.weeks import PLANNERS


@require_safe
@signed_in()
def duty(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one duty: who holds it, who held it and why, and who could take it over."""
    return _page(request, _duty(request, pk))


def _duty(request: OfficeRequest, pk: int) -> Duty:
    return get_object_or_404(queries.all_duties_of(request.actor.office).select_related("office", "holder"), pk=pk)


def _page(request: OfficeRequest, found: Duty, form: HandOverForm | None = None) -> HttpResponse:
    now, names = clock.now(), listing.names_of(found.office)
    planner = request.actor.may(*PLANNERS)
    is_over = found.cancelled_at is not None or found.posts_on < clock.today(found.office.timezone)
    history = [(held, reasons.of_holder(held.reason, names)) for held in queries.history_of(found)]
    hands_over = planner and not is_over
    able = queries.able_to_take(found) if hands_over else []
    earlier = [held.employee for held, _why in history[:-1] if held.employee in able]
    candidates = queries.substitutes(found, now) if hands_over else []
    wishes = queries.open_swaps(found.office).filter(duty=found)
    return render(
        request,
        "roster/duty.html",
        {
            "duty": found,
            "colour": listing.colours(found.office).get(found.holder.team, 0) if found.holder else 0,
            "history": history,
            "is_over": is_over,
            "hands_over": hands_over,
            "candidates": [
                (one.employee, reasons.of_candidate(one.turns, one.nearest_on, one.nearest_weeks))
                for one in candidates
            ],
            "form": form or (HandOverForm(duty=found) if hands_over else None),
            "earlier": earlier[-1] if earlier else None,
            "wish": wishes.first(),
            "is_mine": found.holder_id == request.actor.employee.pk and not is_over,
            "planner": planner,
        },
        status=422 if form is not None and form.errors else 200,
    )


@require_POST
@signed_in(*PLANNERS)
def hand_over(request: OfficeRequest, pk: int) -> HttpResponse:
    """Appoint a substitute whom the CA has asked."""
    found = _duty(request, pk)
    form = HandOverForm(request.POST, duty=found)
    if not form.is_valid():
        return _page(request, found, form)
    to = form.cleaned_data["to"]
    try:
        actions.reassign_duty(
            duty=found, to=to, by=request.actor.name, at=clock.now(), reason=form.cleaned_data["reason"]
        )
    except actions.CannotTakeOver:
        form.add_error("to", _("Pegawai ini sedang tidak di kantor atau sudah bertugas pada minggu itu."))
        return _page(request, found, form)
    except actions.HolderChanged:
        messages.warning(request, _("Petugasnya baru saja diganti oleh orang lain; periksa lagi sebelum mengubah."))
    except actions.DutyIsOver:
        messages.warning(request, _("Hari tayangnya sudah lewat; petugasnya tidak dapat diganti lagi."))
    else:
        messages.success(request, _("%(name)s sekarang petugas minggu ini.") % {"name": to.name})
    return redirect("roster:duty", pk=found.pk)


@require_POST
@signed_in()
def wish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say that one cannot serve; one's own turn only."""
    found = _duty(request, pk)
    if found.holder_id != request.actor.employee.pk:
        raise PermissionDenied
    form = WishForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.ask_for_substitute(duty=found, reason=reason, at=clock.now())
    except actions.AlreadyAsked:
        messages.info(request, _("Pengganti sudah diminta; tunggu kabar dari PJ Pegasus."))
    except actions.DutyIsOver:
        messages.warning(request, _("Hari tayangnya sudah lewat."))
    else:
        messages.success(
            request, _("PJ Pegasus diminta mencarikan pengganti. Sampai ada, giliran ini tetap milik Anda.")
        )
    return redirect("roster:duty", pk=found.pk)


@require_POST
@signed_in()
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a wish back: the one who asked, or the CA."""
    swap = get_object_or_404(queries.swaps_of(request.actor.office), pk=pk)
    if swap.from_employee_id != request.actor.employee.pk and not request.actor.may(*PLANNERS):
        raise PermissionDenied
    try:
        actions.withdraw_request(swap=swap, by=request.actor.name, at=clock.now())
    except actions.AlreadySettled:
        messages.info(request, _("Permintaan ini sudah diselesaikan sebelumnya."))
    else:
        messages.info(request, _("Permintaan ditarik; %(name)s tetap bertugas.") % {"name": swap.from_employee.name})
    return redirect("roster:duty", pk=swap.duty_id)
