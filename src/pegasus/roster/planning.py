"""From rows to the solver's problem: who may serve, with which turns behind them, and what is settled already."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.domain.problem import Person, Problem, Week
from pegasus.roster.domain.standing import entering
from pegasus.roster.models import Duty


@dataclass(frozen=True)
class Plan:
    """A problem with what is needed to write its solution down."""

    problem: Problem
    employees: dict[int, Employee]
    seats: dict[date, dict[int, int]]
    entered: dict[int, int]  # newcomers, with the turns they enter with


def plan_for(*, office: Office, first: date, last: date, per_week: int, at: datetime) -> Plan:
    """Read everything the solver needs; weeks whose preparation has begun keep their people."""
    weeks = tuple(queries.weeks_of(office, first, last))
    duties = list(queries.duties_of(office).filter(starts_on__in=[week.starts_on for week in weeks]))
    held, published = _standing(office, weeks, duties, at)
    settled = {person for ids in held.values() for person in ids}
    employees = {
        employee.pk: employee
        for employee in people.employees_of(office).filter(
            Q(pk__in=settled) | (Q(active_until=None) | Q(active_until__gte=first)) & Q(active_from__lte=last)
        )
    }
    persons, entered = persons_for(office, employees, weeks)
    seats: dict[date, dict[int, int]] = defaultdict(dict)
    for duty in duties:
        if duty.holder_id is not None:
            seats[duty.starts_on][duty.holder_id] = duty.seat
    return Plan(Problem(persons, weeks, per_week, held, published), employees, seats, entered)


def _standing(
    office: Office, weeks: tuple[Week, ...], duties: list[Duty], at: datetime
) -> tuple[dict[date, frozenset[int]], dict[date, frozenset[int]]]:
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    standing: dict[date, set[int]] = defaultdict(set)
    for duty in duties:
        if duty.holder_id is not None:
            standing[duty.starts_on].add(duty.holder_id)
    held: dict[date, frozenset[int]] = {}
    published: dict[date, frozenset[int]] = {}
    for week in weeks:
        ids = frozenset(standing.get(week.starts_on, ()))
        begins = min((*week.prepares_on, week.posts_on)) if week.posts_on else None
        if ids and begins is not None:
            (held if begins <= today else published)[week.starts_on] = ids
    return held, published


def persons_for(
    office: Office, employees: dict[int, Employee], weeks: tuple[Week, ...]
) -> tuple[tuple[Person, ...], dict[int, int]]:
    """Return people as the solver sees them, and the newcomers with the turns they enter with."""
    if not weeks:
        return (), {}
    before = queries.turns_before(office, weeks[0].starts_on)
    credited, known = queries.head_starts(office)
    days = [day for week in weeks for day in (week.starts_on, week.posts_on, *week.prepares_on) if day]
    absences = queries.absences_during(office, min(days), max(days))
    carried = {pk: before[pk][0] if pk in before else 0 for pk in employees}
    for pk, turns in credited.items():
        if pk in carried:
            carried[pk] += turns
    entered = entering(carried, {pk for pk in employees if pk in known or pk in before})
    return tuple(
        Person(
            id=pk,
            team=employee.team,
            carried=carried[pk] + entered.get(pk, 0),
            last_turn=before[pk][1] if pk in before else None,
            absences=absences.get(pk, ()),
            active_from=employee.active_from,
            active_until=employee.active_until,
        )
        for pk, employee in employees.items()
    ), entered
