"""The problem as numbers: people and weeks in a canonical order, sets of people as bit masks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pegasus.roster.domain.problem import (
    CannotBeFixed,
    GivenTwice,
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
    needed: tuple[int, ...]  # how many are to be chosen for a week beside them
    published: tuple[int, ...]
    gone: int  # how many published places belong to people who are not here any more
    teams: tuple[int, ...]  # the team of each person as a number
    last: tuple[int | None, ...]  # week number of each person's last turn before the period
    coming: tuple[int | None, ...]  # week number of each person's first turn after it

    def turns(self, plan: Plan) -> list[int]:
        """Return how often each person serves in the plan."""
        turns = [0] * len(self.people)
        for mask in plan:
            for p in bits(mask):
                turns[p] += 1
        return turns

    def loads(self, plan: Plan) -> list[int]:
        """Return the turns of each person, other periods included."""
        return [person.carried + turns for person, turns in zip(self.people, self.turns(plan), strict=True)]


def grid_of(problem: Problem) -> Grid:
    """Bring a problem into its canonical form, or raise what makes it impossible."""
    _check_once(problem)
    people = tuple(sorted(problem.people, key=lambda person: person.id))
    weeks = tuple(sorted((w for w in problem.weeks if w.posts_on is not None), key=lambda week: week.starts_on))
    if not weeks:
        raise NothingToFill
    if not people:
        raise NobodyToServe
    place = {person.id: n for n, person in enumerate(people)}
    rows = [_row(problem, week, people, place) for week in weeks]
    published = [
        problem.published.get(week.starts_on, frozenset()) if week.starts_on not in problem.held else frozenset()
        for week in weeks
    ]
    names = sorted({person.team for person in people if person.team})
    return Grid(
        people=people,
        weeks=weeks,
        numbers=tuple(week.number for week in weeks),
        free=tuple(free for free, _, _ in rows),
        held=tuple(held for _, held, _ in rows),
        needed=tuple(needed for _, _, needed in rows),
        published=tuple(_mask(ids, place) for ids in published),
        gone=sum(person_id not in place for ids in published for person_id in ids),
        teams=tuple(names.index(person.team) if person.team else NO_TEAM for person in people),
        last=tuple(_number(person.last_turn) for person in people),
        coming=tuple(_number(person.next_turn) for person in people),
    )


def _number(monday: date | None) -> int | None:
    return None if monday is None else monday.toordinal() // 7


def _check_once(problem: Problem) -> None:
    people = Counter(person.id for person in problem.people)
    weeks = Counter(week.starts_on for week in problem.weeks)
    if len(people) < len(problem.people) or len(weeks) < len(problem.weeks):
        raise GivenTwice(
            tuple(sorted(one for one, count in people.items() if count > 1)),
            tuple(sorted(one for one, count in weeks.items() if count > 1)),
        )


def _row(problem: Problem, week: Week, people: tuple[Person, ...], place: dict[int, int]) -> tuple[int, int, int]:
    """Return who may be chosen for a week, who stands in it, and how many are to be chosen."""
    fixed = problem.fixed.get(week.starts_on, frozenset())
    if week.starts_on in problem.held:
        settled = problem.held[week.starts_on]
        if not fixed <= settled:
            raise CannotBeFixed(week.starts_on, tuple(sorted(fixed - settled)))
        return 0, _mask(settled, place), 0
    if len(people) < problem.per_week:
        raise TooFewPeople(len(people), problem.per_week)
    able = frozenset(person.id for person in people if may_serve(person, week))
    if len(able) < problem.per_week:
        raise WeekCannotBeFilled(week.starts_on, week.posts_on or date.min, len(able), problem.per_week)
    if not fixed <= able or len(fixed) > problem.per_week:
        raise CannotBeFixed(week.starts_on, tuple(sorted(fixed - able or fixed)))
    return _mask(able - fixed, place), _mask(fixed, place), problem.per_week - len(fixed)


def _mask(ids: Iterable[int], place: dict[int, int]) -> int:
    mask = 0
    for person_id in ids:
        if person_id in place:
            mask |= 1 << place[person_id]
    return mask
