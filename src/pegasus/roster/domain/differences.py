"""What one version of a roster changed against another, week by week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Place = tuple[date, date, int]  # the Monday, the posting day, the person


@dataclass(frozen=True)
class Difference:
    """A week that is not as it was: who no longer serves, who does instead, and the posting day of each version."""

    starts_on: date
    gone: frozenset[int]
    came: frozenset[int]
    posts_before: date | None
    posts_after: date | None

    @property
    def moved(self) -> bool:
        """Tell whether the posting day is another."""
        return None not in (self.posts_before, self.posts_after) and self.posts_before != self.posts_after


def differences(before: Iterable[Place], after: Iterable[Place]) -> list[Difference]:
    """Compare two versions by week; seats do not matter, people and posting days do."""
    old, new = _by_week(before), _by_week(after)
    nothing: tuple[date | None, frozenset[int]] = (None, frozenset())
    found = []
    for monday in sorted(old.keys() | new.keys()):
        (posts_before, were), (posts_after, are) = old.get(monday, nothing), new.get(monday, nothing)
        if (posts_before, were) != (posts_after, are):
            found.append(Difference(monday, were - are, are - were, posts_before, posts_after))
    return found


def _by_week(places: Iterable[Place]) -> dict[date, tuple[date | None, frozenset[int]]]:
    people: dict[date, set[int]] = defaultdict(set)
    posting: dict[date, date] = {}
    for monday, posts_on, person in places:
        people[monday].add(person)
        posting[monday] = posts_on
    return {monday: (posting[monday], frozenset(found)) for monday, found in people.items()}
