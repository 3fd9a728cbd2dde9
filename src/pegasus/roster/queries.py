from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q, QuerySet

from pegasus.calendar.queries import working_calendar
from pegasus.kernel.models import AuditEntry
from pegasus.people import queries as people
from pegasus.people.domain.absences import Span
from pegasus.people.models import Employee, Office
from pegasus.roster.domain.problem import Person, Week, may_serve
from pegasus.roster.domain.times import Clockwork
from pegasus.roster.domain.weeks import WEEK, weeks_between
from pegasus.roster.models import Duty, DutyHolder, Roster, RosterPlace, Swap, SwapAsk
from pegasus.sop.models import Task
from pegasus.sop.queries import tasks_of

SUGGESTED = 3


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take a duty over, with what speaks for them."""

    employee: Employee
    turns: int
    nearest_on: date | None  # the posting day of their nearest other turn
    nearest_weeks: int | None


def all_duties_of(office: Office) -> QuerySet[Duty]:
    """The only door to duties, cancelled ones included: those of one office, by week."""
    return Duty.objects.filter(office=office).select_related("holder").order_by("starts_on", "seat", "pk")


def duties_of(office: Office) -> QuerySet[Duty]:
    """Return the duties of an office that stand, by week."""
    return all_duties_of(office).filter(cancelled_at=None)


def duties_held_by(employee: Employee) -> QuerySet[Duty]:
    """Return the turns of a person that stand, by week."""
    return duties_of(employee.office).filter(holder=employee)


def duty_tasks(duty: Duty) -> QuerySet[Task]:
    """Return the tasks of a duty: reminders, card, posting."""
    return tasks_of(duty.office).filter(subject=duty.subject)


def tasks_by_duty(office: Office, duties: Iterable[Duty]) -> dict[int, list[Task]]:
    """Return the tasks of many duties in one query, by the duty's key."""
    found: dict[int, list[Task]] = defaultdict(list)
    for task in tasks_of(office).filter(subject__in=[duty.subject for duty in duties]):
        found[int(task.subject.removeprefix("duty:"))].append(task)
    return found


def rosters_of(office: Office) -> QuerySet[Roster]:
    """The only door to rosters: those of one office, newest period and version first."""
    return Roster.objects.filter(office=office).defer("inputs").order_by("-starts_on", "-version", "-pk")


def published_rosters(office: Office) -> QuerySet[Roster]:
    """Return the published versions of an office, the newest first."""
    return rosters_of(office).filter(published_at__isnull=False)


def drafts_of(office: Office) -> QuerySet[Roster]:
    """Return the drafts of an office, the newest period first."""
    return rosters_of(office).filter(published_at=None)


def period_of_version(office: Office, pk: int) -> str | None:
    """Return the period of a version of the office, of one that was discarded or replaced too."""
    standing = rosters_of(office).filter(pk=pk).values_list("period", flat=True).first()
    if standing is not None:
        return standing
    deeds = AuditEntry.objects.filter(subject=f"roster:{pk}", office_id=office.pk, action="roster.drafted")
    entry = deeds.order_by("pk").first()
    return None if entry is None else entry.after["period"]


def places_in(office: Office) -> QuerySet[RosterPlace]:
    """The only door to the places of an office's rosters, with what each was made from; newest version first."""
    places = RosterPlace.objects.filter(roster__office=office).select_related("employee", "roster__office")
    return places.order_by("-roster__published_at", "-roster__pk", "starts_on", "seat", "pk")


def places_behind(duty: Duty) -> QuerySet[RosterPlace]:
    """Return a duty's place in each published version, the newest version first."""
    places = places_in(duty.office).filter(starts_on=duty.starts_on, seat=duty.seat)
    return places.filter(roster__published_at__isnull=False)


def places_of(roster: Roster) -> QuerySet[RosterPlace]:
    """Return the places of a roster version, by week and seat."""
    return roster.places.select_related("employee").order_by("starts_on", "seat", "pk")


