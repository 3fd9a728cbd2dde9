from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.roster import evenness
from pegasus.roster.evenness import Line
from pegasus.roster.plot import dot_plot
from pegasus.roster.views.weeks import PLANNERS
from pegasus.ui.searching import name_asked

PER_PAGE = 30
MOST_DOTS = 150  # more dots than that cannot be told apart; then the numbers speak


@require_safe
@signed_in()
def fairness(request: OfficeRequest) -> HttpResponse:
    """Show how evenly turns fall: over years, rest, who is due next, load by team. Nobody is ranked."""
    office = request.actor.office
    words, team = name_asked(request), request.GET.get("tim", "")[:120]
    found = evenness.of_office(office, clock.today(office.timezone))
    counts = found.counts
    context = {
        "found": found,
        "page": Paginator(_search(found.lines, words, team), PER_PAGE).get_page(request.GET.get("page")),
        "plot": dot_plot(counts) if 0 < len(counts) <= MOST_DOTS else None,
        "most": max((load.each for load in found.loads), default=1) or 1,
        "words": words,
        "team": team,
        "me": request.actor.employee,
        "planner": request.actor.may(*PLANNERS),
    }
    part = request.headers.get("HX-Target") == "per-pegawai"
    return render(request, "roster/fairness.html#people" if part else "roster/fairness.html", context)


def _search(lines: Iterable[Line], words: str, team: str) -> list[Line]:
    asked = words.casefold()
    return [
        line
        for line in lines
        if (not team or line.person.team == team)
        and (asked in line.person.name.casefold() or asked in line.person.team.casefold())
    ]
