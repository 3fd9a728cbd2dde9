"""Publishing: a version is frozen, its duties are written, and the work of activities 1 to 5 opens."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.calendar.domain.periods import Kind, Period
from pegasus.kernel import audit, jobs
from pegasus.people import actions as people
from pegasus.people.models import Office
from pegasus.people.queries import PEGASUS, holder_of
from pegasus.roster import queries
from pegasus.roster.actions.drafting import DraftGone
from pegasus.roster.actions.holding import lock, settle_wishes
from pegasus.roster.actions.opening import Opener
from pegasus.roster.domain.problem import may_serve
from pegasus.roster.domain.times import Clockwork
from pegasus.roster.models import LINK_PURPOSE, Duty, DutyHolder, Roster, RosterPlace
from pegasus.sop import actions as sop
from pegasus.sop.domain.standards import COUNTING, due_on, parse
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import activity, tasks_of


class AlreadyPublished(Exception):
    """The version was published before."""


class DraftOutdated(Exception):
    """Somebody in the draft can no longer serve; it must be made anew."""

    def __init__(self, name: str, posts_on: date) -> None:
        super().__init__(posts_on.isoformat())
        self.name = name
        self.posts_on = posts_on


@transaction.atomic
def publish_roster(*, roster: Roster, by: str, at: datetime) -> None:
    """Publish a draft: duties stand, activity 1 closes, activities 2 to 5 open, reminders are planned (SOP 1)."""
    Office.objects.select_for_update().get(pk=roster.office_id)  # two at once: the second sees what the first did
    drafts = Roster.objects.filter(pk=roster.pk, published_at=None)
    if not drafts.update(published_at=at, published_by=by):
        raise AlreadyPublished if queries.rosters_of(roster.office).filter(pk=roster.pk).exists() else DraftGone
    roster.refresh_from_db(fields=["published_at", "published_by"])
    office, times = roster.office, queries.clockwork(roster.office)
    places = list(queries.places_of(roster))
    _refuse_outdated(roster, places, times, at)
    for duty in _write_duties(roster, places, times, by=by, at=at):
        Opener(office, times, at).open_for(duty, by=by)
    _settle_period_tasks(roster, places, times, by=by, at=at)
    audit.record(
        action="roster.published",
        subject=f"roster:{roster.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"period": roster.period, "version": roster.version, "places": len(places)},
    )
    jobs.wake("reminders.plan", office.pk)
    jobs.wake("roster.keep_list", roster.pk)


def _today(roster: Roster, at: datetime) -> date:
    return at.astimezone(ZoneInfo(roster.office.timezone)).date()


def _refuse_outdated(roster: Roster, places: list[RosterPlace], times: Clockwork, at: datetime) -> None:
    """Refuse a draft in which somebody has gone away since; what is settled is not looked at."""
    coming = [place for place in places if times.preparation_begins(place.posts_on) > at]
    if not coming:
        return
    weeks = {week.starts_on: week for week in queries.weeks_of(roster.office, roster.starts_on, roster.ends_on)}
    out = queries.days_out(roster.office, _today(roster, at), roster.ends_on)
    for place in coming:
        week = weeks.get(place.starts_on)
        person = queries.person_of(place.employee, out.get(place.employee_id))
        if week is None or week.posts_on != place.posts_on or not may_serve(person, week):
            raise DraftOutdated(place.employee.name, place.posts_on)


def _write_duties(roster: Roster, places: list[RosterPlace], times: Clockwork, *, by: str, at: datetime) -> list[Duty]:
    """Write the duties of the weeks that are not settled; return those that are still to come."""
    weeks = [week.starts_on for week in queries.weeks_of(roster.office, roster.starts_on, roster.ends_on)]
    standing = queries.all_duties_of(roster.office).filter(starts_on__in=weeks)
    lock(*standing)  # a swap under way ends first; what is read below is what it left
    found = {(duty.starts_on, duty.seat): duty for duty in standing.all()}
    settled = {
        duty.starts_on
        for duty in found.values()
        if duty.cancelled_at is None and times.preparation_begins(duty.posts_on) <= at
    }
    today, coming = _today(roster, at), []
    for place in places:
        duty = found.pop((place.starts_on, place.seat), None)
        if place.starts_on not in settled:
            duty = _write_duty(roster, place, duty, by=by, at=at)
        if duty is not None and duty.posts_on >= today:
            coming.append(duty)
    cancel_duties((duty for duty in found.values() if duty.starts_on not in settled), by=by, at=at)
    return coming


def _write_duty(roster: Roster, place: RosterPlace, duty: Duty | None, *, by: str, at: datetime) -> Duty:
    reason = {"kind": "roster", "version": roster.version, "why": place.reason}
    if duty is None:
        duty = Duty.objects.create(
            office=roster.office,
            starts_on=place.starts_on,
            seat=place.seat,
            posts_on=place.posts_on,
            holder=place.employee,
        )
        DutyHolder.objects.create(duty=duty, employee=place.employee, held_from=at, reason=reason, by=by)
        return duty
    same = duty.cancelled_at is None and duty.holder_id == place.employee_id
    if same and duty.posts_on == place.posts_on:
        return duty
    if duty.posts_on != place.posts_on:
        audit.record(
            action="duty.moved",
            subject=duty.subject,
            actor=by,
            at=at,
            office_id=roster.office_id,
            before={"posts_on": duty.posts_on.isoformat()},
            after={"posts_on": place.posts_on.isoformat()},
        )
    duty.posts_on, duty.cancelled_at, duty.sequence = place.posts_on, None, duty.sequence + 1
    if not same:
        duty.holders.filter(held_until=None).update(held_until=at)
        DutyHolder.objects.create(duty=duty, employee=place.employee, held_from=at, reason=reason, by=by)
        people.revoke_links(purpose=LINK_PURPOSE, subject=duty.subject, at=at)
        settle_wishes(duty, place.employee, by=by, at=at)
        duty.holder = place.employee
    duty.save(update_fields=["posts_on", "cancelled_at", "sequence", "holder"])
    return duty


def cancel_duties(duties: Iterable[Duty], *, by: str, at: datetime) -> None:
    """Take seats away that the new version does not have; their open tasks are not needed any more."""
    for duty in duties:
        if duty.cancelled_at is not None:
            continue
        Duty.objects.filter(pk=duty.pk).update(cancelled_at=at, sequence=duty.sequence + 1)
        duty.holders.filter(held_until=None).update(held_until=at)
        people.revoke_links(purpose=LINK_PURPOSE, subject=duty.subject, at=at)
        settle_wishes(duty, None, by=by, at=at)
        for task in queries.open_tasks_of(duty):
            sop.close_task(task=task, at=at, by=by, outcome=Task.Outcome.NOT_NEEDED)


def _settle_period_tasks(
    roster: Roster, places: list[RosterPlace], times: Clockwork, *, by: str, at: datetime
) -> None:
    """Close activity 1 and open activity 2 for every period of the office that the version reaches."""
    office = roster.office
    kind: Kind = "semester" if office.roster_period == office.PeriodKind.SEMESTER else "quarter"
    for period in sorted({Period.of(place.posts_on, kind) for place in places}):
        done = _period_task(roster, period, Activity.Rhythm.ROSTER)
        if done is None:
            planned = times.working_days_before(period.starts_on, office.roster_lead_days)
            done = _open_period_task(roster, period, Activity.Rhythm.ROSTER, times, opens_at=planned, at=at)
        if done.closed_at is None:
            sop.close_task(task=done, at=at, by=by)
        if _period_task(roster, period, Activity.Rhythm.TEMPLATES) is None:
            _open_period_task(roster, period, Activity.Rhythm.TEMPLATES, times, opens_at=at, at=at)


def _period_task(roster: Roster, period: Period, rhythm: Activity.Rhythm) -> Task | None:
    return tasks_of(roster.office).filter(subject=f"period:{period.key}", activity__rhythm=rhythm).first()


def _open_period_task(
    roster: Roster, period: Period, rhythm: Activity.Rhythm, times: Clockwork, *, opens_at: datetime, at: datetime
) -> Task:
    """Open a task of the period; never before its SOP was in force, never after this moment."""
    office, zone = roster.office, ZoneInfo(roster.office.timezone)
    step = activity(office, rhythm)
    opens_at = min(max(opens_at, step.version.in_force_from or opens_at), at)
    standard, counting = parse(step.time_standard), COUNTING[rhythm]
    due = due_on(standard, opens_at.astimezone(zone).date(), times.calendar, counting=counting)
    return sop.open_task(
        office=office,
        activity=step,
        subject=f"period:{period.key}",
        period=Period.of(period.starts_on, "quarter").key,
        role="ca",
        owner=holder_of(office, "ca", on=at.astimezone(zone).date(), programme=PEGASUS),
        opens_at=opens_at,
        due_at=end_of_day(due, office.timezone),
    )