def history_of(duty: Duty) -> QuerySet[DutyHolder]:
    """Return who held a duty, the first holder first."""
    return duty.holders.select_related("employee").order_by("held_from", "pk")


def first_given(duties: Iterable[Duty]) -> datetime | None:
    """Return when the first of some duties was given to anybody."""
    held = DutyHolder.objects.filter(duty__in=list(duties)).order_by("held_from", "pk")
    return held.values_list("held_from", flat=True).first()


def last_changes(office: Office) -> QuerySet[DutyHolder]:
    """Return the changes of holders that stand and were made by people, the newest first."""
    return (
        DutyHolder.objects.filter(duty__office=office, held_until=None, duty__cancelled_at=None)
        .exclude(reason__kind="roster")
        .select_related("duty__office", "duty__holder", "employee")
        .order_by("-held_from", "-pk")
    )


def swaps_of(office: Office) -> QuerySet[Swap]:
    """The only door to wishes for a substitute: those of one office, the oldest first."""
    return (
        Swap.objects.filter(duty__office=office)
        .select_related("duty__holder", "duty__office", "other_duty__holder", "from_employee", "to_employee")
        .order_by("asked_at", "pk")
    )


def open_swaps(office: Office) -> QuerySet[Swap]:
    """Return the wishes for a substitute that nobody has settled."""
    return swaps_of(office).filter(state__in=Swap.OPEN)


def asks_of(office: Office) -> QuerySet[SwapAsk]:
    """The only door to who was asked to take a turn: those of one office, in the order of asking."""
    return (
        SwapAsk.objects.filter(swap__duty__office=office)
        .select_related("employee", "swap__duty__office", "swap__other_duty", "swap__from_employee")
        .order_by("swap", "order", "pk")
    )


def clockwork(office: Office) -> Clockwork:
    """Return the office's calendar with its way of counting."""
    return Clockwork(working_calendar(office), office.reminder_counting, office.timezone)


def weeks_of(office: Office, first: date, last: date) -> list[Week]:
    """Return the weeks of a span of days, with their posting days."""
    return weeks_between(
        working_calendar(office), first, last, weekday=office.posting_weekday, counting=office.reminder_counting
    )


@dataclass(frozen=True)
class TurnsAround:
    """One person's published turns outside a span of weeks, with the Mondays of those nearest to it."""

    before: int = 0
    last: date | None = None
    after: int = 0
    next: date | None = None


def turns_around(office: Office, first: date, last: date) -> dict[int, TurnsAround]:
    """Return everybody's turns before the week `first` and after the week `last`; each turn is one row."""
    earlier, later = Q(starts_on__lt=first), Q(starts_on__gt=last)
    rows = (
        duties_of(office)
        .filter(earlier | later, holder__isnull=False)
        .order_by("holder_id")
        .values("holder_id")
        .annotate(
            before=Count("pk", filter=earlier),
            last=Max("starts_on", filter=earlier),
            after=Count("pk", filter=later),
            next=Min("starts_on", filter=later),
        )
    )
    return {
        row["holder_id"]: TurnsAround(row["before"], row["last"], row["after"], row["next"])
        for row in rows
        if row["holder_id"] is not None
    }


def turns_by_person(office: Office) -> list[tuple[int, date]]:
    """Return every turn that stands: who, and on which posting day."""
    rows = duties_of(office).exclude(holder=None).values_list("holder_id", "posts_on")
    return [(holder, day) for holder, day in rows if holder is not None]


def head_starts(office: Office) -> tuple[dict[int, int], set[int]]:
    """Return the turns that newcomers were credited with, and everybody whom a published roster has considered."""
    credited: dict[int, int] = {}
    known: set[int] = set()
    results = Roster.objects.filter(office=office, published_at__isnull=False).order_by("published_at", "pk")
    for result in results.values_list("result", flat=True):
        for key, turns in result.get("entered", {}).items():
            credited.setdefault(int(key), int(turns))
        known.update(result.get("people", ()))
    return credited, known


