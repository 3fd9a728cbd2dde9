"""From rows to the solver's problem: who may serve, with which turns behind them, and what is settled already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.domain.problem import Person, Problem, Week
from pegasus.roster.domain.solution import Solution
from pegasus.roster.domain.standing import entering
from pegasus.roster.models import Duty

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Plan:
    """A problem with what is needed to write its solution down."""

    problem: Problem
    employees: dict[int, Employee]
    seats: dict[date, dict[int, int]]
    entered: dict[int, int]  # newcomers, with the turns they enter with

    @property
    def exempt(self) -> set[int]:
        """The people who take no turns all through the period."""
        days = [week.posts_on for week in self.problem.weeks if week.posts_on]
        return {one.id for one in self.problem.people if _always(days, one.exempt)}

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the weeks."""
        mondays = [week.starts_on for week in self.problem.weeks]
        return min(mondays), max(mondays) + WEEK - DAY

    @property
    def proven_for(self) -> dict[str, int]:
        """What a proof about this problem covers: people, weeks, and the published turns around them."""
        exempt = self.exempt
        taking = [one for one in self.problem.people if one.id not in exempt]
        return {
            "people": len(taking),
            "weeks": sum(week.posts_on is not None for week in self.problem.weeks),
            "turns_before": sum(one.carried - one.later - one.credited for one in taking),
            "turns_after": sum(one.later for one in taking),
        }

    def turns(self, solution: Solution) -> list[int]:
        """Return how many turns everybody has who takes turns at all."""
        exempt = self.exempt
        return [count for pk, count in solution.turns.items() if count or pk not in exempt] or [0]


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
    around = queries.turns_around(office, weeks[0].starts_on, weeks[-1].starts_on)
    credited, known = queries.head_starts(office)
    days = [day for week in weeks for day in (week.starts_on, week.posts_on, *week.prepares_on) if day]
    out = {pk: queries.DaysOut() for pk in employees} | queries.days_out(office, min(days), max(days))
    turns = {pk: around.get(pk, queries.TurnsAround()) for pk in employees}
    carried = {pk: one.before + one.after + credited.get(pk, 0) for pk, one in turns.items()}
    posting = [week.posts_on for week in weeks if week.posts_on]
    taking = {pk: turns for pk, turns in carried.items() if not _always(posting, out[pk].exempt)}
    entered = entering(taking, {pk for pk in taking if pk in known or pk in around})
    return tuple(
        Person(
            id=pk,
            team=employee.team,
            carried=carried[pk] + entered.get(pk, 0),
            last_turn=turns[pk].last,
            next_turn=turns[pk].next,
            later=turns[pk].after,
            credited=credited.get(pk, 0) + entered.get(pk, 0),
            absences=out[pk].absent,
            exempt=out[pk].exempt,
            active_from=employee.active_from,
            active_until=employee.active_until,
        )
        for pk, employee in employees.items()
    ), entered


def _always(days: Sequence[date], spans: Iterable[tuple[date, date]]) -> bool:
    """Tell whether spans cover all of some days."""
    spans = tuple(spans)
    return bool(days) and all(any(first <= day <= last for first, last in spans) for day in days)
