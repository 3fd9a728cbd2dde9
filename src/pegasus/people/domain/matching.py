"""Who is who: by NIP; else by a mailbox or phone of one's own if the name agrees; a name alone is asked about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, Literal, Protocol, TypeVar

from pegasus.people.domain.names import split
from pegasus.people.domain.nip import birth_date

Key = Literal["nip", "email", "phone", "name"]
RESEMBLES = 0.8  # of a name's letters, from which on two spellings may be one person
MANY = 20  # names that agree with each other and share one mailbox: nobody's own


class Person(Protocol):
    """What identity is made of."""

    @property
    def name(self) -> str:
        """Without titles."""

    @property
    def nip(self) -> str:
        """Eighteen digits or nothing."""

    @property
    def email(self) -> str:
        """A mailbox."""

    @property
    def phone(self) -> str:
        """In E.164."""

    @property
    def birth_date(self) -> str:
        """In ISO, or nothing."""


P = TypeVar("P", bound=Person)


@dataclass(frozen=True)
class Match(Generic[P]):
    """The person found, and by what."""

    person: P
    by: Key


@dataclass
class Register(Generic[P]):
    """The people seen so far, found again by their keys; contacts that several people share find nobody."""

    shared: frozenset[tuple[Key, str]] = frozenset()
    bare_names: dict[str, str] = field(default_factory=dict)  # what was taken apart once is not taken apart again
    _by_key: dict[tuple[Key, str], list[P]] = field(default_factory=dict)

    def add(self, person: P) -> None:
        """Remember a person."""
        for key in [*keys_of(person), self._name_key(person)]:
            self._by_key.setdefault(key, []).append(person)

    def replace(self, person: P, completed: P) -> None:
        """Remember a person with more than was known of them, in their old place."""
        for key in [*keys_of(completed), self._name_key(completed)]:
            those = self._by_key.setdefault(key, [])
            if person in those:
                those[those.index(person)] = completed
            else:
                those.append(completed)

    def add_all(self, people: Iterable[P]) -> None:
        """Remember many."""
        for person in people:
            self.add(person)

    def find(self, person: Person) -> Match[P] | None:
        """Return who this surely is, by the strongest key."""
        for key in keys_of(person):
            if key in self.shared:
                continue
            for known in self._by_key.get(key, ()):
                is_same = may_be_the_same(person, known) and names_agree(person.name, known.name)
                if key[0] == "nip" or is_same:
                    return Match(known, key[0])
        return None

    def resembling(self, person: Person) -> Match[P] | None:
        """Return whose mailbox or phone this is under a name that is only written much like it."""
        for key in keys_of(person):
            if key[0] != "nip" and key not in self.shared:
                for known in self._by_key.get(key, ()):
                    if may_be_the_same(person, known) and names_resemble(person.name, known.name):
                        return Match(known, key[0])
        return None

    def namesakes(self, person: Person) -> list[P]:
        """Return everybody with exactly this name, titles aside."""
        return list(self._by_key.get(self._name_key(person), ()))

    def _name_key(self, person: Person) -> tuple[Key, str]:
        name = self.bare_names.get(person.name)
        if name is None:
            name = self.bare_names[person.name] = bare(person.name)
        return "name", name

    def shares(self, person: Person) -> Key | None:
        """Return which of this person's contacts somebody else has too."""
        for key in keys_of(person):
            if key[0] != "nip" and any(not _are_one(person, known) for known in self._by_key.get(key, ())):
                return key[0]
        return None


def shared_contacts(people: Iterable[Person]) -> frozenset[tuple[Key, str]]:
    """Return the mailboxes and phones that belong to people who cannot be one: the office's, a family's."""
    holders: dict[tuple[Key, str], list[Person]] = {}
    shared: set[tuple[Key, str]] = set()
    for person in people:
        for key in keys_of(person):
            if key[0] == "nip" or key in shared:
                continue
            others = holders.setdefault(key, [])
            if len(others) >= MANY or any(not _are_one(person, other) for other in others):
                shared.add(key)
            elif all((person.name, person.nip) != (other.name, other.nip) for other in others):
                others.append(person)
    return frozenset(shared)


def bare(name: str) -> str:
    """Return a name without titles, as names are compared."""
    return split(name).name.casefold()


def keys_of(person: Person) -> list[tuple[Key, str]]:
    """Return a person's keys, the strongest first; a name is none."""
    keys: list[tuple[Key, str]] = []
    if person.nip:
        keys.append(("nip", person.nip))
    if person.email:
        keys.append(("email", person.email.casefold()))
    if person.phone:
        keys.append(("phone", person.phone))
    return keys


def names_agree(one: str, other: str) -> bool:
    """Tell whether two names can be one, written at length and in short: `Sari W.` and `Sari Wulandari`."""
    shorter, longer = sorted(([word.strip(".,") for word in bare(name).split()] for name in (one, other)), key=len)
    if shorter == longer:
        return True
    if not set(shorter) & {word for word in longer if len(word) > 1}:
        return False
    left = list(longer)
    for word in shorter:
        fitting = next((each for each in left if _is_word(word, each)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def _is_word(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def names_resemble(one: str, other: str) -> bool:
    """Tell whether two names may be two spellings of one: `Budi Santoso` and `Budhi Santosa`."""
    return names_agree(one, other) or SequenceMatcher(None, bare(one), bare(other)).ratio() >= RESEMBLES


def may_be_the_same(one: Person, other: Person) -> bool:
    """Tell whether two are the same although their NIP differs: it was mistyped, or a PPPK became a civil servant."""
    if not (one.nip and other.nip) or one.nip == other.nip:
        return True
    same_mail = one.email.casefold() == other.email.casefold() != ""
    same_name = bare(one.name) == bare(other.name)
    return (same_mail and same_name) or (
        birth_date(one.nip) == birth_date(other.nip) and (same_mail or (same_name and one.phone == other.phone != ""))
    )


def are_told_apart(one: Person, other: Person) -> bool:
    """Tell whether two rows of one list with one name are two people: another NIP, birth date, or both contacts."""
    if one.nip and other.nip:
        return one.nip != other.nip
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return True
    is_complete = "" not in {one.email, other.email, one.phone, other.phone}
    return is_complete and one.email.casefold() != other.email.casefold() and one.phone != other.phone


def has_all(known: Mapping[str, object], facts: Mapping[str, object]) -> bool:
    """Tell whether every fact that is filled is known already, so that nothing could change."""
    return all(known.get(name) == value for name, value in facts.items() if value)


def _are_one(one: Person, other: Person) -> bool:
    if one.nip and one.nip == other.nip:
        return True
    return may_be_the_same(one, other) and names_resemble(one.name, other.name)