@dataclass(frozen=True)
class DaysOut:
    """The days on which one person is away, and those on which they take no turns."""

    absent: tuple[Span, ...] = ()
    exempt: tuple[Span, ...] = ()


def days_out(office: Office, first: date, last: date) -> dict[int, DaysOut]:
    """Return for everybody who cannot always serve in a span of days when not."""
    absent: dict[int, list[Span]] = defaultdict(list)
    for absence in people.absences_of(office, first, last):
        absent[absence.employee_id].append((absence.starts_on, absence.ends_on))
    exempt = people.exempt_days(office)
    return {pk: DaysOut(tuple(absent.get(pk, ())), exempt.get(pk, ())) for pk in absent.keys() | exempt.keys()}


def person_of(employee: Employee, out: DaysOut | None = None) -> Person:
    """Return an employee as the rules see one."""
    out = out or DaysOut()
    return Person(
        employee.pk,
        employee.team,
        absences=out.absent,
        exempt=out.exempt,
        active_from=employee.active_from,
        active_until=employee.active_until,
    )


def week_of(duty: Duty) -> Week:
    """Return a duty's week as the rules see one."""
    office = duty.office
    times = clockwork(office)
    begins = times.preparation_begins(duty.posts_on).astimezone(ZoneInfo(office.timezone)).date()
    days = [day for day in times.calendar.between(begins, duty.posts_on) if day != duty.posts_on]
    return Week(duty.starts_on, duty.posts_on, tuple(days))


def coming_duties(office: Office, at: datetime) -> list[Duty]:
    """Return the duties whose posting day is still to come."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    return list(duties_of(office).filter(posts_on__gt=today).exclude(holder=None))


def able_to_take(duty: Duty) -> list[Employee]:
    """Return who may take a duty over by the rules: there, not away, not exempt, and not serving in that week."""
    week = week_of(duty)
    first = min((*week.prepares_on, duty.posts_on))
    out = days_out(duty.office, first, duty.posts_on)
    busy = set(duties_of(duty.office).filter(starts_on=duty.starts_on).values_list("holder_id", flat=True))
    return [
        employee
        for employee in people.active_employees(duty.office, on=duty.posts_on)
        if employee.pk not in busy and may_serve(person_of(employee, out.get(employee.pk)), week)
    ]


def substitutes(duty: Duty, at: datetime) -> list[Candidate]:  # noqa: ARG001 - the moment may matter to a later rule
    """Return the three fairest people to take a duty over."""
    return by_fairness(duty, able_to_take(duty))[:SUGGESTED]


def by_fairness(duty: Duty, able: Iterable[Employee]) -> list[Candidate]:
    """Return who may take a duty over, the fairest first: fewest turns, then farthest from their other turns."""
    credited, _known = head_starts(duty.office)
    turns: dict[int, list[Duty]] = defaultdict(list)
    for other in duties_of(duty.office).exclude(pk=duty.pk).exclude(holder=None):
        turns[other.holder_id or 0].append(other)
    found = [_candidate(duty, employee, turns[employee.pk], credited) for employee in able]
    found.sort(key=lambda one: (one.turns, -(one.nearest_weeks or 10**6), one.employee.pk))
    return found


def _candidate(duty: Duty, employee: Employee, others: list[Duty], credited: dict[int, int]) -> Candidate:
    nearest = min(others, key=lambda other: (abs(other.starts_on - duty.starts_on), other.starts_on), default=None)
    return Candidate(
        employee=employee,
        turns=len(others) + credited.get(employee.pk, 0),
        nearest_on=nearest.posts_on if nearest else None,
        nearest_weeks=abs(nearest.starts_on - duty.starts_on) // WEEK if nearest else None,
    )


def open_tasks_of(duty: Duty) -> QuerySet[Task]:
    """Return what is still to be done for a duty."""
    return duty_tasks(duty).filter(closed_at=None)
