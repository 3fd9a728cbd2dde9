"""Why this person and not a named other: facts first, then the best roster with the other in that place.

Nothing here is an opinion: each answer is a fact of the problem, or two plans measured with the same measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pegasus.roster.domain import measures
from pegasus.roster.domain.evidence import Cost, cost_of
from pegasus.roster.domain.exchanges import Exchanges
from pegasus.roster.domain.grid import Grid, Plan, grid_of
from pegasus.roster.domain.problem import Person, Problem, Week, may_serve
from pegasus.roster.domain.solution import Solution
from pegasus.roster.domain.solve import solve

LARGEST = 4000  # people times weeks up to which the whole roster is made anew for one question


@dataclass(frozen=True)
class Obstacle:
    """A fact that keeps the other out of the week, whatever the roster."""

    kind: str  # unknown | settled | serves | not_yet | left | exempt | away
    on: date | None = None
    spans: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came of putting the other in that place. `cost` is the first level that gets worse, with its evidence."""

    verdict: str  # cannot | worse | equal | better
    method: str  # fact | exchange | solver
    proven: bool = True
    obstacle: Obstacle | None = None
    cost: Cost | None = None
    levels: tuple[tuple[str, int, int], ...] = ()  # name, with the holder, with the other; up to the decisive one
    in_return: date | None = None  # the week that the holder would take over from the other
    moved: int = 0  # how many other places would go to another person


@dataclass(frozen=True)
class Question:
    """A place of a plan, and the other whom somebody would have expected there."""

    problem: Problem
    plan: Mapping[date, frozenset[int]]
    monday: date
    holder: int
    other: int

    @cached_property
    def week(self) -> Week:
        """The week in question."""
        return next(week for week in self.problem.weeks if week.starts_on == self.monday)

    @cached_property
    def person(self) -> Person | None:
        """The other as the problem knows them."""
        return next((person for person in self.problem.people if person.id == self.other), None)

    @cached_property
    def grid(self) -> Grid:
        """The problem in its canonical form."""
        return grid_of(self.problem)

    @cached_property
    def masks(self) -> Plan:
        """The plan that stands, week by week."""
        return masks_of(self.grid, self.plan)

    @property
    def small(self) -> bool:
        """Tell whether the whole roster can be made anew for this question."""
        return len(self.problem.people) * len(self.problem.weeks) <= LARGEST


def masks_of(grid: Grid, plan: Mapping[date, frozenset[int]]) -> Plan:
    """Return a plan as masks; who is not known to the grid is left out."""
    return [
        sum(1 << p for p, person in enumerate(grid.people) if person.id in plan.get(week.starts_on, ()))
        for week in grid.weeks
    ]


def plan_of(solution: Solution) -> dict[date, frozenset[int]]:
    """Return who serves when."""
    found: dict[date, set[int]] = {}
    for place in solution.places:
        found.setdefault(place.starts_on, set()).add(place.person)
    return {monday: frozenset(ids) for monday, ids in found.items()}


def obstacle(question: Question) -> Obstacle | None:
    """Return the fact that keeps the other out of the week, or None."""
    person, week = question.person, question.week
    if question.other in question.plan.get(question.monday, ()):
        return Obstacle("serves", week.posts_on)
    if question.monday in question.problem.held:
        return Obstacle("settled", week.posts_on)
    if person is None or week.posts_on is None:
        return Obstacle("unknown")
    return not_there(person, week)


def not_there(person: Person, week: Week) -> Obstacle | None:
    """Return what keeps a person out of a week, whoever serves in it."""
    posts_on = week.posts_on
    if posts_on is None:
        return Obstacle("unknown")
    if person.active_from > posts_on:
        return Obstacle("not_yet", person.active_from)
    if person.active_until is not None and person.active_until < posts_on:
        return Obstacle("left", person.active_until)
    if person.is_exempt_on(posts_on):
        return Obstacle("exempt", posts_on, tuple(span for span in person.exempt if span[0] <= posts_on <= span[1]))
    return None if may_serve(person, week) else Obstacle("away", posts_on, blocking(person, week))


def blocking(person: Person, week: Week) -> tuple[tuple[date, date], ...]:
    """Return the absences that keep a person out of a week."""
    days = week.prepares_on
    if week.posts_on is not None and person.is_away_on(week.posts_on):
        days = (week.posts_on,)
    return tuple(span for span in person.absences if any(span[0] <= day <= span[1] for day in days))


def answer(question: Question) -> Answer:
    """Say what keeps the other out, or what the best roster with the other in that place would cost."""
    fact = obstacle(question)
    if fact is not None:
        return Answer("cannot", "fact", obstacle=fact)
    here = measures.quality(question.grid, question.masks)
    near, in_return = exchange(question)
    if not question.small or measures.quality(question.grid, near) <= here:
        found = _compared(question, near, "exchange", in_return=in_return)
        return replace(found, proven=found.verdict == "equal")
    week = question.plan[question.monday] - {question.holder} | {question.other}
    solution = solve(replace(question.problem, fixed={question.monday: week}))
    best = masks_of(question.grid, plan_of(solution))
    if measures.quality(question.grid, near) <= measures.quality(question.grid, best):
        return replace(
            _compared(question, near, "solver", in_return=in_return), proven=_proves(solution, near, question)
        )
    return replace(_compared(question, best, "solver"), proven=_proves(solution, best, question))


def _proves(solution: Solution, plan: Plan, question: Question) -> bool:
    """Tell whether no plan with the other in that place can do better than it was said, up to the level named."""
    here, there = measures.quality(question.grid, question.masks), measures.quality(question.grid, plan)
    differ = next(
        (n for n, (one, two) in enumerate(zip(here, there, strict=True)) if one != two), len(measures.LEVELS)
    )
    decisive = measures.LEVELS[: differ + 1]
    return all(level.proven for level in solution.aims if level.name in decisive)


def _compared(question: Question, plan: Plan, method: str, *, in_return: date | None = None) -> Answer:
    grid, masks = question.grid, question.masks
    here, there = measures.quality(grid, masks), measures.quality(grid, plan)
    verdict = "equal" if here == there else "worse" if here < there else "better"
    differ = next((n for n, (one, two) in enumerate(zip(here, there, strict=True)) if one != two), None)
    shown = len(measures.LEVELS) if differ is None else differ + 1
    return Answer(
        verdict=verdict,
        method=method,
        cost=None if differ is None else cost_of(measures.LEVELS[differ], grid, masks, plan),
        levels=tuple((name, abs(one), abs(two)) for name, one, two in zip(measures.LEVELS, here, there, strict=True))[
            :shown
        ],
        in_return=in_return,
        moved=sum((one & ~two).bit_count() for one, two in zip(masks, plan, strict=True)) - 1,
    )


def exchange(question: Question) -> tuple[Plan, date | None]:
    """Return the best plan that one stroke brings: the other takes the place, the holder perhaps one of theirs."""
    grid = question.grid
    place = {person.id: p for p, person in enumerate(grid.people)}
    week = next(n for n, week in enumerate(grid.weeks) if week.starts_on == question.monday)
    exchanges = Exchanges(grid, question.masks)
    one, _quality = exchanges.best(week, place[question.holder], place[question.other])
    return one.done(question.masks), None if one.in_return is None else grid.weeks[one.in_return].starts_on
