"""First run: an installation without an office asks for one."""

from collections.abc import Callable
from functools import wraps

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.home import actions, queries, rehearsal
from pegasus.home.forms import FirstOfficeForm, FirstPersonForm
from pegasus.kernel import clock
from pegasus.people import actions as people_actions
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import ManyExemptionsForm
from pegasus.people.intake import ListForm
from pegasus.people.models import User
from pegasus.people.views.exemptions import told
from pegasus.sop.queries import version_in_force

OFFICE = "first_office"
TURNS = "ask_turns"  # people.views.importing reads it
DEMO, BUILDER, VISITOR = "demo", "builder", "visitor"
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def entrance(request: HttpRequest) -> HttpResponse:
    """Let people sign in; where there is no office yet, begin with one."""
    if queries.is_empty():
        return redirect("home:start")
    offered = {
        "oidc": settings.PEGASUS_OIDC_NAME,
        "PASSKEY_LOGIN_ENABLED": True,  # allauth says so only where its own login page stands
    }
    view: Callable[..., HttpResponse] = LoginView.as_view(extra_context=offered)
    return view(request)


def before_the_first_office(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show a page only while there is no office."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if not queries.is_empty():
            raise Http404
        return view(request)

    return inner


@require_safe
@before_the_first_office
def start(request: HttpRequest) -> HttpResponse:
    """Offer the demonstration office, or setting up one's own."""
    return render(request, "home/start/choose.html", {"offers_demo": settings.PEGASUS_DEMO})


@require_POST
def start_demo(request: HttpRequest) -> HttpResponse:
    """Begin to build the demonstration office, or join a build that is under way."""
    if not settings.PEGASUS_DEMO:
        raise Http404
    if rehearsal.progress() is None and not queries.is_empty():
        return _second(request)
    # Only the browser that began the build enters by itself; whoever comes later watches, and then signs in.
    if rehearsal.start(at=clock.now()):
        request.session[DEMO] = BUILDER
    else:
        request.session.setdefault(DEMO, VISITOR)
    return redirect("home:demo_progress")


@require_http_methods(["GET", "HEAD", "POST"])
def demo_progress(request: HttpRequest) -> HttpResponse:
    """Show how far the build is; a POST enters once it is done."""
    found = rehearsal.progress()
    if found is None or DEMO not in request.session:
        raise Http404
    is_part = "HX-Request" in request.headers
    if request.method == "POST" and found.is_done:
        if request.session[DEMO] == BUILDER:
            answer = _enter(request, User.objects.get(username=found.username), "home:home")
        else:
            messages.info(request, _("Kantor contoh sudah siap. Masuk dengan salah satu akun contohnya."))
            answer = redirect("account_login")
        return HttpResponse(headers={"HX-Redirect": answer.headers["Location"]}) if is_part else answer
    if request.method == "POST" and not is_part:
        return redirect("home:demo_progress")
    return render(request, f"home/start/progress.html{'#state' if is_part else ''}", {"progress": found})


@require_http_methods(["GET", "HEAD", "POST"])
@before_the_first_office
def start_office(request: HttpRequest) -> HttpResponse:
    """Step 1: the office."""
    form = FirstOfficeForm(request.POST or None, initial=request.session.get(OFFICE))
    if request.method == "POST" and form.is_valid():
        request.session[OFFICE] = form.cleaned_data
        return redirect("home:start_you")
    return render(request, "home/start/office.html", {"form": form, "step": 1})


@require_http_methods(["GET", "HEAD", "POST"])
def start_you(request: HttpRequest) -> HttpResponse:
    """Step 2: the first person; then the office is founded."""
    if not queries.is_empty():
        # Whoever was slower is told so before anything is read: the form would say which user names are taken.
        if request.method == "POST":
            return _second(request)
        raise Http404
    office = request.session.get(OFFICE)
    if office is None:
        return redirect("home:start_office")
    form = FirstPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.set_up_office(office=office, person=form.cleaned_data, at=clock.now())
        except actions.AlreadyBegun:
            return _second(request)
        return _enter(request, user, "home:start_staff")
    return render(request, "home/start/you.html", {"form": form, "step": 2, "office": office})


@require_safe
@signed_in("ca", "admin")
def start_staff(request: OfficeRequest) -> HttpResponse:
    """Step 3: the staff list; it goes to the page that takes every staff list, and may wait."""
    request.session[TURNS] = True  # the page of the import's result leads on to step 4
    return render(request, "home/start/staff.html", {"form": ListForm(), "step": 3})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in("ca", "admin")
def start_turns(request: OfficeRequest) -> HttpResponse:
    """Step 4: who takes no turns; the Kepala is proposed."""
    office, today = request.actor.office, clock.today(request.actor.office.timezone)
    choices = people.may_be_exempted(office, on=today, head=version_in_force(office).approved_by_name)
    first = {"starts_on": today, "reason": _("Kepala kantor") if any(proposed for _one, proposed in choices) else ""}
    form = ManyExemptionsForm(request.POST or None, choices=choices, initial=first)
    if request.method == "POST" and (not request.POST.getlist("people") or form.is_valid()):
        request.session.pop(TURNS, None)
        if not request.POST.getlist("people"):
            return redirect("home:home")
        added = people_actions.exempt_many(**form.cleaned_data, by=request.actor.name, at=clock.now())
        messages.success(request, told(added))
        return redirect("home:home")
    return render(request, "home/start/turns.html", {"form": form, "choices": choices, "step": 4})


def _enter(request: HttpRequest, user: User, address: str) -> HttpResponse:
    login(request, user, backend=BACKEND)
    request.session.pop(OFFICE, None)
    request.session.pop(DEMO, None)
    return redirect(address)


def _second(request: HttpRequest) -> HttpResponse:
    """Tell the slower of two that the office is there."""
    messages.info(
        request, _("Kantor ini baru saja disiapkan oleh orang lain. Masuk dengan akun yang diberikan olehnya.")
    )
    return redirect("account_login")
