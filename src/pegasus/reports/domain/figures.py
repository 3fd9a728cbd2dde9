"""The figures of a report: pure functions over plain facts, so that every number can be recomputed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.sop.domain import compliance


class Standing(StrEnum):
    """How an occurrence stands at a moment."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"  # its time is over and it is still open
    SKIPPED = "skipped"  # somebody said that it is not done
    WAITING = "waiting"  # its time is not over
    NOT_NEEDED = "not_needed"


DONE = (Standing.ON_TIME, Standing.LATE)
UNDONE = (Standing.OVERDUE, Standing.SKIPPED)


@dataclass(frozen=True)
class TaskFact:
    """One occurrence of an activity, without its row."""

    pk: int
    number: int
    subject: str
    part: str
    owner: str
    opens_at: datetime
    due_at: datetime
    closed_at: datetime | None
    closed_by: str = ""
    outcome: str = ""
    proofs: tuple[str, ...] = ()
    role: str = ""
    took: int | None = None  # in the standard's unit, by the SOP's own rule
    label: str = ""  # what it is about in words, where the subject alone does not say

    def standing(self, at: datetime) -> Standing:
        """Judge it as of a moment; what was closed later counts as open then."""
        if self.closed_at is None or self.closed_at > at:
            return Standing.OVERDUE if at > self.due_at else Standing.WAITING
        if self.outcome == "not_needed":
            return Standing.NOT_NEEDED
        if self.outcome == "skipped":
            return Standing.SKIPPED
        return Standing.LATE if self.closed_at > self.due_at else Standing.ON_TIME


@dataclass(frozen=True)
class ActivityFact:
    """A row of the SOP's flow table."""

    pk: int
    number: int
    title: str
    time_standard: str
    unit: str = "working_days"
    rhythm: str = ""
    # What tasks of the period ran under in another version of the SOP: its number and its standard.
    earlier_standards: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class ActivityFigures:
    """How an activity went over a period, against its time standard."""

    activity: ActivityFact
    planned: int
    on_time: int
    late: int
    overdue: int
    skipped: int
    waiting: int
    proofs: int
    median: float | None
    worst: int | None
    # Words in the place of figures: the activity whose product the report itself is.
    instead: str = ""

    @property
    def done(self) -> int:
        """How many were done, on time or not."""
        return self.on_time + self.late

    @property
    def share(self) -> int | None:
        """The share done on time of all whose time is over, in whole per cent."""
        return percent(self.on_time, self.due)

    @property
    def due(self) -> int:
        """How many can be judged: done, told as not done, or past their time."""
        return self.on_time + self.late + self.overdue + self.skipped


LAST_STEPS = ("card", "group", "instagram")


@dataclass(frozen=True)
class Mark:
    """One cell of the weekly table: how it stands and when it was done."""

    standing: Standing
    on: date | None = None
    task: int | None = None


@dataclass(frozen=True)
class DutyFact:
    """A seat in a week and who holds it."""

    subject: str
    posts_on: date
    name: str
    team: str


@dataclass(frozen=True)
class DutyRow:
    """A line of the weekly table: planned against done."""

    duty: DutyFact
    marks: dict[str, Mark]  # by H-5, H-3, card, group, instagram
    late_days: int

    @property
    def standing(self) -> Standing:
        """The whole duty in a word: its last steps decide."""
        steps = [self.marks[step].standing for step in LAST_STEPS if step in self.marks]
        for worst in (Standing.OVERDUE, Standing.SKIPPED, Standing.WAITING, Standing.LATE):
            if worst in steps:
                return worst
        return Standing.ON_TIME if steps else Standing.WAITING


@dataclass(frozen=True)
class Totals:
    """What the period comes to."""

    planned: int
    due: int  # the turns that can be judged already
    cards: int
    group: int
    instagram: int
    complete: int  # card in, posted in both places
    on_time: int  # complete, and every step within its time
    missing: int
    people: int

    @property
    def share_done(self) -> int | None:
        """The share of the turns due that were carried out, in whole per cent."""
        return percent(self.complete, self.due)


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole per cent (half rounds up), or None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def activity_figures(
    activities: Sequence[ActivityFact],
    facts: Iterable[TaskFact],
    *,
    at: datetime,
    instead: Mapping[str, str] | None = None,
) -> list[ActivityFigures]:
    """Return the figures of each activity in the order of the SOP, by the same rule as the SOP's own page.

    `instead` has words by rhythm for the activities that a report cannot judge, since it is their product.
    """
    all_facts, words = list(facts), instead or {}
    return [
        _figures(
            activity,
            [fact for fact in all_facts if fact.number == activity.number and activity.rhythm not in words],
            at,
            words.get(activity.rhythm, ""),
        )
        for activity in activities
    ]


