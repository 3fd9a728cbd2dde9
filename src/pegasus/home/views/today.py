"""The first page: what to do now, for each role that somebody holds."""

from datetime import datetime
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pegasus.calendar import queries as calendar
from pegasus.cards.queries import reviews_of
from pegasus.delivery import channels
from pegasus.home import health as installation
from pegasus.home import queries
from pegasus.home.demo.office import PASSWORD
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.access import Actor, OfficeRequest, signed_in
from pegasus.people.models import User
from pegasus.people.notices import sentence
from pegasus.reminders import actions as reminders
from pegasus.roster import queries as roster

KEEPERS = ("ca", "admin")
NOTICES = 20
EVALUATORS = ("cc", "cl", "head")


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Say what to do now; where there is no office yet, begin with one."""
    if not request.user.is_authenticated and queries.is_empty():
        return redirect("home:start")
    return today(request)


@signed_in(outsiders=True)
def today(request: OfficeRequest) -> HttpResponse:
    """Show the sections of every role that is held."""
    with calendar.read_once():
        return render(request, "home/today.html", _sections(request, clock.now()))


def _sections(request: OfficeRequest, at: datetime) -> dict[str, object]:
    actor = request.actor
    keeps, evaluates, assesses = actor.may(*KEEPERS), actor.may(*EVALUATORS), actor.may("assessor")
    shown: dict[str, object] = {
        "turn": None if actor.is_outsider else queries.turn_of(actor.employee, at=at),
        "period": queries.quarter_of(actor.office, at=at),
        "shows_strip": keeps or evaluates,
        "shows_proofs": assesses,
        "is_plain": not actor.roles,
        "is_admin": actor.may("admin"),
        "unreachable": channels.own_address_warning() if keeps or actor.may("admin") else "",
        "now": at,
        "demo_password": PASSWORD if actor.office.is_demo else "",
    }
    if keeps:
        todo = queries.todo_of(actor.office, at=at)
        shown |= {
            "weeks": queries.weeks_from(actor.office, at=at),
            "todo": todo,
            "report_is_due": any(one.address == "reports:index" for one in todo),
        }
    if actor.may("humas"):
        shown["queue"] = queries.queue_of(actor.office, at=at)
        shown["reviews"] = [] if keeps else reviews_of(actor.office, at=at)
    if evaluates:
        shown["reports"] = queries.reports_for(actor.employee, at=at)
    return shown | _told(request)


def _is_reminded(actor: Actor) -> bool:
    """Tell whether a missing second factor is worth a word: a role with power, outside the demonstration."""
    return actor.may(*people.POWERFUL) and not actor.office.is_demo


def _told(request: OfficeRequest) -> dict[str, object]:
    """Return what concerns one's own account: notices, a missing second factor, roles that wait for one's word."""
    actor = request.actor
    user = request.user if isinstance(request.user, User) else None
    notices = [] if user is None else list(people.notices_for(user)[:NOTICES])
    answers = actor.may(*people.POWERFUL) and not actor.is_outsider
    return {
        "notices": [(one, sentence(one)) for one in notices],
        "notices_up_to": max((one.pk for one in notices), default=0),
        "lacks_factor": user is not None and _is_reminded(actor) and people.lacks_second_factor(user),
        "proposals": people.proposals_in(actor.office).count() if answers else 0,
    }


@require_POST
@signed_in()
def my_turn(request: OfficeRequest, pk: int) -> HttpResponse:
    """Open one's own card, as the personal link would."""
    duty = roster.duties_held_by(request.actor.employee).filter(pk=pk).first()
    if duty is None:
        raise Http404
    return redirect(urlsplit(reminders.link_for(duty=duty, at=clock.now())).path)


@require_safe
@signed_in("admin")
def health(request: OfficeRequest) -> HttpResponse:
    """Show the administrator whether the installation is well."""
    part = "#checks" if request.headers.get("HX-Request") else ""
    return render(request, f"home/health.html{part}", {"checks": installation.checks(at=clock.now())})
