"""A draft: the solver's answer written down, for the CA to look at."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Min

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.roster import planning, queries
from pegasus.roster.domain import kept
from pegasus.roster.domain.solution import Solution
from pegasus.roster.domain.solve import solve
from pegasus.roster.models import Roster, RosterPlace


class DraftGone(Exception):
    """The draft was published, discarded or replaced in the meantime."""


def draft_roster(*, office: Office, period: Period, per_week: int | None, by: str, at: datetime) -> Roster:
    """Draft the roster of a period; of a running period, what went by without a roster is not planned afterwards."""
    first = period.starts_on
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    if first <= today < period.ends_on:
        standing = queries.duties_of(office).filter(posts_on__gte=first, posts_on__lte=period.ends_on)
        begun = standing.aggregate(begun=Min("posts_on"))["begun"]
        tomorrow = today + timedelta(days=1)
        first = min(begun or tomorrow, tomorrow)
    return draft_range(office=office, period=period, first=first, last=period.ends_on, per_week=per_week, by=by, at=at)


def draft_range(
    *, office: Office, period: Period, first: date, last: date, per_week: int | None, by: str, at: datetime
) -> Roster:
    """Draft the weeks that post from `first` to `last`; an earlier draft of the period gives way."""
    count = per_week or office.people_per_week
    plan = planning.plan_for(office=office, first=first, last=last, per_week=count, at=at)
    solution = solve(plan.problem, seats=plan.seats)
    with transaction.atomic():
        # One at a time: a second press, or another CA publishing, waits here and then sees what is there.
        Office.objects.select_for_update().get(pk=office.pk)
        queries.drafts_of(office).filter(period=period.key).delete()
        newest = queries.rosters_of(office).filter(period=period.key).aggregate(newest=Max("version"))["newest"]
        roster = Roster.objects.create(
            office=office,
            period=period.key,
            version=(newest or 0) + 1,
            starts_on=first,
            ends_on=last,
            people_per_week=count,
            result=_result(plan, solution),
            inputs=kept.as_data(plan.problem),
            created_at=at,
            created_by=by,
        )
        RosterPlace.objects.bulk_create(
            RosterPlace(
                roster=roster,
                starts_on=place.starts_on,
                posts_on=place.posts_on,
                seat=place.seat,
                employee_id=place.person,
                reason=place.reason.as_data(),
            )
            for place in solution.places
        )
        audit.record(
            action="roster.drafted",
            subject=f"roster:{roster.pk}",
            actor=by,
            at=at,
            office_id=office.pk,
            after={"period": roster.period, "version": roster.version, "places": len(solution.places)},
        )
    return roster


def _result(plan: planning.Plan, solution: Solution) -> dict[str, Any]:
    counts = plan.turns(solution)
    return {
        "levels": [asdict(level) for level in solution.levels],
        "optimal": solution.optimal,
        "turns": {"min": min(counts), "max": max(counts)},
        "shortest_rest_weeks": solution.shortest_rest,
        "skipped": [monday.isoformat() for monday in solution.skipped],
        "entered": {str(pk): turns for pk, turns in plan.entered.items()},
        "people": sorted(plan.employees.keys() - plan.exempt),
        "preferences": [asdict(solution.preference)],
        "proven_for": plan.proven_for,
    }


@transaction.atomic
def discard_draft(*, roster: Roster, by: str, at: datetime) -> None:
    """Throw a draft away; a published version stays."""
    Office.objects.select_for_update().get(pk=roster.office_id)
    found, _rows = queries.drafts_of(roster.office).filter(pk=roster.pk).delete()
    if not found:
        raise DraftGone
    audit.record(
        action="roster.discarded",
        subject=f"roster:{roster.pk}",
        actor=by,
        at=at,
        office_id=roster.office_id,
        before={"period": roster.period, "version": roster.version},
    )
