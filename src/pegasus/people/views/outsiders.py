"""People from other institutions: invited until a day, ended at any time; the administrator alone does both."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people import actions, passwords, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import OutsiderForm
from pegasus.people.models import Outsider, Role
from pegasus.people.views import INVALID

USUALLY = timedelta(days=90)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in("admin")
def outsiders(request: OfficeRequest) -> HttpResponse:
    """Show who from outside may sign in, and invite somebody; the password is shown this once."""
    today = clock.today(request.actor.office.timezone)
    initial = {"valid_until": today + USUALLY}
    form = OutsiderForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        password = passwords.one_time()
        try:
            made = actions.invite_outsider(
                office=request.actor.office,
                guest=actions.Guest(**form.cleaned_data),
                password=password,
                by=request.actor.employee,
                at=clock.now(),
            )
        except actions.UsernameTaken:
            form.add_error("username", _("Nama pengguna ini sudah dipakai. Pilih yang lain."))
        except actions.EndsBeforeItStarts:
            form.add_error("valid_until", _("Hari itu sudah lewat."))
        else:
            return _page(request, OutsiderForm(initial=initial), made=made, password=password)
    return _page(request, form)


@require_POST
@signed_in("admin")
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End somebody's access now."""
    outsider = get_object_or_404(queries.outsiders_of(request.actor.office), pk=pk)
    if actions.end_outsider(outsider=outsider, by=request.actor.employee, at=clock.now()):
        messages.success(request, _("Akses %(name)s berakhir sekarang.") % {"name": outsider.name})
    else:
        messages.info(request, _("Akses %(name)s sudah berakhir sebelumnya.") % {"name": outsider.name})
    return redirect("people:outsiders")


@never_cache
@require_POST
@signed_in("admin")
def new_password(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make a new password for somebody from outside; it is shown this once."""
    outsider = get_object_or_404(queries.outsiders_of(request.actor.office).filter(ended_at=None), pk=pk)
    password = passwords.one_time()
    actions.renew_outsider_password(outsider=outsider, password=password, by=request.actor.employee, at=clock.now())
    return _page(request, OutsiderForm(), made=outsider, password=password)


def _page(
    request: OfficeRequest, form: OutsiderForm, *, made: Outsider | None = None, password: str = ""
) -> HttpResponse:
    office = request.actor.office
    context = {
        "form": form,
        "outsiders": queries.outsiders_of(office),
        "today": clock.today(office.timezone),
        "role": queries.role_label(office, Role.ASSESSOR),
        "made": made,
        "password": password,
    }
    return render(request, "people/outsiders.html", context, status=INVALID if form.errors else 200)
