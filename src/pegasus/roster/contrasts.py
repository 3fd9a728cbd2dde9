"""Why this person and not a named other, for a place of a draft or of what is published: loaded, worked out, said.

The answer is as of the day on which the roster was made, from what it was made from; what has changed since is said
beside it. A roster of an older release has not kept that: it is answered with today's data, and the answer says so.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import answers, planning, queries, reasons
from pegasus.roster.domain import kept
from pegasus.roster.domain.contrast import Answer, Obstacle, Question, answer, not_there
from pegasus.roster.domain.evidence import Cost
from pegasus.roster.domain.problem import Infeasible, Problem
from pegasus.roster.domain.whatif import Change, Turning, turning
from pegasus.roster.models import Duty, Roster, RosterPlace


class NoSuchPlace(Exception):
    """No roster has a place in that week with that number."""


@dataclass(frozen=True)
class Contrast:
    """Why not the other: `sentences` answer, `turning` says what would change it, `since` what is otherwise today."""

    starts_on: date
    posts_on: date
    seat: int
    holder: int  # who had the place when the roster was made
    other: int
    verdict: str  # cannot | worse | equal | better; unknown: an old roster that today's data cannot fill
    method: str  # fact | exchange | solver
    proven: bool
    basis: str  # made: what the roster was made from; today: today's data, because that was not kept
    basis_at: datetime
    obstacle: Obstacle | None
    cost: Cost | None
    levels: tuple[tuple[str, int, int], ...]
    change: Change | None
    sentences: tuple[str, ...]
    turning: tuple[str, ...] = ()
    since: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Place:
    """A place of a roster with the question's ground: what the roster was made from, and who serves when."""

    made: RosterPlace
    duty: Duty | None
    problem: Problem
    plan: dict[date, frozenset[int]]
    basis: str
    basis_at: datetime

    @property
    def holder(self) -> Employee:
        """Who had the place when the roster was made."""
        return self.made.employee

    @property
    def posts_on(self) -> date:
        """The posting day: of a duty as it stands, else of the roster."""
        return self.duty.posts_on if self.duty is not None else self.made.posts_on

    @property
    def is_draft(self) -> bool:
        """Tell whether the roster waits to be published."""
        return self.made.roster.published_at is None

    @property
    def has_published(self) -> bool:
        """Tell whether an earlier version was to be kept as far as possible."""
        return bool(self.problem.published)

    def against(self, other: Employee) -> Question:
        """Return the question why not the other."""
        return Question(self.problem, self.plan, self.made.starts_on, self.holder.pk, other.pk)


def explain(
    *,
    roster_or_office: Roster | Office,
    starts_on: date,
    seat: int,
    other: Employee,
    at: datetime,
    with_turning: bool = True,
) -> Contrast:
    """Say why the holder of a place serves and not the other; of an office: the place as it stands."""
    place = place_of(roster_or_office, starts_on, seat, at)
    names = dict(people.employees_of(other.office).values_list("pk", "name"))
    return told(place, other, names, with_turning=with_turning)


def told(place: Place, other: Employee, names: dict[int, str], *, with_turning: bool) -> Contrast:
    """Answer one question about a place that is loaded."""
    question = place.against(other)
    turned = Turning()
    sentences: tuple[str, ...] = (answers.not_worked_out(),)
    try:
        found = answer(question)
        turned = turning(question) if with_turning else turned
        sentences = tuple(_said(found, question, other, names))
    except Infeasible:
        found = Answer("unknown", "fact", proven=False)
    return Contrast(
        starts_on=place.made.starts_on,
        posts_on=place.made.posts_on,
        seat=place.made.seat,
        holder=place.holder.pk,
        other=other.pk,
        verdict=found.verdict,
        method=found.method,
        proven=found.proven,
        basis=place.basis,
        basis_at=place.basis_at,
        obstacle=found.obstacle,
        cost=found.cost,
        levels=found.levels,
        change=turned.change,
        sentences=sentences,
        turning=(*answers.of_turning(turned, question, names), *answers.of_swap(found, question, names)),
        since=tuple(_since(place, question, other)),
    )


