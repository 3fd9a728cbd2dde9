"""A turn is to change hands: wished, asked, answered for somebody, exchanged, undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.roster import actions, queries
from pegasus.roster.forms import SwapForm, WishForm
from pegasus.roster.models import Duty, Swap, SwapAsk
from pegasus.roster.views.duties import REFUSALS, REFUSED, duty_or_404, page_of
from pegasus.roster.views.weeks import PLANNERS
from pegasus.roster.wishes import changes_of, partners


def _own_or_planned(request: OfficeRequest, duty: Duty) -> None:
    if duty.holder_id != request.actor.employee.pk and not request.actor.may(*PLANNERS):
        raise PermissionDenied


@require_POST
@signed_in()
def wish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say that one cannot serve; one's own turn, or the CA for somebody."""
    found = duty_or_404(request, pk)
    _own_or_planned(request, found)
    form = WishForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        swap = actions.ask_for_substitute(duty=found, reason=reason, by=request.actor.name, at=clock.now())
    except REFUSED as refusal:
        messages.warning(request, REFUSALS[type(refusal)])
    else:
        _tell_of(request, swap)
    return redirect("roster:duty", pk=found.pk)


def _tell_of(request: OfficeRequest, swap: Swap) -> None:
    ask = queries.asks_of(request.actor.office).filter(swap=swap, answer=SwapAsk.Answer.WAITING).first()
    if ask is None:
        messages.warning(request, _("Tidak ada lagi yang dapat ditanya; PJ Pegasus mencarikan jalan lain."))
    else:
        messages.success(
            request,
            _("Pesan kepada %(name)s sudah disiapkan. Sampai ada yang bersedia, petugasnya tetap.")
            % {"name": ask.employee.name},
        )


@require_POST
@signed_in()
def swap(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask a colleague to exchange turns; the CA, who has asked both, exchanges them at once."""
    found, now = duty_or_404(request, pk), clock.now()
    _own_or_planned(request, found)
    at_once = "langsung" in request.POST and request.actor.may(*PLANNERS)
    form = SwapForm(request.POST, turns=partners(found, now), by_planner=at_once)
    if not form.is_valid():
        return page_of(request, found, **{"swap_form" if at_once else "ask_form": form})
    other, reason, name = form.cleaned_data["other"], form.cleaned_data["reason"], request.actor.name
    other.office = found.office
    try:
        if at_once:
            actions.swap_duties(one=found, other=other, by=name, at=now, reason=reason, confirmed_by=name)
            messages.success(request, _("Kedua giliran sudah bertukar."))
        else:
            _tell_of(request, actions.ask_to_swap(duty=found, other=other, reason=reason, by=name, at=now))
    except REFUSED as refusal:
        messages.warning(request, REFUSALS[type(refusal)])
    return redirect("roster:duty", pk=found.pk)


@require_POST
@signed_in(*PLANNERS)
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Undo a change of a duty's holder, as long as none followed it."""
    held = get_object_or_404(changes_of(request.actor.office), pk=pk)
    try:
        actions.undo_change(holder=held, by=request.actor.name, at=clock.now())
    except REFUSED as refusal:
        messages.warning(request, REFUSALS[type(refusal)])
    else:
        messages.success(request, _("Perubahan diurungkan; giliran kembali kepada petugas sebelumnya."))
    return redirect("roster:duty", pk=held.duty_id)


@require_POST
@signed_in()
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a wish back: the one who asked, or the CA."""
    found = get_object_or_404(queries.swaps_of(request.actor.office), pk=pk)
    if found.from_employee_id != request.actor.employee.pk and not request.actor.may(*PLANNERS):
        raise PermissionDenied
    try:
        actions.withdraw_request(swap=found, by=request.actor.name, at=clock.now())
    except actions.AlreadySettled as refusal:
        messages.info(request, REFUSALS[type(refusal)])
    else:
        messages.info(request, _("Permintaan ditarik; %(name)s tetap bertugas.") % {"name": found.from_employee.name})
    return redirect("roster:duty", pk=found.duty_id)


@require_POST
@signed_in(*PLANNERS)
def ask_more(request: OfficeRequest, pk: int) -> HttpResponse:
    """Begin another round after nobody of the last one could."""
    found = get_object_or_404(queries.open_swaps(request.actor.office).filter(kind=Swap.Kind.SUBSTITUTE), pk=pk)
    actions.ask_in_turn(swap=found, by=request.actor.name, at=clock.now())
    _tell_of(request, found)
    return redirect("roster:duty", pk=found.duty_id)


@require_POST
@signed_in(*PLANNERS)
def answer_for(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write down what somebody who was asked told the CA."""
    ask = get_object_or_404(queries.asks_of(request.actor.office), pk=pk)
    accepts = request.POST.get("jawaban") == "bersedia"
    try:
        answer = actions.answer_ask(ask=ask, accepts=accepts, by=request.actor.name, at=clock.now())
    except actions.AskClosed as refusal:
        messages.info(request, REFUSALS[type(refusal)])
    else:
        words = {
            SwapAsk.Answer.YES: _("%(name)s bersedia; gilirannya sudah berpindah."),
            SwapAsk.Answer.NO: _("Tercatat: %(name)s tidak bisa."),
        }
        fallback = _("%(name)s tidak dapat mengambil giliran itu lagi; lihat keadaannya di bawah.")
        messages.info(request, words.get(answer, fallback) % {"name": ask.employee.name})
    return redirect("roster:duty", pk=ask.swap.duty_id)
