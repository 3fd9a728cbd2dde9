"""Ways out for who cannot serve, on the page behind `/t/<token>/`: a substitute, an exchange, or after all not."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pegasus.home.personal_draft import Visit
from pegasus.kernel import clock
from pegasus.kernel.text import clean_line
from pegasus.roster import actions as roster
from pegasus.roster.forms import SwapForm
from pegasus.roster.models import Duty
from pegasus.roster.queries import all_duties_of
from pegasus.roster.wishes import partners, progress_of

DEEDS = frozenset({"berhalangan", "tukar", "jadi-bisa"})


def ways_out(visit: Visit, request: HttpRequest) -> dict[str, Any]:
    """How a wish to hand the turn over stands; where there is none, the turns it can be exchanged for."""
    duty = _duty(visit)
    if duty is None:
        return {}
    progress = progress_of(duty)
    here = request.path
    return {
        "progress": progress,
        "turns": [] if progress else partners(duty, clock.now()),
        "wish_url": here,
        "swap_url": here,
    }


def take(request: HttpRequest, visit: Visit, deed: str) -> HttpResponse:
    """Ask for a substitute or an exchange, or take the wish back."""
    duty, now = _duty(visit), clock.now()
    if duty is None:
        raise Http404
    reason = clean_line(request.POST.get("reason", ""))[:200]
    try:
        if deed == "berhalangan":
            roster.ask_for_substitute(duty=duty, reason=reason, at=now)
        elif deed == "tukar":
            _ask_to_swap(request, duty, reason)
        elif progress := progress_of(duty):
            roster.withdraw_request(swap=progress.swap, by=visit.employee.name, at=now)
    except roster.AlreadyAsked:
        messages.info(request, _("Permintaan pengganti sudah tercatat sebelumnya."))
    except roster.CannotTakeOver:
        messages.warning(request, _("Giliran itu tidak dapat ditukar lagi; pilih giliran lain."))
    except (roster.DutyIsOver, roster.HolderChanged, roster.AlreadySettled):
        messages.warning(request, _("Giliran ini sudah lewat atau sudah dialihkan."))
    return redirect("home:personal", visit.token)


def _ask_to_swap(request: HttpRequest, duty: Duty, reason: str) -> None:
    form = SwapForm(request.POST, turns=partners(duty, clock.now()))
    if not form.is_valid():
        messages.warning(request, _("Pilih dulu giliran rekan yang ingin ditukar."))
        return
    other = form.cleaned_data["other"]
    other.office = duty.office
    roster.ask_to_swap(duty=duty, other=other, reason=reason, at=clock.now())


def _duty(visit: Visit) -> Duty | None:
    kind, _colon, number = visit.task.subject.partition(":")
    if kind != "duty":
        return None
    return all_duties_of(visit.office).select_related("office", "holder").filter(pk=number).first()