def _said(found: Answer, question: Question, other: Employee, names: dict[int, str]) -> list[str]:
    """Say the answer; of somebody who takes no turns with the reason that the office has written down."""
    said = answers.of_answer(found, question, names)
    if found.obstacle is None or found.obstacle.kind != "exempt" or found.obstacle.on is None:
        return said
    exemption = people.exemptions_on(other.office, on=found.obstacle.on).get(other.pk)
    return said if exemption is None else [*said, answers.reason_of_exemption(exemption.reason)]


def place_of(roster_or_office: Roster | Office, starts_on: date, seat: int, at: datetime) -> Place:
    """Load a place; of what is published, in the version that chose its holder."""
    if isinstance(roster_or_office, Roster):
        places = queries.places_in(roster_or_office.office).filter(roster=roster_or_office)
        made = places.filter(starts_on=starts_on, seat=seat).first()
        if made is None:
            raise NoSuchPlace
        return place_of_draft(made, at)
    duties = queries.duties_of(roster_or_office).filter(starts_on=starts_on, seat=seat)
    duty = duties.select_related("office", "holder").first()
    if duty is None:
        raise NoSuchPlace
    return place_of_duty(duty, at)


def place_of_draft(made: RosterPlace, at: datetime) -> Place:
    """Load the place of one version, whatever has become of it since."""
    return _ground(made, None, at)


def place_of_duty(duty: Duty, at: datetime) -> Place:
    """Load the place of a duty in the newest published version that did not find it settled."""
    versions = list(queries.places_behind(duty))
    if not versions:
        raise NoSuchPlace
    made = next((place for place in versions if not place.reason.get("settled")), versions[0])
    return _ground(made, duty, at)


def _ground(made: RosterPlace, duty: Duty | None, at: datetime) -> Place:
    roster = made.roster
    serving: dict[date, set[int]] = defaultdict(set)
    for starts_on, employee in roster.places.order_by("pk").values_list("starts_on", "employee_id"):
        serving[starts_on].add(employee)
    plan = {monday: frozenset(ids) for monday, ids in serving.items()}
    if roster.inputs:
        return Place(made, duty, kept.from_data(roster.inputs), plan, "made", roster.created_at)
    problem = planning.plan_for(
        office=roster.office,
        first=roster.starts_on,
        last=roster.ends_on,
        per_week=roster.people_per_week,
        at=roster.created_at,
    ).problem
    known = {person.id for person in problem.people}
    gone = people.employees_of(roster.office).filter(pk__in={pk for ids in plan.values() for pk in ids} - known)
    everybody = (*problem.people, *(queries.person_of(employee) for employee in gone))
    return Place(made, duty, replace(problem, people=everybody, published={}), plan, "today", at)


def _since(place: Place, question: Question, other: Employee) -> list[str]:
    """Say what is otherwise today: the holder, the days of the two people, the posting day."""
    said = _by_hand(place, other)
    if place.basis == "today":
        return said
    week, people_then = question.week, {person.id: person for person in question.problem.people}
    days = (*week.prepares_on, *([week.posts_on] if week.posts_on else []))
    out = queries.days_out(other.office, min(days), max(days)) if days else {}
    for employee in (other, place.holder):
        if employee.pk not in people_then:
            continue
        then = not_there(people_then[employee.pk], week)
        today = not_there(queries.person_of(employee, out.get(employee.pk)), week)
        if today != then:
            said.append(answers.of_today(employee.name, today, week))
    if place.duty is not None and place.duty.posts_on != place.made.posts_on:
        said.append(answers.of_moved(place.made.posts_on, place.duty.posts_on))
    return said


def _by_hand(place: Place, other: Employee) -> list[str]:
    duty = place.duty
    if duty is None or duty.holder is None or duty.holder_id == place.holder.pk:
        return []
    held = queries.history_of(duty).last()
    names = {one.pk: one.name for one in (duty.holder, place.holder, other)}
    return answers.of_hand(duty.holder.name, place.holder.name, reasons.of_holder(held.reason, names) if held else [])
