"""The tasks of a duty: two reminders, the card, two postings (SOP 3, 4, 5)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.calendar.domain.periods import Period
from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.domain.times import LAST_REMINDER, REMINDERS, Clockwork, Span
from pegasus.roster.models import Duty
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import activity

Rhythm = Activity.Rhythm


@dataclass
class Opener:
    """Opens the tasks of an office's duties; roles and activities are read once."""

    office: Office
    times: Clockwork
    at: datetime
    moved: bool = False

    @cached_property
    def _activities(self) -> dict[str, Activity]:
        return {rhythm: activity(self.office, rhythm) for rhythm in (Rhythm.REMINDER, Rhythm.CARD, Rhythm.POSTING)}

    @cached_property
    def _performers(self) -> dict[str, Employee | None]:
        today = self.at.astimezone(ZoneInfo(self.office.timezone)).date()
        return {
            role: people.holder_of(self.office, role, on=today, programme=people.PEGASUS) for role in ("ca", "humas")
        }

    def open_for(self, duty: Duty, *, by: str) -> None:
        """Open what a duty needs; what is under way keeps its times, what is done stays done."""
        standing = {(task.activity.rhythm, task.part): task for task in queries.duty_tasks(duty)}
        known = standing.get((Rhythm.POSTING, "group"))
        self.moved = known is not None and known.opens_at != self.times.posting(duty.posts_on).opens_at
        for part in REMINDERS:
            span = self._reminder(duty, part)
            if span is not None:
                self._open(duty, Rhythm.REMINDER, part, "ca", span, standing, by)
        self._open(duty, Rhythm.CARD, "", "pegawai", self._card(duty), standing, by)
        posting = self.times.posting(duty.posts_on)
        self._open(duty, Rhythm.POSTING, "group", "pegawai", posting, standing, by)
        self._open(duty, Rhythm.POSTING, "instagram", "humas", posting, standing, by)

    def _reminder(self, duty: Duty, part: str) -> Span | None:
        """Return the reminder's day; who starts late sends the last one at once, and never one that is over."""
        span = self.times.reminder(duty.posts_on, part)
        if span.due_at >= self.at:
            return span
        return self._at_once() if part == LAST_REMINDER else None

    def _card(self, duty: Duty) -> Span:
        span = self.times.card(duty.posts_on)
        if span.opens_at >= self.at:
            return span
        return Span(self.at, max(span.due_at, self._at_once().due_at))

    def _at_once(self) -> Span:
        zone = self.office.timezone
        return Span(self.at, end_of_day(self.at.astimezone(ZoneInfo(zone)).date(), zone))

    def _open(
        self,
        duty: Duty,
        rhythm: Rhythm,
        part: str,
        role: str,
        span: Span,
        standing: dict[tuple[str, str], Task],
        by: str,
    ) -> None:
        task = standing.get((rhythm, part))
        if task is not None and task.outcome == Task.Outcome.NOT_NEEDED:
            sop.reopen_task(task=task, at=self.at, by=by, reason="seat is back")
        elif task is not None and task.closed_at is not None:
            return
        elif task is not None and task.opens_at <= self.at:
            # Under way: republishing must not make late work punctual; a posting day that moved gives a new due time.
            span = Span(task.opens_at, max(span.due_at, task.opens_at) if self.moved else task.due_at)
        owner = duty.holder if role == "pegawai" else self._performers[role]
        if task is not None and (task.owner_id, task.opens_at, task.due_at) == (
            owner.pk if owner else None,
            span.opens_at,
            span.due_at,
        ):
            return
        sop.open_task(
            office=self.office,
            activity=task.activity if task else self._activities[rhythm],
            subject=duty.subject,
            part=part,
            period=Period.of(duty.posts_on, "quarter").key,
            role=role,
            owner=owner,
            opens_at=span.opens_at,
            due_at=span.due_at,
        )
