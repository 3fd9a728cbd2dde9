"""The page behind `/j/<token>/`: a colleague is asked to take a turn and says yes or no, without an account."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.models import PersonalLink, Role
from pegasus.reminders.actions import link_for
from pegasus.roster import actions, queries
from pegasus.roster.models import ASK_PURPOSE, SwapAsk

ANSWERS = {"bersedia": True, "tidak-bisa": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question with its two answers; a POST answers. A GET changes nothing and counts as nothing."""
    link = people.closed_link(token)
    ask = _ask_behind(link)
    if link is None or ask is None:
        return render(request, "home/asks/gone.html", status=404)
    is_open = people.link_behind(token, at=clock.now()) is not None
    with timezone.override(ask.swap.duty.office.timezone):
        if request.method == "POST":
            return _take(request, token, ask, is_open=is_open)
        context = _context(ask, token, is_open=is_open)
        return render(request, "home/asks/page.html", context, status=200 if is_open and _is_known(ask) else 410)


def _ask_behind(link: PersonalLink | None) -> SwapAsk | None:
    """Return what a link asks, open or not: whoever comes too late reads what became of it."""
    if link is None or link.purpose != ASK_PURPOSE:
        return None
    rows = queries.asks_of(link.employee.office).filter(pk=link.subject.removeprefix("ask:"), employee=link.employee)
    return rows.select_related(
        "employee", "swap__duty__office", "swap__duty__holder", "swap__other_duty__holder", "swap__from_employee"
    ).first()


def _is_known(ask: SwapAsk) -> bool:
    """Tell whether there is something to do or to read here for the one who was asked."""
    return ask.answer in {SwapAsk.Answer.WAITING, SwapAsk.Answer.YES, SwapAsk.Answer.NO}


def _context(ask: SwapAsk, token: str, *, is_open: bool) -> dict[str, Any]:
    swap, office = ask.swap, ask.swap.duty.office
    return {
        "token": token,
        "ask": ask,
        "swap": swap,
        "office": office,
        "state": _state(ask, is_open=is_open),
        "is_mine": swap.duty.holder_id == ask.employee_id,
        "helper": people.holder_of(office, Role.CA, on=clock.today(office.timezone), programme=people.PEGASUS),
        "helper_role": people.role_label(office, Role.CA),
    }


def _state(ask: SwapAsk, *, is_open: bool) -> str:
    """Say what the page shows: open, over, or what was answered; of a closed link only why nothing is asked."""
    if ask.answer == SwapAsk.Answer.WAITING and clock.today(ask.swap.duty.office.timezone) > ask.swap.duty.posts_on:
        return "over"
    if not is_open and _is_known(ask):
        return "ended"
    return ask.answer


def _take(request: HttpRequest, token: str, ask: SwapAsk, *, is_open: bool) -> HttpResponse:
    deed = request.POST.get("aksi", "")
    # A link that was taken back or is over makes no other one, whoever holds the turn now.
    if deed == "kartu" and is_open and ask.swap.duty.holder_id == ask.employee_id:
        return redirect(urlsplit(link_for(duty=ask.swap.duty, at=clock.now())).path)
    if deed in ANSWERS:
        try:
            _answer(ask, accepts=ANSWERS[deed], is_open=is_open)
        except actions.AskClosed:
            messages.info(request, _("Pertanyaan ini sudah tidak menunggu jawaban; keadaannya tertulis di bawah."))
    return redirect("home:ask", token)


def _answer(ask: SwapAsk, *, accepts: bool, is_open: bool) -> None:
    if not is_open:
        raise actions.AskClosed
    actions.answer_ask(ask=ask, accepts=accepts, by=ask.employee.name, at=clock.now())
