from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pegasus.home.domain.weeks import State, state_of
from pegasus.people.models import Employee
from pegasus.roster import queries as roster
from pegasus.roster.models import Duty
from pegasus.sop import queries as sop
from pegasus.sop.models import Activity, Task


@dataclass(frozen=True)
class Turn:
    """Somebody's own turn: the duty, how card and group post stand, and what comes first."""

    duty: Duty
    card: State
    group: State
    due_at: datetime | None

    @property
    def step(self) -> str:
        """The one thing to do: `card`, `wait` for the day, `share`, or `done`."""
        if self.card != "done":
            return "card"
        if self.group == "done":
            return "done"
        return "wait" if self.group == "neutral" else "share"

    @property
    def is_open(self) -> bool:
        """Tell whether it is time: the reminders have begun, or the day has come."""
        return self.step == "share" or (self.step == "card" and self.card != "neutral")

    @property
    def is_late(self) -> bool:
        """Tell whether the step is past due."""
        return "late" in {self.card, self.group}


def turn_of(employee: Employee, *, at: datetime) -> Turn | None:
    """Return the turn that still asks something of a person, else the next one; three queries."""
    owed = (
        sop.tasks_of(employee.office)
        .filter(
            owner=employee,
            closed_at=None,
            subject__startswith="duty:",
            activity__rhythm__in=(Activity.Rhythm.CARD, Activity.Rhythm.POSTING),
        )
        .first()
    )
    mine = roster.duties_held_by(employee)
    today = at.astimezone(ZoneInfo(employee.office.timezone)).date()
    duty = mine.filter(pk=int(owed.subject.removeprefix("duty:"))).first() if owed else None
    duty = duty or mine.filter(posts_on__gte=today).first()
    return _turn(duty, at) if duty else None


def _turn(duty: Duty, at: datetime) -> Turn:
    card: Task | None = None
    group: Task | None = None
    for task in roster.duty_tasks(duty):
        if task.activity.rhythm == Activity.Rhythm.CARD:
            card = task
        elif task.part == "group":
            group = task
    following = card if card and card.closed_at is None else group
    return Turn(duty, _state(card, at), _state(group, at), following.due_at if following else None)


def _state(task: Task | None, at: datetime) -> State:
    if task is None:
        return "neutral"
    return state_of(opens_at=task.opens_at, due_at=task.due_at, closed_at=task.closed_at, at=at)
