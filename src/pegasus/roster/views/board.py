from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Employee, Office
from pegasus.roster import actions, desk, moves, queries
from pegasus.roster.desk import Desk
from pegasus.roster.forms import MoveForm, period_label
from pegasus.roster.models import Duty, DutyHolder
from pegasus.roster.periods import period_asked
from pegasus.roster.views.weeks import PLANNERS
from pegasus.ui.searching import name_asked

PER_PAGE = 20


@require_safe
@signed_in(*PLANNERS)
def board(request: OfficeRequest) -> HttpResponse:
    """Show the weeks of a period as a board on which turns are exchanged and handed over."""
    office = request.actor.office
    today = clock.today(office.timezone)
    period = _period(office, request.GET.get("periode"), today)
    table = desk.read(office, period.starts_on, period.ends_on, today)
    picked = next((duty for duty in table.duties if str(duty.pk) == request.GET.get("untuk")), None)
    context = {"period": period, "picked": picked, **_colleagues(request, table, picked)}
    if request.headers.get("HX-Target") == "orang":
        return render(request, "roster/board.html#people", context)
    rows = table.rows()
    context |= {
        "label": period_label(period),
        "previous": period.previous,
        "next": period.next,
        "past": [row for row in rows if row.over],
        "coming": [row for row in rows if not row.over],
        "sentences": moves.sentences(),
        "planner": True,
        "changed": _changed(office, request.GET.get("berubah", "")),
    }
    return render(request, "roster/board.html", context)


def _period(office: Office, key: str | None, today: date) -> Period:
    """Return the period asked for, or the one of the next turn."""
    period = period_asked(office, key, today)
    if not key:
        coming = queries.duties_of(office).filter(posts_on__gte=today).values_list("posts_on", flat=True).first()
        return Period.of(coming, period.kind) if coming else period
    return period


def _colleagues(request: HttpRequest, table: Desk, picked: Duty | None) -> dict[str, object]:
    """Return the people beside the board: all by name, or those who may take the picked turn, the fairest first."""
    words = name_asked(request)
    found = desk.colleagues_of(table.office, picked.posts_on if picked else table.today, words)
    asked, size = request.GET.get("page"), PER_PAGE
    if picked:
        able = Paginator(table.able(picked, found), size).get_page(asked)
        return {"page": able, "people": [replace(one, cells=table.cells(one.person)) for one in able], "words": words}
    page = Paginator(found, size).get_page(asked)
    return {"page": page, "people": table.colleagues(page), "words": words}


def _changed(office: Office, key: str) -> DutyHolder | None:
    """Return the change just made, as long as it stands."""
    return queries.last_changes(office).filter(pk=key).first() if key.isdecimal() and len(key) < 18 else None  # noqa: PLR2004


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*PLANNERS)
def board_change(request: OfficeRequest) -> HttpResponse:
    """Show what a move would mean, ask for the reason, and do it."""
    given = request.POST if request.method == "POST" else request.GET
    office = request.actor.office
    duty = _duty(office, given.get("giliran", ""))
    today = clock.today(office.timezone)
    if given.get("dengan"):
        move = moves.swap(duty, _duty(office, given["dengan"]), today)
    elif given.get("kepada"):
        move = moves.hand_over(duty, _employee(office, given["kepada"]), today)
    else:
        return _options(request, duty, today)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and move.allowed and form.is_valid():
        return _do(request, move, form)
    template = "roster/change.html#form" if request.headers.get("HX-Target") == "panel-isi" else "roster/change.html"
    refused = request.method == "POST"
    return render(request, template, {"move": move, "form": form}, status=422 if refused else 200)


def _duty(office: Office, key: str) -> Duty:
    return get_object_or_404(queries.duties_of(office).select_related("office").exclude(holder=None), pk=_key(key))


def _employee(office: Office, key: str) -> Employee:
    return get_object_or_404(people.employees_of(office), pk=_key(key))


def _key(text: str) -> int:
    if not text.isdecimal() or len(text) >= 18:  # noqa: PLR2004 - what a database key can hold
        raise Http404
    return int(text)


def _options(request: OfficeRequest, duty: Duty, today: date) -> HttpResponse:
    """List with whom a turn can be exchanged and to whom it can be given: the way without a mouse or scripts."""
    office = duty.office
    last = max((one.posts_on for one in queries.duties_of(office)), default=duty.posts_on)
    table = desk.read(office, min(today, duty.posts_on), max(last, duty.posts_on), today)
    context = {"duty": duty, "swaps": moves.possible_swaps(table, duty), **_colleagues(request, table, duty)}
    return render(request, "roster/options.html", context)


def _do(request: OfficeRequest, move: moves.Move, form: MoveForm) -> HttpResponse:
    board_url = f"{reverse('roster:board')}?periode={_period_key(move.duty)}"
    try:
        moves.do(move, by=request.actor.name, at=clock.now(), reason=form.cleaned_data["reason"])
    except actions.CannotTakeOver:
        messages.warning(request, _("Keadaannya baru berubah: aturan tidak lagi membolehkan perpindahan ini."))
    except actions.HolderChanged:
        messages.warning(request, _("Petugasnya baru saja diganti oleh orang lain; periksa lagi sebelum mengubah."))
    except actions.DutyIsOver:
        messages.warning(request, _("Hari tayangnya sudah lewat; petugasnya tidak dapat diganti lagi."))
    else:
        done = queries.last_changes(move.duty.office).filter(duty=move.duty).first()
        return redirect(f"{board_url}&berubah={done.pk}" if done else board_url)
    return redirect(board_url)


def _period_key(duty: Duty) -> str:
    office = duty.office
    return Period.of(
        duty.posts_on, "semester" if office.roster_period == office.PeriodKind.SEMESTER else "quarter"
    ).key


@require_POST
@signed_in(*PLANNERS)
def board_undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a change back; of a swap both turns go back."""
    holder = get_object_or_404(
        DutyHolder.objects.select_related("duty__office", "duty__holder"), pk=pk, duty__office=request.actor.office
    )
    day = date_format(holder.duty.posts_on, "l, j F Y")
    try:
        actions.undo_change(holder=holder, by=request.actor.name, at=clock.now())
    except (actions.NothingToUndo, actions.HolderChanged):
        messages.warning(
            request, _("Giliran %(day)s sudah diubah lagi sesudahnya; tidak ada yang diurungkan.") % {"day": day}
        )
    except actions.CannotTakeOver:
        messages.warning(
            request,
            _("Petugas semula tidak lagi dapat bertugas pada %(day)s; tidak ada yang diurungkan.") % {"day": day},
        )
    except actions.DutyIsOver:
        messages.warning(request, _("Hari tayangnya sudah lewat; petugasnya tidak dapat diganti lagi."))
    else:
        messages.success(request, _("Giliran %(day)s kembali seperti semula.") % {"day": day})
    return redirect(f"{reverse('roster:board')}?periode={_period_key(holder.duty)}")
