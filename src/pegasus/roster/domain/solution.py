"""What the solver hands back: places with their reasons, and how good the result is."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Level:
    """One level of the order: what was reached, what cannot be beaten, whether that is proven."""

    name: str
    value: int
    bound: int
    proven: bool


@dataclass(frozen=True)
class Other:
    """Somebody who might have served instead, and the first goal that an exchange would hurt."""

    person: int
    why: str  # equal | spread | rest | teams_in_week | teams_next_week | changes | order
    on: date | None = None  # the other's turn that would go to the holder
    turns: int = 0
    now: int = 0  # the goal as it stands, and after the exchange
    then: int = 0


@dataclass(frozen=True)
class Reason:
    """Why this person serves in this week."""

    turns: int  # all but this one and those after it in the period: other periods and credit included
    last_turn: date | None
    rest_weeks: int | None
    later: int = 0  # of these turns: published after the period, the first of them in the week `next_turn`
    next_turn: date | None = None
    credited: int = 0  # of these turns: what a newcomer entered with
    away: tuple[int, ...] = ()
    other: Other | None = None
    settled: bool = False
    able: int = 0  # how many could serve that week, this one included; of the others so many with
    fewer: int = 0
    equal: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return the reason as plain data that a row can keep."""
        other = self.other
        return {
            "turns": self.turns,
            "last_turn": self.last_turn.isoformat() if self.last_turn else None,
            "rest_weeks": self.rest_weeks,
            "later": self.later,
            "next_turn": self.next_turn.isoformat() if self.next_turn else None,
            "credited": self.credited,
            "away": list(self.away),
            "settled": self.settled,
            "able": self.able,
            "fewer": self.fewer,
            "equal": self.equal,
            "other": None
            if other is None
            else {
                "person": other.person,
                "why": other.why,
                "on": other.on.isoformat() if other.on else None,
                "turns": other.turns,
                "now": other.now,
                "then": other.then,
            },
        }


@dataclass(frozen=True)
class Place:
    """One person in one week."""

    starts_on: date
    posts_on: date
    seat: int
    person: int
    reason: Reason


@dataclass(frozen=True)
class Solution:
    """A roster and its quality. `shortest_rest` is of this period; None when nobody serves twice."""

    places: tuple[Place, ...]
    skipped: tuple[date, ...]
    levels: tuple[Level, ...]
    preference: Level  # looked for after the levels, with the same means; the best is not promised
    turns: dict[int, int]
    shortest_rest: int | None

    @property
    def optimal(self) -> bool:
        """Tell whether every level is proven."""
        return all(level.proven for level in self.levels)

    @property
    def aims(self) -> tuple[Level, ...]:
        """The levels in their order, then the preference."""
        return (*self.levels, self.preference)
