"""What a roster is asked for: people, weeks, places that stand already; and what makes it impossible."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Person:
    """Somebody who may serve. `carried` counts turns of all other periods, earlier and later, and credit.

    `last_turn` and `next_turn` are the Mondays of the nearest turns before and after the period.
    """

    id: int
    team: str = ""
    carried: int = 0
    last_turn: date | None = None
    absences: tuple[tuple[date, date], ...] = ()
    active_from: date = date.min
    active_until: date | None = None
    next_turn: date | None = None
    later: int = 0  # of `carried`: turns after the period
    credited: int = 0  # of `carried`: what a newcomer entered with
    exempt: tuple[tuple[date, date], ...] = ()  # days on which the person takes no turns

    def works_on(self, day: date) -> bool:
        """Tell whether the person belongs to the office on a day."""
        return self.active_from <= day and (self.active_until is None or day <= self.active_until)

    def is_away_on(self, day: date) -> bool:
        """Tell whether the person is absent on a day."""
        return any(first <= day <= last for first, last in self.absences)

    def is_exempt_on(self, day: date) -> bool:
        """Tell whether the person takes no turns on a day."""
        return any(first <= day <= last for first, last in self.exempt)


@dataclass(frozen=True)
class Week:
    """A week of the period. `posts_on` is None when it has no working day; `prepares_on` runs from H-5 to the eve."""

    starts_on: date
    posts_on: date | None
    prepares_on: tuple[date, ...] = ()

    @property
    def number(self) -> int:
        """Weeks counted from the year 1: the distance of two weeks is the difference."""
        return self.starts_on.toordinal() // 7


def may_serve(person: Person, week: Week) -> bool:
    """Tell whether a person can serve: there on the posting day, and on one of the days of preparation at least."""
    if week.posts_on is None or not person.works_on(week.posts_on) or person.is_exempt_on(week.posts_on):
        return False
    if person.is_away_on(week.posts_on):
        return False
    return not week.prepares_on or not all(person.is_away_on(day) for day in week.prepares_on)


@dataclass(frozen=True)
class Problem:
    """Fill every week with `per_week` people.

    A week in `held` is settled: those people, nobody else. People in `fixed` must serve in that week, beside others.
    """

    people: tuple[Person, ...]
    weeks: tuple[Week, ...]
    per_week: int
    held: Mapping[date, frozenset[int]] = field(default_factory=dict)
    published: Mapping[date, frozenset[int]] = field(default_factory=dict)
    fixed: Mapping[date, frozenset[int]] = field(default_factory=dict)


class Infeasible(Exception):
    """No roster exists; the facts say why."""


@dataclass
class NothingToFill(Infeasible):
    """The period has no week with a working day."""


@dataclass
class NobodyToServe(Infeasible):
    """The office has no people in this period."""


@dataclass
class GivenTwice(Infeasible):
    """A person or a week stands twice in the problem: whoever asks has mixed two lists up."""

    people: tuple[int, ...]
    weeks: tuple[date, ...]


@dataclass
class CannotBeFixed(Infeasible):
    """People were asked to serve in a week in which they cannot, or which has no place left for them."""

    starts_on: date
    people: tuple[int, ...]


@dataclass
class TooFewPeople(Infeasible):
    """Fewer people work in the office than a week has places."""

    people: int
    per_week: int


@dataclass
class WeekCannotBeFilled(Infeasible):
    """In one week too many are away."""

    starts_on: date
    posts_on: date
    present: int
    needed: int

    @property
    def missing(self) -> int:
        """How many people are missing."""
        return self.needed - self.present
