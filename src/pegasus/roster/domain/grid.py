"""The problem as numbers: people and weeks in a canonical order, sets of people as bit masks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pegasus.roster.domain.problem import (
    NobodyToServe,
    NothingToFill,
    Person,
    Problem,
    TooFewPeople,
    Week,
    WeekCannotBeFilled,
    may_serve,
)

NO_TEAM = -1
Plan = list[int]  # for each week the mask of the people who serve


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the set bits, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True)
class Grid:
    """People by id and weeks by date, so that the order of the input cannot matter."""

    people: tuple[Person, ...]
    weeks: tuple[Week, ...]
    numbers: tuple[int, ...]
    free: tuple[int, ...]  # who may be chosen for a week
    held: tuple[int, ...]  # who stands in a week already
    needed: tuple[int, ...]  # how many are to be chosen for a week
    published: tuple[int, ...]
    teams: tuple[int, ...]  # the team of each person as a number
    last: tuple[int | None, ...]  # week number of each person's last turn before the period

    def turns(self, plan: Plan) -> list[int]:
        """Return how often each person serves in the plan."""
        return [sum(mask >> p & 1 for mask in plan) for p in range(len(self.people))]

    def loads(self, plan: Plan) -> list[int]:
        """Return the turns of each person, earlier periods included."""
        return [person.carried + turns for person, turns in zip(self.people, self.turns(plan), strict=True)]


def grid_of(problem: Problem) -> Grid:
    """Bring a problem into its canonical form, or raise what makes it impossible."""
    people = tuple(sorted(problem.people, key=lambda person: person.id))
    weeks = tuple(sorted((w for w in problem.weeks if w.posts_on is not None), key=lambda week: week.starts_on))
    if not weeks:
        raise NothingToFill
    if not people:
        raise NobodyToServe
    place = {person.id: n for n, person in enumerate(people)}
    held = tuple(_mask(problem.held.get(week.starts_on, ()), place) for week in weeks)
    free, needed = [], []
    for week in weeks:
        settled = week.starts_on in problem.held
        able = 0 if settled else _mask((person.id for person in people if may_serve(person, week)), place)
        free.append(able)
        needed.append(0 if settled else problem.per_week)
    if any(needed) and len(people) < problem.per_week:
        raise TooFewPeople(len(people), problem.per_week)
    for week, able, count in zip(weeks, free, needed, strict=True):
        if able.bit_count() < count:
            raise WeekCannotBeFilled(week.starts_on, week.posts_on or date.min, able.bit_count(), count)
    names = sorted({person.team for person in people if person.team})
    return Grid(
        people=people,
        weeks=weeks,
        numbers=tuple(week.number for week in weeks),
        free=tuple(free),
        held=held,
        needed=tuple(needed),
        published=tuple(
            _mask(problem.published.get(week.starts_on, ()), place) if count else 0
            for week, count in zip(weeks, needed, strict=True)
        ),
        teams=tuple(names.index(person.team) if person.team else NO_TEAM for person in people),
        last=tuple(person.last_turn.toordinal() // 7 if person.last_turn else None for person in people),
    )


def _mask(ids: Iterable[int], place: dict[int, int]) -> int:
    mask = 0
    for person_id in ids:
        if person_id in place:
            mask |= 1 << place[person_id]
    return mask
