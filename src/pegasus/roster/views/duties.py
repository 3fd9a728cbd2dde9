from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.roster import actions, listing, queries, reasons
from pegasus.roster.forms import HandOverForm, SwapForm
from pegasus.roster.models import Duty, DutyHolder, SwapAsk
from pegasus.roster.views.weeks import PLANNERS
from pegasus.roster.wishes import Progress, partners, progress_of, wanted_for

REFUSALS = {
    actions.HolderChanged: gettext_lazy("Petugasnya baru saja diganti oleh orang lain; periksa lagi keadaannya."),
    actions.DutyIsOver: gettext_lazy("Hari tayangnya sudah lewat atau terlalu dekat; petugasnya tidak dapat diganti."),
    actions.CannotTakeOver: gettext_lazy("Rekan itu sedang tidak di kantor atau sudah bertugas pada minggu itu."),
    actions.AlreadyAsked: gettext_lazy("Permintaan untuk giliran ini sudah ada; tunggu jawabannya atau tarik dulu."),
    actions.AlreadySettled: gettext_lazy("Permintaan ini sudah diselesaikan sebelumnya."),
    actions.AskClosed: gettext_lazy("Pertanyaan ini sudah dijawab atau ditutup sebelumnya."),
    actions.NothingToUndo: gettext_lazy("Sesudah itu ada perubahan lain; yang lama tidak dapat diurungkan."),
}
REFUSED = tuple(REFUSALS)


@require_safe
@signed_in()
def duty(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one duty: who holds it, who held it and why, who could take it over, and how a wish stands."""
    return page_of(request, duty_or_404(request, pk))


def duty_or_404(request: OfficeRequest, pk: int) -> Duty:
    """Return a duty of the reader's office."""
    return get_object_or_404(queries.all_duties_of(request.actor.office).select_related("office", "holder"), pk=pk)


def page_of(request: OfficeRequest, found: Duty, **bound: Any) -> HttpResponse:  # noqa: ANN401 - forms by their names
    """Show the page of a duty, with the form that was refused."""
    names = listing.names_of(found.office)
    planner = request.actor.may(*PLANNERS)
    is_over = found.cancelled_at is not None or found.posts_on < clock.today(found.office.timezone)
    history = list(queries.history_of(found))
    progress = progress_of(found)
    context = {
        "duty": found,
        "colour": listing.colours(found.office).get(found.holder.team, 0) if found.holder else 0,
        "history": [(held, reasons.of_holder(held.reason, names)) for held in history],
        "is_over": is_over,
        "progress": progress,
        "wish": progress.swap if progress else None,
        "wanted": wanted_for(found),
        "is_mine": found.holder_id == request.actor.employee.pk and not is_over,
        "planner": planner,
        "hands_over": planner and not is_over,
    }
    if not is_over and (planner or context["is_mine"]):
        turns = partners(found, clock.now())
        context |= {"turns": turns, "swap_form": SwapForm(turns=turns, by_planner=True)}
    if planner and not is_over:
        context |= _for_planner(found, history, progress)
    return render(request, "roster/duty.html", context | bound, status=422 if bound else 200)


def _for_planner(found: Duty, history: list[DutyHolder], progress: Progress | None) -> dict[str, Any]:
    able = queries.able_to_take(found)
    declined = {ask.employee_id for ask in progress.asks if ask.answer == SwapAsk.Answer.NO} if progress else set()
    fairest = [one for one in queries.by_fairness(found, able) if one.employee.pk not in declined]
    return {
        "candidates": [
            (one.employee, reasons.of_candidate(one.turns, one.nearest_on, one.nearest_weeks))
            for one in fairest[: queries.SUGGESTED]
        ],
        "form": HandOverForm(able=able),
        "undo": _undo(history, {person.pk for person in able}),
    }


def _undo(history: list[DutyHolder], able: set[int]) -> DutyHolder | None:
    """Return who would have the turn again if the last change were undone."""
    if len(history) < 2 or history[-1].held_until or history[-1].reason.get("kind") == "roster":  # noqa: PLR2004 - last and before
        return None
    before = history[-2]
    return before if before.employee_id in able or history[-1].reason.get("kind") == "swap" else None


@require_POST
@signed_in(*PLANNERS)
def hand_over(request: OfficeRequest, pk: int) -> HttpResponse:
    """Appoint a substitute whom the CA has asked."""
    found = duty_or_404(request, pk)
    form = HandOverForm(request.POST, able=queries.able_to_take(found))
    if not form.is_valid():
        return page_of(request, found, form=form)
    to = form.cleaned_data["to"]
    try:
        actions.reassign_duty(
            duty=found, to=to, by=request.actor.name, at=clock.now(), reason=form.cleaned_data["reason"]
        )
    except actions.CannotTakeOver:
        form.add_error("to", REFUSALS[actions.CannotTakeOver])
        return page_of(request, found, form=form)
    except (actions.HolderChanged, actions.DutyIsOver) as refusal:
        messages.warning(request, REFUSALS[type(refusal)])
    else:
        messages.success(request, _("%(name)s sekarang petugas minggu ini.") % {"name": to.name})
    return redirect("roster:duty", pk=found.pk)
