"""A person across the slices: their history, their data to take along, and forgetting them."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pegasus.home import own_data, traces
from pegasus.home.queries.history import history_of
from pegasus.kernel import clock
from pegasus.people import actions
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in

KEEPERS = ("ca", "admin")


@require_safe
@signed_in(*KEEPERS)
def history(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what a person did and what was changed about them, by year."""
    person = get_object_or_404(people.employees_of(request.actor.office).select_related("office"), pk=pk)
    today = clock.today(request.actor.office.timezone)
    context = {
        "person": person,
        "years": history_of(person, today=today),
        "today": today,
        "consents": person.consents.order_by("-given_at", "-pk"),
    }
    return render(request, "home/people/history.html", context)


@require_safe
@signed_in()
def own(request: OfficeRequest) -> HttpResponse:
    """Hand a person everything that is kept about them."""
    actor = request.actor
    data = own_data.exported(employee=actor.employee, by=actor.name, at=clock.now())
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*KEEPERS)
def forget(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say what forgetting a leaver means, and do it once the name was typed."""
    person = get_object_or_404(people.employees_of(request.actor.office).select_related("office", "user"), pk=pk)
    refused = ""
    if request.method == "POST":
        if " ".join(request.POST.get("nama", "").split()).casefold() != person.name.casefold():
            refused = _("Ketik namanya persis seperti tertulis di atas, tanpa gelar.")
        else:
            try:
                forgotten = traces.forget(employee=person, by=request.actor.name, at=clock.now())
            except actions.AlreadyAnonymous:
                messages.info(request, _("Orang ini sudah dilupakan."))
            except actions.StillHere:
                messages.error(
                    request, _("Hanya yang sudah keluar dan tidak sedang dipindahkan yang dapat dilupakan.")
                )
            else:
                messages.success(request, _("Kini tercatat sebagai %(label)s.") % {"label": forgotten.label})
            return redirect("people:person", person.pk)
    today = clock.today(request.actor.office.timezone)
    context = {
        "person": person,
        "has_left": person.active_until is not None and person.active_until < today,
        "refused": refused,
    }
    return render(request, "home/people/forget.html", context, status=422 if refused else 200)
