"""The smallest single change that would have put the other in that place, found by making the roster with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pegasus.roster.domain import measures
from pegasus.roster.domain.contrast import Answer, Question, answer, blocking, obstacle, plan_of
from pegasus.roster.domain.problem import Infeasible, Person, Problem, Week, may_serve
from pegasus.roster.domain.solve import solve

DAY, WEEK = timedelta(days=1), timedelta(days=7)
FEWER = 2  # turns fewer that are tried


@dataclass(frozen=True)
class Change:
    """One thing that would have been otherwise."""

    # back_on, away_from, never_away, active_from, active_until; fewer_turns, last_turn, holder_away, turn_away
    kind: str
    on: date | None = None
    turns: int = 0


@dataclass(frozen=True)
class Turning:
    """What was found: the change, whether the holder would be out; or, without one, why not even then."""

    change: Change | None = None
    holder_out: bool = False
    tried: tuple[Change, ...] = ()
    level: Change | None = None  # without a change that decides: one that makes the other as good as who serves then
    anew: bool = False  # the other serves in that week when the roster is made again without any change
    even_so: Answer | None = None  # what speaks against the other where nothing keeps them out any more
    instead: int | None = None  # who serves then
    too_long: bool = False  # making the roster again and again would take too long


def turning(question: Question) -> Turning:
    """Try one change after the other, the smallest first; each by really making the roster."""
    fact = obstacle(question)
    if fact is not None and fact.kind in ("serves", "settled", "unknown", "exempt"):
        return Turning()
    if not question.small:
        return Turning(too_long=True)
    now = solve(question.problem)
    if not all(level.proven for level in now.aims):  # every further one would take as long
        return Turning(too_long=True)
    if question.other in plan_of(now).get(question.monday, ()):
        return Turning(anew=True)
    worse = fact is None and answer(question).verdict == "worse"
    tried: list[Change] = []
    level: Change | None = None
    instead: int | None = None
    for change, problem in _changes(question):
        plan = _made(problem)
        serving = plan.get(question.monday, frozenset())
        tried.append(change)
        if question.other in serving:
            return Turning(change, question.holder not in serving, tuple(tried))
        if worse and level is None and serving:
            holder = question.holder if question.holder in serving else min(serving)
            again = answer(replace(question, problem=problem, plan=plan, holder=holder))
            level, instead = (change, holder) if again.verdict == "equal" else (None, None)
    return Turning(tried=tuple(tried), level=level, instead=instead) if level else _even_so(question, tuple(tried))


def _even_so(question: Question, tried: tuple[Change, ...]) -> Turning:
    """Say who serves, and why, where nothing keeps the other out of the week."""
    free = _unhindered(question)
    if free is None:
        return Turning(tried=tried)
    plan = plan_of(solve(free))
    serving = plan[question.monday]
    holder = question.holder if question.holder in serving else min(serving)
    against = answer(replace(question, problem=free, plan=plan, holder=holder))
    return Turning(tried=tried, even_so=against, instead=holder)


def _made(problem: Problem) -> Mapping[date, frozenset[int]]:
    try:
        return plan_of(solve(problem))
    except Infeasible:
        return {}


def _changes(question: Question) -> Iterator[tuple[Change, Problem]]:
    person, week, problem = question.person, question.week, question.problem
    if person is None or week.posts_on is None:
        return
    if may_serve(person, week):
        for turns in range(1, min(FEWER, person.carried - person.later) + 1):
            yield Change("fewer_turns", turns=turns), _with(problem, _fewer(person, turns))
        for monday in _rested(question, person):
            yield Change("last_turn", monday), _with(problem, replace(person, last_turn=monday))
        holder = next(one for one in problem.people if one.id == question.holder)
        yield Change("holder_away", week.posts_on), _with(problem, _away(holder, week.posts_on))
        turn = _own_turn(question)
        if turn is not None and turn.posts_on is not None:
            yield Change("turn_away", turn.posts_on), _with(problem, _away(person, turn.posts_on))
        return
    for change, other in _unblocked(person, week, week.posts_on):
        if may_serve(other, week):
            yield change, _with(problem, other)


def _fewer(person: Person, turns: int) -> Person:
    """Take earlier turns away; who has none left has no last one either."""
    carried = person.carried - turns
    return replace(person, carried=carried, last_turn=person.last_turn if carried > person.later else None)


def _rested(question: Question, person: Person) -> Iterator[date]:
    """Yield the weeks in which the other's last turn would have to lie, to rest as long as the roster lets people."""
    rest = measures.shortest_rest(question.grid, question.masks)
    if rest == measures.NEVER_TWICE or person.last_turn is None:
        return
    for weeks in (rest, rest + 1):
        monday = question.monday - weeks * WEEK
        if monday < person.last_turn:
            yield monday


def _unblocked(person: Person, week: Week, posts_on: date) -> Iterator[tuple[Change, Person]]:
    if person.active_from > posts_on:
        yield Change("active_from", posts_on), replace(person, active_from=posts_on)
    if person.active_until is not None and person.active_until < posts_on:
        yield Change("active_until", posts_on), replace(person, active_until=posts_on)
    spans = blocking(person, week)
    for span in spans:
        for day in sorted({*week.prepares_on, posts_on}, reverse=True):
            back = _cut(person, span, last=day - DAY)
            if span[0] < day <= span[1] and may_serve(back, week):
                yield Change("back_on", day), back
                break
        for day in sorted({*week.prepares_on, posts_on}):
            later = _cut(person, span, first=day + DAY)
            if span[0] <= day < span[1] and may_serve(later, week):
                yield Change("away_from", day + DAY), later
                break
    if spans:
        yield Change("never_away"), replace(person, absences=tuple(s for s in person.absences if s not in spans))


def _cut(person: Person, span: tuple[date, date], *, first: date | None = None, last: date | None = None) -> Person:
    new = (first or span[0], last or span[1])
    return replace(person, absences=tuple(new if one == span else one for one in person.absences))


def _away(person: Person, day: date) -> Person:
    return replace(person, absences=(*person.absences, (day, day)))


def _own_turn(question: Question) -> Week | None:
    """Return the other's turn that is nearest to the week."""
    weeks = [
        week
        for week in question.problem.weeks
        if question.other in question.plan.get(week.starts_on, ()) and week.starts_on not in question.problem.held
    ]
    return min(weeks, key=lambda week: (abs(week.starts_on - question.monday), week.starts_on), default=None)


def _with(problem: Problem, person: Person) -> Problem:
    return replace(problem, people=tuple(person if one.id == person.id else one for one in problem.people))


def _unhindered(question: Question) -> Problem | None:
    """Return the problem in which nothing keeps the other out of the week; None when nothing does."""
    person, posts_on = question.person, question.week.posts_on
    if person is None or posts_on is None or may_serve(person, question.week):
        return None
    until = person.active_until
    free = replace(
        person,
        active_from=min(person.active_from, posts_on),
        active_until=None if until is None else max(until, posts_on),
        absences=tuple(span for span in person.absences if span not in blocking(person, question.week)),
    )
    return _with(question.problem, free) if may_serve(free, question.week) else None
