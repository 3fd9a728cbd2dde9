"""What came of an activity in a period: done in time, late, open or overdue, and how long it took."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from statistics import median
from typing import Literal

from pegasus.sop.domain.standards import TimeStandard

State = Literal["done", "waiting", "late", "not_yet"]
# Activity 3: its 2 working days are the two reminder days of one duty together (DESIGN 8).
ADDED_UP = "reminder"


@dataclass(frozen=True)
class Run:
    """One task: what it is about, its times, and what it took in the standard's unit."""

    subject: str
    due_at: datetime
    closed_at: datetime | None
    outcome: str
    took: int | None

    def state(self, at: datetime) -> Literal["on_time", "late", "open", "overdue", "skipped", "not_needed"]:
        """Tell what became of it, seen from a moment."""
        if self.closed_at is None:
            return "overdue" if at > self.due_at else "open"
        if self.outcome == "skipped":
            return "skipped"
        if self.outcome == "not_needed":
            return "not_needed"
        return "late" if self.closed_at > self.due_at else "on_time"


@dataclass(frozen=True)
class Figures:
    """The figures of an activity; every task is counted exactly once."""

    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    skipped: int = 0
    not_needed: int = 0
    median: Fraction | None = None
    worst: int | None = None

    @property
    def total(self) -> int:
        """All that was to be done."""
        return self.done + self.open + self.overdue + self.skipped

    @property
    def settled(self) -> int:
        """All that can be judged already: done, left out, or past its due time."""
        return self.done + self.overdue + self.skipped

    @property
    def done(self) -> int:
        """All that was done, in time or late."""
        return self.on_time + self.late

    @property
    def state(self) -> State:
        """The one word for the strip."""
        if self.overdue:
            return "late"
        if self.open:
            return "waiting"
        return "done" if self.done or self.skipped or self.not_needed else "not_yet"


def figures(runs: Iterable[Run], *, rhythm: str, at: datetime) -> Figures:
    """Count the tasks of an activity and measure those that were done."""
    found = list(runs)
    counts: dict[str, int] = defaultdict(int)
    for run in found:
        counts[run.state(at)] += 1
    times = measured(found, rhythm=rhythm, at=at)
    return Figures(
        **counts,
        median=Fraction(median(times)) if times else None,
        worst=max(times, default=None),
    )


def measured(runs: Iterable[Run], *, rhythm: str, at: datetime) -> list[int]:
    """Return how long each occurrence took; the reminders of one duty are added up once both are out."""
    times: dict[object, list[int]] = defaultdict(list)
    unfinished: set[object] = set()
    for number, run in enumerate(runs):
        state = run.state(at)
        group = run.subject if rhythm == ADDED_UP else number
        if state in ("on_time", "late") and run.took is not None:
            times[group].append(run.took)
        elif state in ("open", "overdue"):
            unfinished.add(group)
    return [sum(took) for group, took in times.items() if group not in unfinished]


def kept(figures: Figures, standard: TimeStandard) -> bool | None:
    """Tell whether even the slowest was within the standard; None when nothing was measured."""
    return None if figures.worst is None else standard.allows(figures.worst)
