"""The board on which the CA moves turns: everything its rules need, read once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import listing, queries
from pegasus.roster.domain.outlook import Outlook, outlook
from pegasus.roster.domain.problem import Week
from pegasus.roster.models import Duty


@dataclass(frozen=True)
class Token:
    """A turn on the board; `cells` say for each week what it would mean for its holder to serve there."""

    duty: Duty
    person: Employee
    colour: int
    week: int  # its column in `cells`
    cells: list[int | str]
    over: bool

    @property
    def data(self) -> str:
        """Return the cells as the page's script reads them."""
        return json.dumps(self.cells)


@dataclass(frozen=True)
class Row:
    """A week with its turns."""

    starts_on: date
    posts_on: date
    over: bool
    tokens: list[Token]


@dataclass(frozen=True)
class Colleague:
    """Somebody who may be put in a place."""

    person: Employee
    colour: int
    turns: int
    cells: list[int | str]
    here: Outlook | None = None  # in the week that is asked about

    @property
    def data(self) -> str:
        """Return the cells as the page's script reads them."""
        return json.dumps(self.cells)


@dataclass(frozen=True)
class Desk:
    """The weeks of a span with their turns, and what the rules know about everybody."""

    office: Office
    today: date
    duties: list[Duty]
    weeks: list[Week]
    turns: dict[int, list[int]]
    credited: dict[int, int]
    out: Mapping[int, queries.DaysOut]
    tints: dict[str, int]

    def outlook(self, employee: Employee, week: Week, *, without: int | None = None) -> Outlook:
        """Look at somebody in a week, as if they did not serve in the week `without`."""
        others = [number for number in self.turns.get(employee.pk, ()) if number != without]
        person = queries.person_of(employee, self.out.get(employee.pk))
        return outlook(person, week, others, over=(week.posts_on or week.starts_on) < self.today)

    def cells(self, employee: Employee, *, without: int | None = None) -> list[int | str]:
        """Look at somebody in all weeks."""
        return [self.outlook(employee, week, without=without).data for week in self.weeks]

    def counted(self, employee: Employee) -> int:
        """Return somebody's turns as the roster counts them."""
        return len(self.turns.get(employee.pk, ())) + self.credited.get(employee.pk, 0)

    def week_of(self, duty: Duty) -> Week:
        """Return the week of a turn of this desk."""
        return next(week for week in self.weeks if week.starts_on == duty.starts_on)

    def rows(self) -> list[Row]:
        """Return the weeks with their turns."""
        index = {week.starts_on: n for n, week in enumerate(self.weeks)}
        return [
            Row(monday, group[0].posts_on, group[0].posts_on < self.today, [self._token(one, index) for one in group])
            for monday, group in ((m, list(g)) for m, g in groupby(self.duties, key=lambda duty: duty.starts_on))
        ]

    def _token(self, duty: Duty, index: dict[date, int]) -> Token:
        person = duty.holder
        assert person is not None  # noqa: S101 - read without empty seats
        week = index[duty.starts_on]
        cells = self.cells(person, without=self.weeks[week].number)
        return Token(duty, person, self.tints.get(person.team, 0), week, cells, duty.posts_on < self.today)

    def colleagues(self, found: Iterable[Employee]) -> list[Colleague]:
        """Return people for the list beside the board."""
        return [Colleague(one, self.tints.get(one.team, 0), self.counted(one), self.cells(one)) for one in found]

    def able(self, duty: Duty, found: Iterable[Employee]) -> list[Colleague]:
        """Return who may take a turn: fewest turns first, then the longest rest, then the key."""
        week = self.week_of(duty)
        looked = ((one, self.outlook(one, week)) for one in found)
        able = [
            Colleague(one, self.tints.get(one.team, 0), self.counted(one), [], seen)
            for one, seen in looked
            if seen.allowed
        ]
        return sorted(able, key=lambda one: (one.turns, -(one.here.rest or 10**6) if one.here else 0, one.person.pk))


def read(office: Office, first: date, last: date, today: date) -> Desk:
    """Read a span of days with a constant number of questions."""
    duties = list(queries.duties_of(office).filter(posts_on__gte=first, posts_on__lte=last).exclude(holder=None))
    posting = {duty.starts_on: duty.posts_on for duty in duties}
    weeks = [
        replace(week, posts_on=posting.get(week.starts_on, week.posts_on))
        for week in queries.weeks_of(office, *_reach(duties, first, last))
        if week.starts_on in posting
    ]
    turns: dict[int, list[int]] = {}
    for holder, posts_on in queries.turns_by_person(office):
        turns.setdefault(holder, []).append((posts_on.toordinal() - 1) // 7)  # the number of its week
    days = [day for week in weeks for day in (*week.prepares_on, week.posts_on) if day]
    return Desk(
        office=office,
        today=today,
        duties=duties,
        weeks=weeks,
        turns=turns,
        credited=queries.head_starts(office)[0],
        out=queries.days_out(office, min(days), max(days)) if days else {},
        tints=listing.colours(office),
    )


def _reach(duties: list[Duty], first: date, last: date) -> tuple[date, date]:
    """Return the days to look at: of turns whose day the calendar has moved, their whole week."""
    return (min((first, *(duty.starts_on for duty in duties))), last)


def colleagues_of(office: Office, on: date, words: str) -> list[Employee]:
    """Return who works in the office on a day, by name; `words` are part of a name or team."""
    asked = words.casefold()
    return [
        one
        for one in people.active_employees(office, on=on)
        if asked in one.name.casefold() or asked in one.team.casefold()
    ]
