"""How evenly the turns fall over people, years and teams, for the page that shows it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pegasus.people import queries as people
from pegasus.people.models import Employee, Exemption, Office
from pegasus.roster import queries
from pegasus.roster.domain.standing import Standing, due_next, entering, standings

YEARS = 4  # columns; what is older stands in one sum


@dataclass(frozen=True)
class Line:
    """One person with what the page says about them."""

    person: Employee
    standing: Standing
    rest_weeks: int | None
    years: list[tuple[int, int]]  # the years of the columns, with the turns
    earlier: int


@dataclass(frozen=True)
class Load:
    """The turns of one team's people."""

    team: str
    people: int
    turns: int

    @property
    def each(self) -> float:
        """Turns per person."""
        return self.turns / self.people


@dataclass(frozen=True)
class Evenness:
    """Everybody, by name, and who is due next."""

    lines: list[Line]
    years: list[int]
    due: list[Employee]
    loads: list[Load]
    spread: list[tuple[int, int]]  # turns, and how many people have them
    exempt: list[Exemption]  # who takes no turns today, by name

    @property
    def counts(self) -> list[int]:
        """What the next roster counts for each who takes turns, by name."""
        exempt = {one.employee_id for one in self.exempt}
        return [line.standing.counted for line in self.lines if line.person.pk not in exempt]


def of_office(office: Office, today: date) -> Evenness:
    """Put everybody who works here today together; who takes no turns is neither due nor part of the distribution."""
    everybody = list(people.active_employees(office, on=today))
    turns = queries.turns_by_person(office)
    found = standings([one.pk for one in everybody], turns, _credited(office, everybody, turns), today)
    exempt = people.exemptions_on(office, on=today)
    taking = [one for one in everybody if one.pk not in exempt]
    counted = [found[one.pk] for one in taking]
    years = sorted({year for one in found.values() for year in one.by_year})[-YEARS:]
    by_key = {one.pk: one for one in everybody}
    due = [by_key[pk] for pk in due_next(counted, max(queries.SUGGESTED, office.people_per_week))]
    return Evenness(
        lines=[_line(one, found[one.pk], years, today) for one in everybody],
        years=years,
        due=sorted(due, key=lambda one: (one.name, one.pk)),
        loads=_loads(taking, found),
        spread=sorted(Counter(one.counted for one in counted).items()),
        exempt=[exempt[one.pk] for one in everybody if one.pk in exempt],
    )


def _credited(office: Office, everybody: Sequence[Employee], turns: Iterable[tuple[int, date]]) -> dict[int, int]:
    credited, known = queries.head_starts(office)
    had = Counter(pk for pk, _day in turns)
    carried = {one.pk: had[one.pk] + credited.get(one.pk, 0) for one in everybody}
    return credited | entering(carried, {pk for pk in carried if pk in known or had[pk]})


def _line(person: Employee, standing: Standing, years: list[int], today: date) -> Line:
    counts = [(year, standing.by_year.get(year, 0)) for year in years]
    shown = sum(turns for _year, turns in counts)
    return Line(person, standing, standing.rest_weeks(today), counts, standing.turns - shown)


def _loads(everybody: Iterable[Employee], found: Mapping[int, Standing]) -> list[Load]:
    members: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    for one in everybody:
        members[one.team] += 1
        turns[one.team] += found[one.pk].turns
    return [Load(team, members[team], turns[team]) for team in sorted(members)]
