"""What a change outside the roster moves: turns, reminders, due times; now, or by a calendar being considered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.home.queries.todo import period_label
from pegasus.people.models import Employee, Office
from pegasus.roster import deadlines, reasons
from pegasus.roster import queries as roster
from pegasus.roster.domain.times import REMINDERS
from pegasus.roster.misfits import Misfit, World
from pegasus.roster.models import Duty
from pegasus.roster.repairs import Proposal, Row, propose
from pegasus.sop import queries as sop
from pegasus.sop.models import Activity, Task

Rhythm = Activity.Rhythm


@dataclass(frozen=True)
class Line:
    """A turn before and after, in words."""

    key: str
    misfit: Misfit
    cause: str
    after: Employee | None
    able: tuple[Employee, ...]
    cause_in_words: str
    why: list[str]  # this person
    days: str  # of the reminders and the card
    card_is_in: bool

    @property
    def is_stuck(self) -> bool:
        """Tell whether nobody is there to step in."""
        return self.misfit.needs_person and self.after is None

    @property
    def is_picked(self) -> bool:
        """Tell whether the proposal begins ticked: not where nobody is there, nor where the card is in already."""
        return not self.misfit.needs_person or (self.after is not None and not self.card_is_in)


@dataclass(frozen=True)
class Moved:
    """A day that follows by itself."""

    label: str
    before: date
    after: date


@dataclass(frozen=True)
class Preview:
    """Everything that a change moves. `coming` counts the turns still to come."""

    proposal: Proposal
    lines: list[Line]
    moved: list[Moved]
    coming: int

    @property
    def applicable(self) -> int:
        """How many lines can be applied as proposed."""
        return sum(not line.is_stuck for line in self.lines)

    @property
    def handed_over(self) -> int:
        """How many of the turns shown go to somebody else."""
        return sum(line.misfit.holder is not None and line.misfit.needs_person for line in self.lines)

    @property
    def is_fewest(self) -> bool:
        """Tell whether fewer people cannot do: it is counted week by week, so it holds for any part of the lines."""
        return self.proposal.changes == self.proposal.bound and not any(line.is_stuck for line in self.lines)


def misfits_of(office: Office, *, at: datetime) -> list[Misfit]:
    """Return the coming turns that no longer fit."""
    return World.of(office, at).misfits


def consequences(office: Office, *, at: datetime) -> Preview:
    """Return what waits to be repaired; the number of queries does not depend on how much that is."""
    world = World.of(office, at)
    proposal = propose(world)
    return Preview(proposal, _lines(world, proposal.rows), [], len(world.coming))


def considered(office: Office, calendar: WorkingCalendar, *, at: datetime) -> Preview:
    """Return what another calendar would move, without what waits to be repaired already."""
    waiting = {one.facts for one in misfits_of(office, at=at)}
    world = World.of(office, at, calendar=calendar)
    proposal = propose(world)
    rows = tuple(row for row in proposal.rows if row.misfit.facts not in waiting)
    return Preview(proposal, _lines(world, rows), [*_shifts(world, at), *_periods(world, at)], len(world.coming))


def _lines(world: World, rows: tuple[Row, ...]) -> list[Line]:
    names = {pk: one.name for pk, one in world.employees.items()}
    words = {
        "left": _("Tidak lagi di kantor ini"),
        "absent": _("Tidak di kantor"),
        "exempt": _("Tidak ikut giliran"),
        "moved": _("Hari tayang bergeser"),
        "cancelled": _("Tidak ada hari kerja"),
        "new": _("Kini ada hari kerja"),
    }
    cards = _with_card(world.office, [row.misfit.duty for row in rows if row.misfit.duty and row.misfit.holder])
    return [
        Line(
            key=row.misfit.key,
            misfit=row.misfit,
            cause=words[row.misfit.cause],
            after=row.after,
            able=tuple(sorted(row.able, key=lambda person: (person.name, person.pk))),
            cause_in_words=row.misfit.in_words,
            why=reasons.sentences(row.reason, names),
            days=_days(world, row.misfit),
            card_is_in=bool(row.misfit.duty and row.misfit.duty.pk in cards),
        )
        for row in rows
    ]


def _with_card(office: Office, duties: list[Duty]) -> set[int]:
    """Return the turns whose card has been sent."""
    return {
        pk
        for pk, tasks in roster.tasks_by_duty(office, duties).items()
        if any(task.activity.rhythm == Rhythm.CARD and task.outcome == Task.Outcome.DONE for task in tasks)
    }


def _days(world: World, one: Misfit) -> str:
    """Say when the reminders go and the card is due."""
    if one.posts_on is None:
        return ""
    zone = ZoneInfo(world.office.timezone)
    first, second = (world.times.reminder(one.posts_on, part).opens_at.astimezone(zone).date() for part in REMINDERS)
    card = world.times.card(one.posts_on).due_at.astimezone(zone).date()
    facts = {"first": _day(first), "second": _day(second), "card": _day(card)}
    if card < world.today:
        return _("Hari pengingat dan hari terakhir kartunya sudah lewat: kirim tautannya sendiri sekarang.")
    if second < world.today:
        return _("Hari pengingatnya sudah lewat: kirim tautannya sendiri. Kartu paling lambat %(card)s.") % facts
    if first < world.today:
        return _("Pengingat %(second)s; kartu paling lambat %(card)s.") % facts
    return _("Pengingat %(first)s dan %(second)s; kartu paling lambat %(card)s.") % facts


def _shifts(world: World, at: datetime) -> Iterator[Moved]:
    zone = ZoneInfo(world.office.timezone)
    for one in deadlines.shifts(world, at):
        if one.duty is None:
            yield _moved(_period_words(one.task), one.task.due_at, one.span.due_at, zone)
            continue
        name = one.duty.holder.name if one.duty.holder else ""
        facts = {"name": name, "part": one.task.part, "day": date_format(one.duty.posts_on, "j F")}
        if one.task.part:
            label = _("Pengingat %(part)s untuk %(name)s (tayang %(day)s)") % facts
            yield _moved(label, one.task.opens_at, one.span.opens_at, zone)
        elif one.task.due_at != one.span.due_at:
            label = _("Kartu %(name)s selesai (tayang %(day)s)") % facts
            yield _moved(label, one.task.due_at, one.span.due_at, zone)


def _periods(world: World, at: datetime) -> Iterator[Moved]:
    for one in sop.moved_by(world.office, at, world.times.calendar):
        if one.task is not None and one.task.due_at != one.due_at:
            yield _moved(_period_words(one.task), one.task.due_at, one.due_at, ZoneInfo(world.office.timezone))


def _moved(label: str, before: datetime, after: datetime, zone: ZoneInfo) -> Moved:
    return Moved(label, before.astimezone(zone).date(), after.astimezone(zone).date())


def _period_words(task: Task) -> str:
    words = {
        Rhythm.ROSTER: _("Menyusun jadwal %(period)s"),
        Rhythm.TEMPLATES: _("Memilih templat %(period)s"),
        Rhythm.QUARTER: _("Laporan %(period)s"),
        Rhythm.SEMESTER: _("Evaluasi %(period)s"),
    }
    period = period_label(task.subject.partition(":")[2])
    if task.label:
        return f"{task.label}: {task.activity.title}"
    return words.get(Rhythm(task.activity.rhythm), task.activity.title) % {"period": period}


def _day(day: date) -> str:
    return str(date_format(day, "l, j F"))
