"""What a report says, read from the rows: a fixed number of queries per programme, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from pegasus.calendar.domain.periods import Period
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.queries import working_calendar
from pegasus.people.models import Office, Role
from pegasus.reports.domain import figures, frozen, sentences
from pegasus.reports.domain.contents import (
    Contents,
    FollowUpFact,
    ObstacleFact,
    ProgrammePart,
    Source,
)
from pegasus.reports.domain.figures import ActivityFact, DutyFact, TaskFact
from pegasus.reports.domain.notes import merged_follow_ups, merged_obstacles
from pegasus.reports.domain.prose import joined
from pegasus.reports.models import FollowUp, Obstacle, Report
from pegasus.reports.queries import gaps, pictures
from pegasus.reports.queries.doors import follow_ups_of, obstacles_of, period_is_open, reports_of
from pegasus.reports.queries.names import letterhead, person
from pegasus.roster.models import Duty
from pegasus.sop.domain.standards import parse
from pegasus.sop.models import Activity, Evidence, ProcedureVersion, Programme, Task
from pegasus.sop.queries import quarters, tasks_in
from pegasus.sop.queries.compliance import runs_of

NO_NUMBER = "SOP belum bernomor"
STEPS = {Activity.Rhythm.REMINDER, Activity.Rhythm.CARD, Activity.Rhythm.POSTING}
# What a report cannot judge: the activity whose product it is itself, and a report that is begun after it.
OWN_PRODUCT: dict[Report.Kind, dict[str, str]] = {
    Report.Kind.QUARTER: {
        Activity.Rhythm.QUARTER.value: "laporan ini",
        Activity.Rhythm.SEMESTER.value: "laporan semester",
    },
    Report.Kind.SEMESTER: {Activity.Rhythm.SEMESTER.value: "laporan ini"},
}
MAKER = {Report.Kind.QUARTER: Role.CA, Report.Kind.SEMESTER: Role.CC}


@dataclass(frozen=True)
class _Read:
    """The rows of one programme in a period."""

    version: ProcedureVersion | None
    activities: list[ActivityFact]
    tasks: list[Task]
    facts: list[TaskFact]
    evidence: list[Evidence]


def contents(report: Report, at: datetime) -> Contents:
    """Return the whole report as of a moment; a final report says what it said when it became final."""
    if report.frozen and report.state != Report.State.DRAFT:
        return frozen.thaw(report.frozen)
    office = report.office
    period = Period.parse(report.period)
    moment = report.finalised_at or at
    programmes = _programmes(report)
    calendar = working_calendar(office)
    read = {programme.pk: _read(office, programme, period, calendar) for programme in programmes}
    parts = tuple(
        ProgrammePart(
            name=programme.name,
            sop_number=_number(read[programme.pk]),
            figures=tuple(
                figures.activity_figures(
                    read[programme.pk].activities,
                    read[programme.pk].facts,
                    at=moment,
                    instead=OWN_PRODUCT[Report.Kind(report.kind)],
                )
            ),
            sources=_sources(report, programme, period, read[programme.pk], moment),
        )
        for programme in programmes
    )
    everything = list(read.values())
    all_facts = [fact for one in everything for fact in one.facts]
    rows = tuple(_rows(office, period, everything, calendar, moment)) if report.kind == Report.Kind.QUARTER else ()
    totals = figures.totals(rows) if rows else None
    obstacles = _obstacles(report, programmes, period)
    follow_ups = _follow_ups(report, programmes, period)
    proofs = [item for one in everything for item in one.evidence]
    is_open = period_is_open(office, period, moment)
    programme = report.programme.code if report.programme else ""
    maker = person(office, MAKER[Report.Kind(report.kind)], moment, programme=programme)
    cards, screenshots = pictures.of(report, all_facts, proofs)
    turns = {row.duty.subject: row.duty for row in rows}
    return Contents(
        kind=report.kind,
        period=period,
        programme=report.programme.name if report.programme else "",
        letterhead=letterhead(office),
        is_open=is_open,
        as_of=moment.astimezone(ZoneInfo(office.timezone)),
        changed_at=_changed_at(report, everything, obstacles, follow_ups, moment),
        legal_basis=_legal_basis(everything),
        sop_number=", ".join(part.sop_number for part in parts if part.sop_number),
        maker=maker,
        signer=person(office, Role.HEAD, moment, otherwise=maker),
        sections=sentences.sections(
            report.kind,
            sentences.Figures(
                office.name,
                period,
                parts,
                totals,
                obstacles,
                follow_ups,
                is_open,
                moment.astimezone(ZoneInfo(office.timezone)).date(),
            ),
            report.narrative,
        ),
        rows=rows,
        totals=totals,
        months=tuple(figures.by_month(rows)),
        occurrences=() if rows or report.kind == Report.Kind.SEMESTER else tuple(all_facts),
        programmes=parts,
        obstacles=obstacles,
        follow_ups=follow_ups,
        cards=cards,
        screenshots=screenshots,
        posts=pictures.posts(report, all_facts, proofs, turns),
        gaps=gaps.of(report, all_facts, {task.pk: task for one in everything for task in one.tasks}, moment),
    )


def _programmes(report: Report) -> list[Programme]:
    if report.programme:
        return [report.programme]
    return list(Programme.objects.filter(office=report.office).order_by("pk"))


def _read(office: Office, programme: Programme, period: Period, calendar: WorkingCalendar) -> _Read:
    tasks = list(tasks_in(office, period, programme.code).select_related("activity__version", "owner"))
    versions = ProcedureVersion.objects.filter(procedure__programme=programme).select_related("procedure")
    used = {task.activity.version_id for task in tasks}
    version = (versions.filter(pk__in=used) if used else versions).order_by("-version").first()
    rows = Activity.objects.filter(version=version).order_by("number") if version else []
    earlier = _earlier_standards(tasks, version)
    activities = [
        ActivityFact(
            row.pk,
            row.number,
            row.title,
            row.time_standard,
            parse(row.time_standard).measured_in,
            row.rhythm,
            tuple(one for one in earlier[row.rhythm, row.key] if one[1] != row.time_standard),
        )
        for row in rows
    ]
    numbers = {(row.rhythm, row.key): row.number for row in rows if row.key}
    valid = Evidence.objects.filter(task__in=tasks, replaced_at=None)
    evidence = list(valid.select_related("record", "task").order_by("at", "pk"))
    proofs: dict[int, list[str]] = defaultdict(list)
    for item in evidence:
        proofs[item.task_id].append(item.kind)
    runs = runs_of(tasks, calendar, office.timezone)
    facts = [
        _fact(
            task,
            proofs[task.pk],
            run.took,
            number=numbers.get((task.activity.rhythm, task.activity.key), task.activity.number),
        )
        for task, run in zip(tasks, runs, strict=True)
    ]
    return _Read(version, activities, tasks, facts, evidence)


def _earlier_standards(
    tasks: Iterable[Task], version: ProcedureVersion | None
) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Return the standards that tasks ran under in other versions of the SOP, by row, each with its version."""
    found: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    for row in (task.activity for task in tasks if task.activity.version != version):
        found[row.rhythm, row.key].add((row.version.version, row.time_standard))
    return defaultdict(list, {key: sorted(some) for key, some in found.items()})


