from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Employee
from pegasus.roster import answers, contrasts, costs, listing, queries, reasons
from pegasus.roster.domain.contrast import obstacle
from pegasus.roster.domain.problem import Person
from pegasus.roster.views.weeks import PLANNERS
from pegasus.ui.searching import name_asked

SHOWN = 6  # names offered at once; the search finds the others
TURNING, PEOPLE, ANSWER = "ubah", "orang", "jawaban"  # the parts that htmx asks for, by their target


@dataclass(frozen=True)
class Choice:
    """Somebody whom one may ask about."""

    employee: Employee
    colour: int
    words: str


@require_safe
@signed_in()
def why(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say why somebody holds a duty, and why not a named other."""
    duties = queries.duties_of(request.actor.office).select_related("office", "holder").exclude(holder=None)
    duty = get_object_or_404(duties, pk=pk)
    try:
        place = contrasts.place_of_duty(duty, clock.now())
    except contrasts.NoSuchPlace:
        raise Http404 from None
    held = queries.history_of(duty).last()
    return _page(request, place, held.reason if held else {})


@require_safe
@signed_in()
def why_draft(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say it of a place of one version; a draft is for those who plan."""
    made = get_object_or_404(queries.places_in(request.actor.office), pk=pk)
    if made.roster.published_at is None and not request.actor.may(*PLANNERS):
        raise PermissionDenied
    return _page(request, contrasts.place_of_draft(made, clock.now()), {"kind": "roster", "why": made.reason})


def _page(request: OfficeRequest, place: contrasts.Place, reason: dict[str, object]) -> HttpResponse:
    everybody = {one.pk: one for one in people.employees_of(request.actor.office)}
    names = {pk: one.name for pk, one in everybody.items()}
    person = place.duty.holder if place.duty is not None and place.duty.holder is not None else place.holder
    key, part = request.GET.get("dengan", ""), request.headers.get("HX-Target")
    other = everybody.get(int(key)) if key.isdecimal() and len(key) < 10 else None  # noqa: PLR2004 - keys are short
    if other == place.holder:
        other = None
    turning = "ubah" in request.GET
    words = name_asked(request)
    context: dict[str, object] = {
        "place": place,
        "person": person,
        "other": other,
        "words": words,
        "with_turning": turning,
        "me": request.actor.employee,
    }
    if other is not None and part != PEOPLE:
        answer = contrasts.told(place, other, names, with_turning=turning)
        context |= {"answer": answer, "levels": costs.of_levels(answer.levels, with_published=place.has_published)}
    if part not in (TURNING, ANSWER):
        found = _found(place, everybody, words)
        tints = listing.colours(request.actor.office)
        context |= {
            "choices": [_choice(place, one, tints) for one in found[:SHOWN]],
            "more": max(0, len(found) - SHOWN),
            "why": reasons.of_holder(reason, names),
            "tie_rule": answers.tie_rule(),
            "colour": tints.get(person.team, 0),
        }
    name = {PEOPLE: "#people", ANSWER: "#answer", TURNING: "#turning"}.get(part or "", "")
    response = render(request, f"roster/why.html{name}", context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _found(place: contrasts.Place, everybody: dict[int, Employee], words: str) -> list[Employee]:
    """Return whom one may ask about: who could have served first, and among them the fewest turns."""
    known = {person.id: person for person in place.problem.people}
    wanted = [
        one
        for pk, one in everybody.items()
        if pk in known and pk != place.holder.pk and words.casefold() in f"{one.name} {one.team}".casefold()
    ]
    return sorted(wanted, key=lambda one: _nearness(place, one, known[one.pk]))


def _nearness(place: contrasts.Place, employee: Employee, person: Person) -> tuple[bool, int, str, int]:
    return (obstacle(place.against(employee)) is not None, person.carried, employee.name, employee.pk)


def _choice(place: contrasts.Place, employee: Employee, tints: dict[str, int]) -> Choice:
    question = place.against(employee)
    fact, person = obstacle(question), question.person
    turns = person.carried if person is not None else 0
    if fact is not None:
        known = {"serves": _("juga bertugas minggu itu"), "exempt": _("tidak ikut giliran")}
        words = known.get(fact.kind) or _("tidak ada pada minggu itu")
    elif not turns:
        words = _("belum ada giliran di luar periode ini")
    else:
        words = ngettext("%(count)s giliran di luar periode ini", "%(count)s giliran di luar periode ini", turns) % {
            "count": turns
        }
    return Choice(employee, tints.get(employee.team, 0), words)