def _figures(activity: ActivityFact, facts: Sequence[TaskFact], at: datetime, instead: str) -> ActivityFigures:
    found = compliance.figures([_run(fact, at) for fact in facts], rhythm=activity.rhythm, at=at)
    return ActivityFigures(
        activity=activity,
        planned=found.total,
        on_time=found.on_time,
        late=found.late,
        overdue=found.overdue,
        skipped=found.skipped,
        waiting=found.open,
        proofs=sum(len(fact.proofs) for fact in facts),
        median=None if found.median is None else float(found.median),
        worst=found.worst,
        instead=instead,
    )


def _run(fact: TaskFact, at: datetime) -> compliance.Run:
    """See a fact as of a moment: what was closed later was open then."""
    is_closed = fact.closed_at is not None and fact.closed_at <= at
    return compliance.Run(
        subject=fact.subject,
        due_at=fact.due_at,
        closed_at=fact.closed_at if is_closed else None,
        outcome=fact.outcome if is_closed else "",
        took=fact.took if is_closed else None,
    )


def duty_rows(
    duties: Iterable[DutyFact],
    facts: Iterable[TaskFact],
    *,
    calendar: WorkingCalendar,
    zone: str,
    at: datetime,
) -> list[DutyRow]:
    """Return the weekly table, by posting day and name."""
    by_subject: dict[str, dict[str, TaskFact]] = {}
    for fact in facts:
        by_subject.setdefault(fact.subject, {})[fact.part or "card"] = fact
    return [
        _duty_row(duty, by_subject.get(duty.subject, {}), calendar, zone, at)
        for duty in sorted(duties, key=lambda duty: (duty.posts_on, duty.name, duty.subject))
    ]


def _duty_row(
    duty: DutyFact, facts: dict[str, TaskFact], calendar: WorkingCalendar, zone: str, at: datetime
) -> DutyRow:
    marks = {
        step: Mark(
            fact.standing(at),
            fact.closed_at.astimezone(ZoneInfo(zone)).date() if fact.closed_at and fact.closed_at <= at else None,
            fact.pk,
        )
        for step, fact in facts.items()
    }
    late = [
        calendar.count(fact.due_at.astimezone(ZoneInfo(zone)).date(), marks[step].on or duty.posts_on) - 1
        for step, fact in facts.items()
        if marks[step].standing is Standing.LATE
    ]
    return DutyRow(duty, marks, max(late, default=0))


def totals(rows: Sequence[DutyRow]) -> Totals:
    """Add the weekly table up."""

    def done(row: DutyRow, step: str) -> bool:
        return step in row.marks and row.marks[step].standing in DONE

    return Totals(
        planned=len(rows),
        due=sum(row.standing is not Standing.WAITING for row in rows),
        cards=sum(done(row, "card") for row in rows),
        group=sum(done(row, "group") for row in rows),
        instagram=sum(done(row, "instagram") for row in rows),
        complete=sum(row.standing in DONE for row in rows),
        on_time=sum(row.standing is Standing.ON_TIME for row in rows),
        missing=sum(row.standing in UNDONE for row in rows),
        people=len({row.duty.name for row in rows}),
    )


def by_month(rows: Sequence[DutyRow]) -> list[tuple[int, tuple[int, int, int]]]:
    """Return for each month its number and how many were planned, posted to the group, posted to Instagram."""
    months: dict[int, list[DutyRow]] = {}
    for row in rows:
        months.setdefault(row.duty.posts_on.month, []).append(row)
    return [
        (month, (total.planned, total.group, total.instagram))
        for month, total in ((month, totals(of)) for month, of in sorted(months.items()))
    ]
