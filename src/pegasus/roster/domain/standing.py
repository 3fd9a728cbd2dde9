"""Where everybody stands: turns over the years, rest, who is due next. Facts beside each other, never a ranking."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median_low


def entering(carried: Mapping[int, int], known: Collection[int]) -> dict[int, int]:
    """Return the turns that newcomers enter with: the median of the others, so that nobody has to catch up."""
    if not known:
        return {}
    start = median_low(carried[pk] for pk in known)
    return {pk: start for pk in carried if pk not in known}


@dataclass(frozen=True)
class Standing:
    """One person's turns. `counted` is what the next roster counts: all turns and what a newcomer entered with."""

    person: int
    by_year: Mapping[int, int] = field(default_factory=dict)
    entered_with: int = 0
    last: date | None = None  # the posting day of the last turn that has been
    coming: date | None = None  # the posting day of the next turn
    latest: date | None = None  # the posting day of the last turn there is, coming ones included

    @property
    def turns(self) -> int:
        """All turns, coming ones included."""
        return sum(self.by_year.values())

    @property
    def counted(self) -> int:
        """What the next roster counts."""
        return self.turns + self.entered_with

    def rest_weeks(self, today: date) -> int | None:
        """Return the weeks since the last turn."""
        return None if self.last is None else _week(today) - _week(self.last)


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7


def standings(
    people: Iterable[int], turns: Iterable[tuple[int, date]], credited: Mapping[int, int], today: date
) -> dict[int, Standing]:
    """Put everybody's turns together; `turns` are people with the posting days of their turns."""
    days: dict[int, list[date]] = {pk: [] for pk in people}
    for pk, day in turns:
        if pk in days:
            days[pk].append(day)
    return {pk: _standing(pk, sorted(found), credited.get(pk, 0), today) for pk, found in days.items()}


def _standing(pk: int, days: list[date], entered_with: int, today: date) -> Standing:
    been = [day for day in days if day <= today]
    return Standing(
        person=pk,
        by_year=Counter(day.year for day in days),
        entered_with=entered_with,
        last=been[-1] if been else None,
        coming=days[len(been)] if len(been) < len(days) else None,
        latest=days[-1] if days else None,
    )


def due_next(found: Iterable[Standing], count: int) -> list[int]:
    """Return who comes first when the next week is planned: fewest turns, then the longest rest, then the key."""
    order = sorted(found, key=lambda one: (one.counted, one.latest or date.min, one.person))
    return [one.person for one in order[:count]]
