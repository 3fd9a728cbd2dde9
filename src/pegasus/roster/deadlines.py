"""Which due times of published turns another calendar moves, where the posting day itself stays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.roster import queries
from pegasus.roster.domain.times import REMINDERS, Clockwork, Span
from pegasus.roster.misfits import World
from pegasus.roster.models import Duty
from pegasus.sop.domain.standards import COUNTING, due_on, parse
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import tasks_of


@dataclass(frozen=True)
class Shift:
    """An open task with the time that the calendar gives it; `duty` where it belongs to a turn."""

    duty: Duty | None
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
    return [*found, *_of_periods(world)]


def _of_periods(world: World) -> Iterator[Shift]:
    """Yield the open choices of templates: they fall due so many working days after publishing (SOP 2)."""
    zone = world.office.timezone
    choices = tasks_of(world.office).filter(activity__rhythm=Activity.Rhythm.TEMPLATES, closed_at=None)
    for task in choices.filter(subject__startswith="period:"):
        opened_on = task.opens_at.astimezone(ZoneInfo(zone)).date()
        counting = COUNTING[Activity.Rhythm.TEMPLATES]
        due_on_day = due_on(parse(task.activity.time_standard), opened_on, world.times.calendar, counting=counting)
        span = Span(task.opens_at, end_of_day(due_on_day, zone))
        if span.due_at != task.due_at:
            yield Shift(None, task, span)


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
