"""A problem as plain data: what a roster was made from is kept with it, so that its reasons can be checked later."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pegasus.roster.domain.problem import Person, Problem, Week


def as_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as data that a row can keep."""
    return {
        "per_week": problem.per_week,
        "people": [_person_data(person) for person in sorted(problem.people, key=lambda one: one.id)],
        "weeks": [
            [week.starts_on.isoformat(), _iso(week.posts_on), [day.isoformat() for day in week.prepares_on]]
            for week in sorted(problem.weeks, key=lambda one: one.starts_on)
        ],
        "held": _sets_data(problem.held),
        "published": _sets_data(problem.published),
    }


def from_data(data: Mapping[str, Any]) -> Problem:
    """Return the problem that was kept."""
    return Problem(
        people=tuple(_person(row) for row in data["people"]),
        weeks=tuple(
            Week(date.fromisoformat(monday), _day(posts_on), tuple(map(date.fromisoformat, days)))
            for monday, posts_on, days in data["weeks"]
        ),
        per_week=int(data["per_week"]),
        held=_sets(data["held"]),
        published=_sets(data["published"]),
    )


def _person_data(person: Person) -> list[Any]:
    return [
        person.id,
        person.team,
        person.carried,
        _iso(person.last_turn),
        [[first.isoformat(), last.isoformat()] for first, last in person.absences],
        person.active_from.isoformat(),
        _iso(person.active_until),
        _iso(person.next_turn),
        person.later,
        person.credited,
        [[first.isoformat(), last.isoformat()] for first, last in person.exempt],
    ]


def _person(row: list[Any]) -> Person:
    key, team, carried, last_turn, absences, active_from, active_until, *more = row
    # What older releases did not know yet stands at the end, and is nothing.
    next_turn, later, credited, exempt = more or (None, 0, 0, ())
    return Person(
        id=int(key),
        team=team,
        carried=int(carried),
        last_turn=_day(last_turn),
        absences=_spans(absences),
        active_from=date.fromisoformat(active_from),
        active_until=_day(active_until),
        next_turn=_day(next_turn),
        later=int(later),
        credited=int(credited),
        exempt=_spans(exempt),
    )


def _spans(rows: Iterable[tuple[str, str]]) -> tuple[tuple[date, date], ...]:
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in rows)


def _sets_data(sets: Mapping[date, Iterable[int]]) -> dict[str, list[int]]:
    return {monday.isoformat(): sorted(sets[monday]) for monday in sorted(sets)}


def _sets(data: Mapping[str, Iterable[int]]) -> dict[date, frozenset[int]]:
    return {date.fromisoformat(monday): frozenset(ids) for monday, ids in data.items()}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
