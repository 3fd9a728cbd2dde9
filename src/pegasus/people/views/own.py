from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pegasus.kernel import clock
from pegasus.people import actions, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Employee


@require_GET
@signed_in()
def own(request: OfficeRequest) -> HttpResponse:
    """Show a person what is kept about them."""
    employee = request.actor.employee
    labels = dict(queries.role_choices(request.actor.office))
    context = {
        "person": employee,
        "since": employee.active_from if employee.active_from > Employee.SINCE_EVER else None,
        "roles": [(held, labels[held.role]) for held in employee.roles.order_by("-valid_from", "pk")],
        "photo_consent": queries.photo_consent(employee),
        "absences": employee.absences.order_by("-ends_on", "-pk")[:50],
    }
    return render(request, "people/own.html", context)


@require_GET
@signed_in()
def export(request: OfficeRequest) -> HttpResponse:
    """Hand a person their own data."""
    actor = request.actor
    data = actions.export_own_data(employee=actor.employee, by=actor.name, at=clock.now())
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
