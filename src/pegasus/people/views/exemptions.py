"""The pages on which an office says who takes no turns."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people import actions, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import ExemptionForm, LastDayForm, ManyExemptionsForm
from pegasus.people.models import Exemption
from pegasus.people.views import EDITORS, INVALID, follow_up
from pegasus.people.views.person import find, of_the_known, page


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def exemptions(request: OfficeRequest) -> HttpResponse:
    """Show who takes no turns, and let several people join them at once."""
    office, today = request.actor.office, clock.today(request.actor.office.timezone)
    choices = queries.may_be_exempted(office, on=today)
    form = ManyExemptionsForm(request.POST or None, choices=choices, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        added = actions.exempt_many(**form.cleaned_data, by=request.actor.name, at=clock.now())
        messages.success(request, told(added))
        return follow_up(reverse("people:exemptions"))
    standing = queries.standing_exemptions(office, on=today)
    context = {"form": form, "choices": choices, "standing": standing, "today": today}
    return render(request, "people/exemptions.html", context, status=INVALID if form.errors else 200)


def told(added: Sequence[Exemption]) -> str:
    """Say who takes no turns from now on."""
    return ngettext("%(count)s pegawai tidak ikut giliran.", "%(count)s pegawai tidak ikut giliran.", len(added)) % {
        "count": len(added)
    }


@require_POST
@signed_in(*EDITORS)
@of_the_known
def add_exemption(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let one person take no turns."""
    employee = find(request, pk)
    form = ExemptionForm(request.POST)
    if form.is_valid():
        try:
            actions.exempt(employee=employee, **form.cleaned_data, by=request.actor.name, at=clock.now())
        except actions.AlreadyExempt:
            form.add_error("starts_on", _("Pada hari-hari itu ia sudah tercatat tidak ikut giliran."))
        else:
            messages.success(request, _("%(name)s tidak ikut giliran.") % {"name": employee.name})
            return follow_up(reverse("people:person", args=[employee.pk]))
    return page(request, employee, exemption_form=form)


@require_POST
@signed_in(*EDITORS)
def end_exemption(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let a person take turns again from the day after a last day on."""
    exemption = get_object_or_404(queries.exemptions_in(request.actor.office), pk=pk)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis hari terakhirnya sebagai tanggal."))
        return redirect(_back(request, exemption))
    last_day = form.cleaned_data["last_day"]
    actions.end_exemption(exemption=exemption, last_day=last_day, by=request.actor.name, at=clock.now())
    words = _("%(name)s ikut giliran lagi sesudah %(day)s.")
    messages.success(request, words % {"name": exemption.employee.name, "day": date_format(last_day, "j F Y")})
    return follow_up(_back(request, exemption))


@require_POST
@signed_in(*EDITORS)
def remove_exemption(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take an exemption back."""
    exemption = get_object_or_404(queries.exemptions_in(request.actor.office), pk=pk)
    actions.remove_exemption(exemption=exemption, by=request.actor.name, at=clock.now())
    messages.success(request, _("%(name)s ikut giliran lagi.") % {"name": exemption.employee.name})
    return follow_up(_back(request, exemption))


def _back(request: HttpRequest, exemption: Exemption) -> str:
    if request.POST.get("dari") == "daftar":
        return reverse("people:exemptions")
    return reverse("people:person", args=[exemption.employee_id])
