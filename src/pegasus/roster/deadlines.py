"""Which due times of published turns another calendar moves, where the posting day itself stays."""

from dataclasses import dataclass, replace
from datetime import datetime

from pegasus.roster import queries
from pegasus.roster.domain.times import REMINDERS, Clockwork, Span
from pegasus.roster.models import Duty
from pegasus.roster.repairs import World
from pegasus.sop.models import Activity, Task


@dataclass(frozen=True)
class Shift:
    """An open task of a turn, with the time that the calendar gives it."""

    duty: Duty
    task: Task
    span: Span


def shifts(world: World, at: datetime) -> list[Shift]:
    """Return the open tasks whose times differ from the calendar's; what has begun keeps its beginning."""
    standing = [duty for duty in world.coming if world.weeks_standing[duty.starts_on].posts_on == duty.posts_on]
    tasks = queries.tasks_by_duty(world.office, standing)
    found = []
    for duty in standing:
        for task in tasks.get(duty.pk, ()):
            span = _span(world.times, duty, task, at)
            if task.closed_at is None and span != Span(task.opens_at, task.due_at):
                found.append(Shift(duty, task, span))
    return found


def _span(times: Clockwork, duty: Duty, task: Task, at: datetime) -> Span:
    """Return a task's time by a calendar; nothing that is under way becomes late by it."""
    now = Span(task.opens_at, task.due_at)
    if task.activity.rhythm == Activity.Rhythm.REMINDER and task.part in REMINDERS:
        wanted = times.reminder(duty.posts_on, task.part)
    elif task.activity.rhythm == Activity.Rhythm.CARD:
        wanted = times.card(duty.posts_on)
        if task.opens_at <= at:
            wanted = replace(wanted, opens_at=task.opens_at)
    else:
        return now
    begun = task.opens_at <= at and wanted.opens_at != task.opens_at
    return now if begun or wanted.due_at < at else wanted
