from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people import queries as people
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.roster import actions, listing, quality, queries, reasons
from pegasus.roster.domain.problem import Infeasible
from pegasus.roster.forms import DraftForm, period_label
from pegasus.roster.models import Roster
from pegasus.roster.plot import dot_plot
from pegasus.roster.views.weeks import PLANNERS


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*PLANNERS)
def make(request: OfficeRequest) -> HttpResponse:
    """Ask for a period and the number of people, and draft its roster."""
    office = request.actor.office
    asked = request.GET.get("periode", "")
    form = DraftForm(request.POST or None, office=office, today=clock.today(office.timezone), asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            roster = actions.draft_roster(
                office=office,
                period=form.cleaned_data["period"],
                per_week=form.cleaned_data["per_week"],
                by=request.actor.name,
                at=clock.now(),
            )
        except Infeasible as problem:
            form.add_error(None, reasons.infeasible(problem))
        else:
            return redirect("roster:draft", pk=roster.pk)
    return render(request, "roster/make.html", {"form": form})


@require_safe
@signed_in(*PLANNERS)
def draft(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show a draft beside what is published."""
    office = request.actor.office
    roster = queries.drafts_of(office).select_related("office").filter(pk=pk).first()
    if roster is None:
        return _not_a_draft(request, pk)
    rows = listing.draft_rows(roster, clock.today(office.timezone))
    everybody = people.employees_of(office).filter(pk__in=roster.result.get("people", ()))
    turns = listing.turns_of(rows, everybody)
    return render(
        request,
        "roster/draft.html",
        {
            "roster": roster,
            "label": period_label(roster.span),
            "rows": rows,
            "turns": turns,
            "plot": dot_plot([count for _person, count in turns]),
            "goals": quality.goals(roster.result),
            "preferences": quality.preferences(roster.result),
            "scope": quality.scope(roster.result),
            "changed": sum(1 for row in rows for seat in row.seats if seat.before),
            "standing": queries.published_rosters(office).filter(period=roster.period).exists(),
            "me": request.actor.employee,
        },
    )


def _not_a_draft(request: OfficeRequest, pk: int) -> HttpResponse:
    """Lead on from a draft that is none any more: to the one that took its place, or to what was published."""
    office = request.actor.office
    key = queries.period_of_version(office, pk)
    if key is None:
        raise Http404
    label = period_label(Period.parse(key))
    published = queries.published_rosters(office).filter(pk=pk).first()
    newest = queries.drafts_of(office).filter(period=key).first()
    if published is not None:
        messages.info(request, _published(published, label))
    elif newest is not None:
        messages.info(request, _("Draf %(label)s sudah disusun ulang; ini yang terbaru.") % {"label": label})
        return redirect("roster:draft", pk=newest.pk)
    else:
        messages.info(request, _("Draf %(label)s ini sudah dibuang.") % {"label": label})
    return redirect(f"{reverse('roster:index')}?periode={key}")


def _published(roster: Roster, label: str) -> str:
    moment = localtime(roster.published_at, ZoneInfo(roster.office.timezone))
    return _("Jadwal %(label)s sudah diterbitkan oleh %(by)s pada %(moment)s; tidak ada yang berubah.") % {
        "label": label,
        "by": roster.published_by,
        "moment": date_format(moment, "j F Y, H.i"),
    }


@require_POST
@signed_in(*PLANNERS)
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Publish a draft."""
    roster = queries.rosters_of(request.actor.office).select_related("office").filter(pk=pk).first()
    if roster is None:
        return _not_a_draft(request, pk)
    label = period_label(roster.span)
    try:
        actions.publish_roster(roster=roster, by=request.actor.name, at=clock.now())
    except (actions.AlreadyPublished, actions.DraftGone):
        return _not_a_draft(request, pk)
    except actions.DraftOutdated as gone:
        messages.error(
            request,
            _("%(name)s tidak lagi dapat bertugas pada %(date)s. Susun ulang drafnya, lalu terbitkan.")
            % {"name": gone.name, "date": date_format(gone.posts_on, "j F Y")},
        )
        return redirect("roster:draft", pk=roster.pk)
    else:
        messages.success(
            request, _("Jadwal %(label)s terbit. Petugas dan pengingatnya sudah tercatat.") % {"label": label}
        )
    return redirect(f"{reverse('roster:index')}?periode={roster.period}")


@require_POST
@signed_in(*PLANNERS)
def discard(request: OfficeRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    roster = queries.drafts_of(request.actor.office).select_related("office").filter(pk=pk).first()
    if roster is None:
        return _not_a_draft(request, pk)
    try:
        actions.discard_draft(roster=roster, by=request.actor.name, at=clock.now())
    except actions.DraftGone:
        return _not_a_draft(request, pk)
    messages.info(
        request, _("Draf %(label)s dibuang; jadwal yang terbit tetap.") % {"label": period_label(roster.span)}
    )
    return redirect("roster:index")
