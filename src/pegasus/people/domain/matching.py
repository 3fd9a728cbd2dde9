"""Who is who: a row of a list is a known person by NIP, else e-mail, else phone, else exact name and team."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from pegasus.people.domain.names import split
from pegasus.people.domain.nip import birth_date

Key = Literal["nip", "email", "phone", "name"]
KEYS: tuple[Key, ...] = ("nip", "email", "phone", "name")


class Person(Protocol):
    """What identity is made of."""

    @property
    def name(self) -> str:
        """Without titles."""

    @property
    def nip(self) -> str:
        """Eighteen digits or nothing."""

    @property
    def team(self) -> str:
        """The team's name."""

    @property
    def email(self) -> str:
        """A mailbox of one's own."""

    @property
    def phone(self) -> str:
        """In E.164."""


@dataclass(frozen=True)
class Match:
    """The person found, and by what; `alone`: by nothing but the name."""

    person: Person
    by: Key
    alone: bool = False


@dataclass
class Register:
    """The people seen so far, found again by their keys."""

    _by_key: dict[tuple[Key, str], list[Person]] = field(default_factory=dict)

    def add(self, person: Person) -> None:
        """Remember a person."""
        for key in keys_of(person):
            self._by_key.setdefault(key, []).append(person)

    def add_all(self, people: Iterable[Person]) -> None:
        """Remember many."""
        for person in people:
            self.add(person)

    def find(self, person: Person) -> Match | None:
        """Return who this is, by the strongest key; one key shared by two different people finds nobody."""
        for key in keys_of(person):
            for known in self._by_key.get(key, ()):
                if key[0] == "nip" or (may_be_the_same(person, known) and not _strangers(key[0], person, known)):
                    return Match(known, key[0])
        return None

    def shares(self, person: Person) -> Key | None:
        """Return the e-mail or phone key that this person shares with somebody else."""
        for key in keys_of(person):
            if key[0] in {"email", "phone"} and any(
                not may_be_the_same(person, known) for known in self._by_key.get(key, ())
            ):
                return key[0]
        return None

    def namesake(self, person: Person) -> Person | None:
        """Return somebody else with the same name in the same team."""
        return next(iter(self._by_key.get(keys_of(person)[-1], ())), None)


def by_name_alone(rows: Iterable[Person], known: Iterable[Person], office: Register) -> dict[str, Match]:
    """Return who is known by name only (the administrator who founded the office) and who in the list that is.

    Nothing is guessed where two could be meant: two such people, two such rows, or one found by a stronger key.
    """
    found: list[int] = []
    newcomers = Register()
    unknown: Counter[str] = Counter()
    for row in rows:
        match = office.find(row)
        if match is not None:
            found.append(id(match.person))
        elif newcomers.find(row) is None:  # the same person twice in the list is one person
            newcomers.add(row)
            unknown[bare(row.name)] += 1
    founders: dict[str, list[Person]] = {}
    for person in known:
        if not (person.nip or person.team):
            founders.setdefault(bare(person.name), []).append(person)
    return {
        name: Match(people[0], "name", alone=True)
        for name, people in founders.items()
        if len(people) == 1 and unknown[name] == 1 and id(people[0]) not in found
    }


def bare(name: str) -> str:
    """Return a name without titles, as names are compared."""
    return split(name).name.casefold()


def keys_of(person: Person) -> list[tuple[Key, str]]:
    """Return a person's keys, the strongest first."""
    keys: list[tuple[Key, str]] = []
    if person.nip:
        keys.append(("nip", person.nip))
    if person.email:
        keys.append(("email", person.email.casefold()))
    if person.phone:
        keys.append(("phone", person.phone))
    keys.append(("name", f"{person.name.casefold()}|{person.team.casefold()}"))
    return keys


def may_be_the_same(one: Person, other: Person) -> bool:
    """Tell whether two are the same although their NIP differs: it was mistyped, or a PPPK became a civil servant."""
    if not (one.nip and other.nip) or one.nip == other.nip:
        return True
    same_mail = one.email.casefold() == other.email.casefold() != ""
    same_name = one.name.casefold() == other.name.casefold()
    return (same_mail and same_name) or (
        birth_date(one.nip) == birth_date(other.nip) and (same_mail or (same_name and one.phone == other.phone != ""))
    )


def _strangers(key: Key, one: Person, other: Person) -> bool:
    # Namesakes in one team: another mailbox and another phone mean another person.
    return (
        key == "name"
        and "" not in {one.email, other.email, one.phone, other.phone}
        and (one.email.casefold() != other.email.casefold() and one.phone != other.phone)
    )
