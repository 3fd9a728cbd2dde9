"""The roster as people read it: weeks with their people, of the duties that stand or of a draft."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import queries, reasons
from pegasus.roster.models import Duty, DutyHolder, Roster, RosterPlace

COLOURS = 10  # team colours; the team's name stands beside, never the colour alone


@dataclass(frozen=True)
class Seat:
    """One person in one week, with the reason; `before` names who stands there in the published version."""

    seat: int
    person: Employee
    colour: int
    why: list[str]
    duty: Duty | None = None
    before: str = ""
    asks: bool = False  # a substitute has been asked for
    place: RosterPlace | None = None  # of a draft


@dataclass(frozen=True)
class Row:
    """One week."""

    starts_on: date
    posts_on: date | None
    state: str  # past | now | coming
    seats: list[Seat] = field(default_factory=list)

    @property
    def ends_on(self) -> date:
        """The Sunday."""
        return self.starts_on + timedelta(days=6)


def colours(office: Office) -> dict[str, int]:
    """Give each team of an office its colour, by the order of their names."""
    teams = people.employees_of(office).order_by("team").values_list("team", flat=True).distinct()
    return {team: n % COLOURS for n, team in enumerate(teams)}


def names_of(office: Office) -> dict[int, str]:
    """Return the names behind the keys in reasons."""
    return dict(people.employees_of(office).values_list("pk", "name"))


def state_of(starts_on: date, today: date) -> str:
    """Tell where a week stands."""
    if starts_on + timedelta(days=6) < today:
        return "past"
    return "now" if starts_on <= today else "coming"


def published_rows(office: Office, first: date, last: date, today: date) -> list[Row]:
    """Return the weeks of a span of days as they stand."""
    duties = list(queries.duties_of(office).filter(posts_on__gte=first, posts_on__lte=last).exclude(holder=None))
    holders = {
        held.duty_id: held for held in DutyHolder.objects.filter(duty__in=duties, held_until=None).order_by("pk")
    }
    asking = set(queries.open_swaps(office).values_list("duty_id", flat=True))
    names, tints = names_of(office), colours(office)

    def seat(duty: Duty) -> Seat:
        person, held = duty.holder, holders.get(duty.pk)
        assert person is not None  # noqa: S101 - excluded above
        why = reasons.of_holder(held.reason, names) if held else []
        return Seat(duty.seat, person, tints.get(person.team, 0), why, duty, asks=duty.pk in asking)

    seats = {monday: [seat(duty) for duty in group] for monday, group in groupby(duties, key=lambda d: d.starts_on)}
    posting = {duty.starts_on: duty.posts_on for duty in duties}
    if not seats:
        return []
    begun, ended = min(seats), max(seats)
    skipped = [week.starts_on for week in queries.weeks_of(office, first, last) if week.posts_on is None]
    mondays = sorted({*seats, *(monday for monday in skipped if begun < monday < ended)})
    return [Row(monday, posting.get(monday), state_of(monday, today), seats.get(monday, [])) for monday in mondays]


def draft_rows(roster: Roster, today: date) -> list[Row]:
    """Return the weeks of a version, compared with the duties that stand."""
    places: list[RosterPlace] = list(queries.places_of(roster))
    standing: dict[date, dict[int, Employee]] = defaultdict(dict)
    for duty in queries.duties_of(roster.office).filter(starts_on__in={place.starts_on for place in places}):
        if duty.holder is not None:
            standing[duty.starts_on][duty.seat] = duty.holder
    names, tints = names_of(roster.office), colours(roster.office)
    skipped = [date.fromisoformat(iso) for iso in roster.result.get("skipped", ())]
    rows = [
        Row(monday, group[0].posts_on, state_of(monday, today), _draft_seats(group, standing[monday], names, tints))
        for monday, group in ((m, list(g)) for m, g in groupby(places, key=lambda place: place.starts_on))
    ]
    rows += [Row(monday, None, state_of(monday, today)) for monday in skipped]
    return sorted(rows, key=lambda row: row.starts_on)


def _draft_seats(
    places: Iterable[RosterPlace], standing: Mapping[int, Employee], names: Mapping[int, str], tints: Mapping[str, int]
) -> list[Seat]:
    found = []
    for place in places:
        person, old = place.employee, standing.get(place.seat)
        before = old.name if old is not None and old != person else ""
        why = reasons.sentences(place.reason, names)
        found.append(Seat(place.seat, person, tints.get(person.team, 0), why, before=before, place=place))
    return found


def turns_of(rows: Iterable[Row], everybody: Iterable[Employee]) -> list[tuple[Employee, int]]:
    """Return how often everybody serves in these weeks, by name: a picture of fairness, no ranking."""
    counts: dict[int, int] = defaultdict(int)
    found = {person.pk: person for person in everybody}
    for row in rows:
        for seat in row.seats:
            counts[seat.person.pk] += 1
            found[seat.person.pk] = seat.person
    return [(person, counts[person.pk]) for person in sorted(found.values(), key=lambda one: (one.name, one.pk))]
