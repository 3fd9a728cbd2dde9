"""What a single value of a design may be. A rule yields what is wrong with a value, as facts without words."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from pegasus.cards.domain.designs.content import PLACEHOLDER, PLACEHOLDERS

COLOUR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")
# PostgreSQL takes no NUL and nobody can draw half a surrogate pair.
UNKEPT = re.compile("[\x00\ud800-\udfff]")
SHOWN = 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a design: where, what kind of wrong, and the detail a sentence needs."""

    where: str
    kind: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.where or 'design'}: {self.kind} {self.detail}".rstrip()


Rule = Callable[[str, object], Iterator[Fault]]


def number(least: float, most: float) -> Rule:
    """A number between two bounds; NaN and infinity are outside of any."""

    def rule(where: str, value: object) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Fault(where, "not_a_number")
        elif not least <= value <= most:
            yield Fault(where, "out_of_range", f"{least:g}–{most:g}")

    return rule


def text(longest: int, *, least: int = 0) -> Rule:
    """A text; one with a placeholder that no card has is another rule's."""

    def rule(where: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, str) or UNKEPT.search(value):
            yield Fault(where, "not_a_text")
        elif len(value) > longest:
            yield Fault(where, "too_long", str(longest))
        elif len(value.strip()) < least:
            yield Fault(where, "empty")

    return rule


def saying(longest: int) -> Rule:
    """A text with placeholders such as `{words}`."""
    plain = text(longest)

    def rule(where: str, value: object) -> Iterator[Fault]:
        yield from plain(where, value)
        for name in PLACEHOLDER.findall(value) if isinstance(value, str) else ():
            if name not in PLACEHOLDERS:
                yield Fault(where, "unknown_placeholder", name[:SHOWN])

    return rule


def colour(where: str, value: object) -> Iterator[Fault]:
    """A colour as `#rrggbb` or `#rrggbbaa`."""
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        yield Fault(where, "not_a_colour")


def flag(where: str, value: object) -> Iterator[Fault]:
    """True or false."""
    if not isinstance(value, bool):
        yield Fault(where, "not_a_flag")


def key(where: str, value: object) -> Iterator[Fault]:
    """The number of a kept file."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**53:
        yield Fault(where, "no_file")


def one_of(choices: Collection[object]) -> Rule:
    """One of a few words or numbers."""

    def rule(where: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, str | int) or value not in choices:
            yield Fault(where, "not_a_choice", ", ".join(str(choice) for choice in choices))

    return rule


def maybe(inner: Rule) -> Rule:
    """Nothing, or what another rule allows."""

    def rule(where: str, value: object) -> Iterator[Fault]:
        if value is not None:
            yield from inner(where, value)

    return rule


def either(texts: Rule, inner: Rule) -> Rule:
    """A list by one rule, anything else by the other."""

    def rule(where: str, value: object) -> Iterator[Fault]:
        yield from (inner if isinstance(value, list | tuple) else texts)(where, value)

    return rule


def some(inner: Rule, *, most: int, least: int = 0) -> Rule:
    """A list of so many."""

    def rule(where: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, list | tuple):
            yield Fault(where, "not_a_list")
        elif len(value) > most:
            yield Fault(where, "too_many", str(most))
        elif len(value) < least:
            yield Fault(where, "too_few", str(least))
        else:
            for place, item in enumerate(value):
                yield from inner(f"{where}.{place}" if where else str(place), item)

    return rule


def fields(known: Mapping[str, Rule], *, required: Collection[str] = ()) -> Rule:
    """Named values, each by its rule; a name that nobody knows is refused."""

    def rule(where: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(where, "not_an_object")
            return
        inside = f"{where}." if where else ""
        for name in required:
            if name not in value:
                yield Fault(f"{inside}{name}", "missing")
        for name, item in value.items():
            if name not in known:
                yield Fault(where, "unknown_key", str(name)[:SHOWN])
            else:
                yield from known[name](f"{inside}{name}", item)

    return rule
