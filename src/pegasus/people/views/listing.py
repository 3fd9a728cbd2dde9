from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pegasus.kernel import clock
from pegasus.people import actions, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import PersonForm
from pegasus.people.models import Employee
from pegasus.people.views import EDITORS, INVALID
from pegasus.ui.searching import name_asked

PER_PAGE = 24


@require_GET
@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show who works here; names and teams for all, the rest for those who keep the list."""
    office = request.actor.office
    words, team = name_asked(request), request.GET.get("tim", "")[:80]
    left = request.GET.get("status") == "keluar"
    may_edit = request.actor.may(*EDITORS)
    today = clock.today(office.timezone)
    found = queries.search(office, words=words, team=team, left=left, on=today, by_contact=may_edit)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    labels = dict(queries.role_choices(office))
    # The query brings only today's roles along.
    people = [(person, [labels[held.role] for held in person.roles.all()]) for person in page.object_list]
    context = {
        "page": page,
        "people": people,
        "teams": queries.teams_of(office),
        "words": words,
        "team": team,
        "left": left,
        "is_filtered": bool(words or team or left),
        "may_edit": may_edit,
    }
    part = request.headers.get("HX-Target") == "daftar-pegawai"
    return render(request, "people/index.html#people" if part else "people/index.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(*EDITORS)
def add(request: OfficeRequest) -> HttpResponse:
    """Take one person in by hand."""
    office = request.actor.office
    form = PersonForm(
        request.POST if request.method == "POST" else None, initial={"active_from": clock.today(office.timezone)}
    )
    if request.method == "POST" and form.is_valid():
        person = _added(request, form)
        if person is not None:
            messages.success(request, _("%(name)s tercatat sebagai pegawai.") % {"name": person.name})
            return redirect("people:person", person.pk)
    context = {"form": form, "teams": queries.teams_of(office)}
    return render(request, "people/add.html", context, status=INVALID if form.errors else 200)


def _added(request: OfficeRequest, form: PersonForm) -> Employee | None:
    try:
        return actions.add_employee(
            office=request.actor.office, **form.cleaned_data, by=request.actor.name, at=clock.now()
        )
    except actions.NipTaken:
        form.add_error("nip", _("NIP ini sudah tercatat untuk pegawai lain di kantor ini."))
        return None
