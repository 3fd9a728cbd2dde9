from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.roster import listing, queries
from pegasus.roster.forms import period_label
from pegasus.roster.misfits import World
from pegasus.roster.periods import period_asked
from pegasus.roster.plot import dot_plot

PLANNERS = ("ca", "admin")


def _coming(office: Office, period: Period, today: date) -> tuple[Period, list[listing.Row]]:
    """Return the next period when it has a roster, else the running one without."""
    rows = listing.published_rows(office, period.next.starts_on, period.next.ends_on, today)
    return (period.next, rows) if rows else (period, [])


def _to_do(office: Office) -> dict[str, Any]:
    """Return what waits for who plans: wishes, turns that no longer fit, drafts."""
    return {
        "swaps": list(queries.open_swaps(office)),
        "misfits": World.of(office, clock.now()).misfits,
        "drafts": [(one, period_label(one.span)) for one in queries.drafts_of(office)],
    }


@require_safe
@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show the weeks of a period: who serves, why, and how evenly."""
    actor = request.actor
    today = clock.today(actor.office.timezone)
    asked = request.GET.get("periode")
    period = period_asked(actor.office, asked, today)
    rows = listing.published_rows(actor.office, period.starts_on, period.ends_on, today)
    if not rows and not asked:  # the first roster of an office may begin with the next period
        period, rows = _coming(actor.office, period, today)
    everybody = people.active_employees(actor.office, on=max(period.starts_on, min(today, period.ends_on)))
    everybody = everybody.exclude(pk__in=people.exemptions_on(actor.office, on=today))
    turns = listing.turns_of(rows, everybody) if rows else []
    planner = actor.may(*PLANNERS)
    return render(
        request,
        "roster/index.html",
        {
            "period": period,
            "label": period_label(period),
            "previous": period.previous,
            "next": period.next,
            "rows": rows,
            "past": [row for row in rows if row.state == "past"],
            "coming": [row for row in rows if row.state != "past"],
            "plot": dot_plot([count for _person, count in turns]) if turns else None,
            "turns": turns,
            "version": queries.published_rosters(actor.office).filter(period=period.key).first(),
            "planner": planner,
            "me": actor.employee,
            **(_to_do(actor.office) if planner else {}),
        },
    )
