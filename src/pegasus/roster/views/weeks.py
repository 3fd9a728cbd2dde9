from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pegasus.calendar.domain.periods import Kind, Period
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office
from pegasus.roster import feeds, listing, queries
from pegasus.roster.forms import period_label
from pegasus.roster.plot import dot_plot

PLANNERS = ("ca", "admin")


def period_asked(office: Office, key: str | None, today: date) -> Period:
    """Return the period of an address, or the running one."""
    kind: Kind = "semester" if office.roster_period == Office.PeriodKind.SEMESTER else "quarter"
    if not key:
        return Period.of(today, kind)
    try:
        return Period.parse(key)
    except ValueError:
        raise Http404 from None


@require_safe
@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show the weeks of a period: who serves, why, and how evenly."""
    actor = request.actor
    today = clock.today(actor.office.timezone)
    period = period_asked(actor.office, request.GET.get("periode"), today)
    rows = listing.published_rows(actor.office, period.starts_on, period.ends_on, today)
    everybody = people.active_employees(actor.office, on=max(period.starts_on, min(today, period.ends_on)))
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
            "swaps": list(queries.open_swaps(actor.office)) if planner else [],
            "drafts": [(one, period_label(one.span)) for one in queries.drafts_of(actor.office)] if planner else [],
            "my_feed": feeds.address_for(actor.employee),
            "office_feed": feeds.address_of(actor.office),
        },
    )
