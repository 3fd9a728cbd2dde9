from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Employee, Office
from pegasus.roster import history as deeds
from pegasus.roster import queries
from pegasus.roster.forms import period_label
from pegasus.roster.periods import period_asked
from pegasus.roster.views.weeks import PLANNERS
from pegasus.ui.searching import name_asked

PER_PAGE = 25
MOST_PEOPLE = 50  # whom one search may name


@require_safe
@signed_in()
def history(request: OfficeRequest) -> HttpResponse:
    """Show every change of the roster: what, who, when, why, before and after."""
    office = request.actor.office
    words, key = name_asked(request), request.GET.get("periode", "")
    person = _person(office, request.GET.get("pegawai", ""))
    period = period_asked(office, key, clock.today(office.timezone)) if key else None
    found = deeds.entries(office, people=_people(office, person, words), period=period)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    keys = queries.rosters_of(office).order_by("-period").values_list("period", flat=True).distinct()
    context = {
        "page": page,
        "events": deeds.events(office, page.object_list),
        "words": words,
        "person": person,
        "period": period,
        "periods": [(one, period_label(Period.parse(one))) for one in keys],
        "is_filtered": bool(words or person or period),
        "planner": request.actor.may(*PLANNERS),
    }
    part = request.headers.get("HX-Target") == "peristiwa"
    return render(request, "roster/history.html#events" if part else "roster/history.html", context)


def _person(office: Office, key: str) -> Employee | None:
    known = key.isdecimal() and len(key) < 18  # noqa: PLR2004 - what a database key can hold
    return people.employees_of(office).filter(pk=key).first() if known else None


def _people(office: Office, person: Employee | None, words: str) -> list[int] | None:
    if person is not None:
        return [person.pk]
    if not words:
        return None
    return list(people.employees_of(office).filter(name__icontains=words).values_list("pk", flat=True)[:MOST_PEOPLE])


@require_safe
@signed_in()
def version(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what a published version changed against the one before it."""
    office = request.actor.office
    found = get_object_or_404(queries.published_rosters(office).select_related("office"), pk=pk)
    before, changed = deeds.changes(found)
    return render(
        request,
        "roster/version.html",
        {
            "version": found,
            "label": period_label(found.span),
            "before": before,
            "changed": changed,
            "planner": request.actor.may(*PLANNERS),
        },
    )