def _fact(task: Task, proofs: list[str], took: int | None, *, number: int) -> TaskFact:
    return TaskFact(
        pk=task.pk,
        number=number,
        subject=task.subject,
        part=task.part,
        owner=task.owner.name if task.owner else "",
        opens_at=task.opens_at,
        due_at=task.due_at,
        closed_at=task.closed_at,
        closed_by=task.closed_by,
        outcome=task.outcome,
        proofs=tuple(proofs),
        role=task.role,
        took=took,
        label=task.label,
    )


def _number(read: _Read) -> str:
    """Return the SOP's number, with the versions that the tasks ran under once there is more than the first.

    A revision may bring another number: each version stands under its own.
    """
    if read.version is None:
        return ""
    used = {task.activity.version.version: task.activity.version.number for task in read.tasks}
    used[read.version.version] = read.version.number
    if list(used) == [1]:
        return used[1]
    versions: dict[str, list[str]] = {}
    for version in sorted(used):
        versions.setdefault(used[version] or NO_NUMBER, []).append(str(version))
    return joined([f"{number} (versi {joined(some)})" for number, some in versions.items()])


def _legal_basis(everything: Iterable[_Read]) -> tuple[str, ...]:
    lines = [line.rstrip(";. ") for one in everything if one.version for line in one.version.legal_basis]
    return tuple(dict.fromkeys(lines))


