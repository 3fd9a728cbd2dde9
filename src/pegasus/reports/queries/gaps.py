"""What a report still lacks, whose turn it belongs to, and who owes it (SOP 1.5)."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pegasus.people.models import Office, Role, RoleAssignment
from pegasus.people.queries import role_label
from pegasus.reports.domain.contents import Gap
from pegasus.reports.domain.figures import DONE, UNDONE, Standing, TaskFact
from pegasus.reports.domain.prose import joined
from pegasus.reports.models import Report
from pegasus.roster.models import Duty
from pegasus.sop.models import Activity, Task

PARTS = {"group": "grup WhatsApp", "instagram": "Instagram"}
WHAT = {Standing.OVERDUE: "belum selesai", Standing.SKIPPED: "tidak dilaksanakan"}


def of(report: Report, facts: list[TaskFact], tasks: Mapping[int, Task], at: datetime) -> tuple[Gap, ...]:
    """Return what was not done in time or has no proof where one is asked for, the report itself left out."""
    lacking = [fact for fact in facts if _what(fact, tasks[fact.pk], at) and not _is_own(report, tasks[fact.pk])]
    if not lacking:
        return ()
    office, zone = report.office, ZoneInfo(report.office.timezone)
    turns, holders = _turns(office, lacking), _holders(office, at)
    return tuple(
        Gap(
            fact.pk,
            f"{tasks[fact.pk].activity.title}{_of_what(fact, turns)} {_what(fact, tasks[fact.pk], at)}",
            fact.owner or _holder(office, fact.role, holders),
            fact.due_at.astimezone(zone).date(),
        )
        for fact in lacking
    )


def _what(fact: TaskFact, task: Task, at: datetime) -> str:
    standing = fact.standing(at)
    if standing in UNDONE:
        return WHAT[standing]
    unproven = task.activity.rhythm == Activity.Rhythm.POSTING and not fact.proofs
    return "belum ada buktinya" if unproven and standing in DONE else ""


def _is_own(report: Report, task: Task) -> bool:
    """Tell whether a task is the making of the report itself, or of the semester's that is begun after a quarter's."""
    rhythms = {Activity.Rhythm.SEMESTER}
    if report.kind == Report.Kind.QUARTER:
        rhythms.add(Activity.Rhythm.QUARTER)
    return task.activity.rhythm in rhythms


def _of_what(fact: TaskFact, turns: Mapping[str, str]) -> str:
    part = f" ({PARTS.get(fact.part, fact.part)})" if fact.part else ""
    turn = turns.get(fact.subject)
    if turn:
        return f"{part}, giliran {turn}"
    return f"{part}, {fact.label}" if fact.label else part


def _turns(office: Office, facts: list[TaskFact]) -> dict[str, str]:
    """Return whose turn a subject is; one query."""
    numbers = {
        int(fact.subject[5:]) for fact in facts if fact.subject.startswith("duty:") and fact.subject[5:].isdigit()
    }
    duties = Duty.objects.filter(office=office, pk__in=numbers).select_related("holder").order_by("pk")
    return {duty.subject: duty.holder.name for duty in duties if duty.holder}


def _holders(office: Office, at: datetime) -> dict[str, list[str]]:
    """Return who holds each role on the day, by the newest decree; one query."""
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    held = (
        RoleAssignment.objects.filter(employee__office=office, valid_from__lte=today)
        .exclude(valid_until__lt=today)
        .select_related("employee")
        .order_by("-valid_from", "pk")
    )
    found: dict[str, list[str]] = {}
    for one in held:
        found.setdefault(one.role, []).append(one.employee.name)
    return found


def _holder(office: Office, role: str, holders: Mapping[str, list[str]]) -> str:
    if role not in Role.values:
        return role
    label = role_label(office, Role(role))
    names = joined(list(dict.fromkeys(holders.get(role, []))))
    return f"{names} ({label})" if names else f"{label}, belum ada pemegangnya"
