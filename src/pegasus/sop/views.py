from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.sop import queries


@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show the SOP with the state of the running period."""
    period = Period.of(clock.today(request.actor.office.timezone), "quarter")
    return render(request, "sop/index.html", {"period": period})


@signed_in()
def activity(request: OfficeRequest, programme: str, number: int) -> HttpResponse:
    """Show an activity's tasks in a period."""
    office = request.actor.office
    row = get_object_or_404(
        queries.activities_in_force(office), number=number, version__procedure__programme__code=programme
    )
    period = chosen_period(request, office.timezone)
    tasks = queries.tasks_in(office, period, programme).filter(activity__number=row.number)
    return render(request, "sop/activity.html", {"activity": row, "period": period, "tasks": tasks})


def chosen_period(request: HttpRequest, zone: str) -> Period:
    """Return the period that the address names, else the running quarter."""
    try:
        return Period.parse(request.GET.get("periode", ""))
    except ValueError:
        return Period.of(clock.today(zone), "quarter")