def _rows(
    office: Office,
    period: Period,
    everything: Iterable[_Read],
    calendar: WorkingCalendar,
    at: datetime,
) -> list[figures.DutyRow]:
    """Read the duties that the tasks name; a card's steps are told apart by their parts."""
    steps = [
        fact
        for one in everything
        for task, fact in zip(one.tasks, one.facts, strict=True)
        if task.activity.rhythm in STEPS and task.subject.startswith("duty:")
    ]
    numbers = {int(fact.subject.removeprefix("duty:")) for fact in steps}
    duties = (
        Duty.objects.filter(
            office=office, pk__in=numbers, cancelled_at=None, posts_on__range=(period.starts_on, period.ends_on)
        )
        .select_related("holder")
        .order_by("posts_on", "pk")
    )
    return figures.duty_rows(
        [
            DutyFact(
                duty.subject,
                duty.posts_on,
                duty.holder.name if duty.holder else "",
                duty.holder.team if duty.holder else "",
            )
            for duty in duties
        ],
        steps,
        calendar=calendar,
        zone=office.timezone,
        at=at,
    )


def _sources(report: Report, programme: Programme, period: Period, read: _Read, at: datetime) -> tuple[Source, ...]:
    """Return the quarterly reports of a programme within a semester, with what each quarter came to."""
    if report.kind != Report.Kind.SEMESTER:
        return ()
    found = {
        one.period: one for one in reports_of(report.office).filter(programme=programme, kind=Report.Kind.QUARTER)
    }
    sources = []
    for key in quarters(period):
        mine = [
            fact.standing(at)
            for task, fact in zip(read.tasks, read.facts, strict=True)
            if task.period == key
            and task.activity.rhythm not in OWN_PRODUCT[Report.Kind(report.kind)]
            and fact.standing(at) is not figures.Standing.NOT_NEEDED
        ]
        one = found.get(key)
        record = (one.signed or one.final) if one else None
        sources.append(
            Source(
                period=Period.parse(key),
                state=one.state if one else "",
                code=record.code if record else "",
                planned=len(mine),
                done=sum(standing in figures.DONE for standing in mine),
                on_time=mine.count(figures.Standing.ON_TIME),
                proofs=sum(item.task.period == key for item in read.evidence),
            )
        )
    return tuple(sources)


def _obstacles(report: Report, programmes: list[Programme], period: Period) -> tuple[ObstacleFact, ...]:
    rows = obstacles_of(report.office).filter(programme__in=programmes, period__in=quarters(period))
    if report.finalised_at:
        rows = rows.filter(noted_at__lte=report.finalised_at)
    facts = [obstacle_fact(row, report.office.timezone) for row in rows]
    return merged_obstacles(facts) if report.kind == Report.Kind.SEMESTER else tuple(facts)


def obstacle_fact(row: Obstacle, zone: str) -> ObstacleFact:
    """Return an obstacle as plain data."""
    noted_on = row.noted_at.astimezone(ZoneInfo(zone)).date()
    return ObstacleFact(row.pk, row.text, row.solution, noted_on, row.programme.name, (row.period,))


def _follow_ups(report: Report, programmes: list[Programme], period: Period) -> tuple[FollowUpFact, ...]:
    rows = follow_ups_of(report.office).filter(programme__in=programmes, period__in=quarters(period))
    facts = [follow_up_fact(row, report.office.timezone) for row in rows]
    return merged_follow_ups(facts) if report.kind == Report.Kind.SEMESTER else tuple(facts)


def follow_up_fact(row: FollowUp, zone: str) -> FollowUpFact:
    """Return a follow-up as plain data."""
    done = row.done_at.astimezone(ZoneInfo(zone)).date() if row.done_at else None
    return FollowUpFact(
        row.pk, row.text, row.owner, row.due_on, done, row.done_note, row.programme.name, (row.period,)
    )


def _changed_at(
    report: Report,
    everything: Iterable[_Read],
    obstacles: tuple[ObstacleFact, ...],
    follow_ups: tuple[FollowUpFact, ...],
    at: datetime,
) -> datetime:
    """Return the last change of the rows, so that the same rows give the same file."""
    zone = ZoneInfo(report.office.timezone)
    days = [item.noted_on for item in obstacles] + [item.done_on for item in follow_ups if item.done_on]
    moments = [datetime.combine(day, time(), zone) for day in days]
    for one in everything:
        moments += [task.closed_at for task in one.tasks if task.closed_at]
        moments += [item.at for item in one.evidence]
    # The report's own row counts whenever it was begun: the call that begins it writes what the next one writes.
    return max((report.updated_at, *(moment for moment in moments if moment <= at)))
