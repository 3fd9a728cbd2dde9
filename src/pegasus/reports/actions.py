from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.archive import actions as archive
from pegasus.archive.models import Record
from pegasus.archive.queries import new_code
from pegasus.calendar.domain.periods import Period
from pegasus.kernel import audit
from pegasus.people.models import Employee, Office
from pegasus.reports import document, queries, room
from pegasus.reports.domain import sentences
from pegasus.reports.domain.contents import title as title_of
from pegasus.reports.models import FollowUp, Obstacle, Report
from pegasus.signing import actions as signing
from pegasus.signing.domain import footers
from pegasus.signing.models import SignatureRequest
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence, Programme

RECORD_KIND = {Report.Kind.QUARTER: "quarter_report", Report.Kind.SEMESTER: "semester_report"}
LONGEST_SECTION = 20_000


class PeriodStillOpen(Exception):
    """The period is not over: a report on it can only be a draft."""


class AlreadyFinal(Exception):
    """The report was declared final before; its words are frozen."""


class NotFinal(Exception):
    """Only a final report can be signed."""


class AlreadyRequested(Exception):
    """A signature on this report is waited for."""


class NoSuchSection(Exception):
    """This kind of report has no such section."""


class NothingWritten(Exception):
    """The text is empty."""


@transaction.atomic
def draft(*, office: Office, kind: str, period: Period, programme: Programme | None, at: datetime) -> Report:
    """Return the report of a period, begun as a draft when there is none yet."""
    report, made = Report.objects.get_or_create(
        office=office,
        kind=kind,
        programme=programme if kind == Report.Kind.QUARTER else None,
        period=period.key,
        defaults={"created_at": at, "updated_at": at},
    )
    if made:
        audit.record(
            action="report.drafted", subject=f"report:{report.pk}", actor="Pegasus", at=at, office_id=office.pk
        )
    return report


@transaction.atomic
def write_section(*, report: Report, key: str, text: str, by: str, at: datetime) -> None:
    """Write a section in one's own words; an empty text gives it back to the computed words."""
    if key not in sentences.TITLES[report.kind]:
        raise NoSuchSection(key)
    fresh = _draft_row(report)
    before = fresh.narrative.get(key, "")
    narrative = {name: words for name, words in fresh.narrative.items() if name != key}
    if text.strip():
        narrative[key] = text.strip()[:LONGEST_SECTION]
    fresh.narrative, fresh.updated_at = narrative, at
    fresh.save(update_fields=["narrative", "updated_at"])
    audit.record(
        action="report.section_written",
        subject=f"report:{report.pk}",
        actor=by,
        at=at,
        office_id=report.office_id,
        before={key: before},
        after={key: narrative.get(key, "")},
    )
    report.refresh_from_db()


@transaction.atomic
def finalise(*, report: Report, by: str, at: datetime, employee_id: int | None = None) -> Record:
    """Declare a report final: freeze its words, keep its PDF, close the SOP's task (SOP 1.6 and 1.7)."""
    if queries.period_is_open(report.office, Period.parse(report.period), at):
        raise PeriodStillOpen
    contents = queries.contents(_draft_row(report), at)
    sop.open_period_tasks(office=report.office, at=at)
    words = {key: section.text for key, section in contents.sections.items()}
    changed = Report.objects.filter(pk=report.pk, state=Report.State.DRAFT).update(
        state=Report.State.FINAL, narrative=words, finalised_at=at, finalised_by=by, updated_at=at
    )
    if not changed:
        raise AlreadyFinal
    report.refresh_from_db()
    record = _keep(report, by=by, at=at)
    Report.objects.filter(pk=report.pk).update(final=record)
    _close_tasks(report, record, by, at, employee_id)
    audit.record(
        action="report.finalised",
        subject=f"report:{report.pk}",
        actor=by,
        at=at,
        office_id=report.office_id,
        employee_id=employee_id,
        after={"record": record.pk},
    )
    report.refresh_from_db()
    return record


@transaction.atomic
def reopen(*, report: Report, by: str, at: datetime, reason: str) -> None:
    """Turn a final report that nobody signed back into a draft; the file that was final stays in the archive."""
    if queries.open_request(report) is not None:
        raise AlreadyRequested
    changed = Report.objects.filter(pk=report.pk, state=Report.State.FINAL).update(
        state=Report.State.DRAFT, finalised_at=None, finalised_by="", updated_at=at
    )
    if not changed:
        raise NotFinal
    for task in queries.report_tasks(report).exclude(closed_at=None):
        sop.reopen_task(task=task, at=at, by=by, reason=reason)
    audit.record(
        action="report.reopened",
        subject=f"report:{report.pk}",
        actor=by,
        at=at,
        office_id=report.office_id,
        after={"reason": reason},
    )
    report.refresh_from_db()


@transaction.atomic
def note_obstacle(
    *, office: Office, programme: Programme, period: str, text: str, solution: str, by: str, at: datetime
) -> Obstacle:
    """Write a kendala down while it is fresh, with its solution when there is one."""
    if not text.strip():
        raise NothingWritten
    obstacle = Obstacle.objects.create(
        office=office,
        programme=programme,
        period=period,
        text=text.strip(),
        solution=solution.strip(),
        noted_at=at,
        noted_by=by,
    )
    _record_note("obstacle.noted", f"obstacle:{obstacle.pk}", office, by, at)
    return obstacle


@transaction.atomic
def solve_obstacle(*, obstacle: Obstacle, text: str, solution: str, by: str, at: datetime) -> None:
    """Correct a kendala or write its solution."""
    if not text.strip():
        raise NothingWritten
    Obstacle.objects.filter(pk=obstacle.pk).update(text=text.strip(), solution=solution.strip())
    _record_note("obstacle.changed", f"obstacle:{obstacle.pk}", obstacle.office, by, at)


@transaction.atomic
def plan_follow_up(
    *,
    office: Office,
    programme: Programme,
    period: str,
    text: str,
    owner: str,
    due_on: date | None,
    by: str,
    at: datetime,
) -> FollowUp:
    """Write a tindak lanjut down: what, who, until when."""
    if not text.strip():
        raise NothingWritten
    follow_up = FollowUp.objects.create(
        office=office, programme=programme, period=period, text=text.strip(), owner=owner.strip(), due_on=due_on
    )
    _record_note("follow_up.planned", f"follow_up:{follow_up.pk}", office, by, at)
    return follow_up


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, note: str, by: str, at: datetime) -> None:
    """Mark a tindak lanjut as done, with what came of it; doing it again only changes the note."""
    FollowUp.objects.filter(pk=follow_up.pk, done_at=None).update(done_at=at)
    FollowUp.objects.filter(pk=follow_up.pk).update(done_note=note.strip())
    _record_note("follow_up.done", f"follow_up:{follow_up.pk}", follow_up.office, by, at)


@transaction.atomic
def request_signature(
    *, report: Report, road: str, signer: Employee | None, by: str, at: datetime
) -> SignatureRequest:
    """Ask for a signature on a final report: typeset once more with the code and the sentence of the road."""
    if report.state != Report.State.FINAL or report.final is None:
        raise NotFinal
    if queries.open_request(report) is not None:
        raise AlreadyRequested
    contents = queries.contents(report, at)
    code = new_code()
    seal = document.Seal(
        code=code,
        note=footers.sentence(road),
        on=at.astimezone(ZoneInfo(report.office.timezone)).date(),
        name=signer.name if signer else "",
        position=queries.position_of(report.office, signer, at) if signer else "",
    )
    data = document.typeset(contents, seal)
    record = archive.keep(
        office=report.office,
        kind=RECORD_KIND[Report.Kind(report.kind)],
        title=f"{contents.title} (untuk ditandatangani)",
        data=data,
        filename=filename(report, "pdf"),
        content_type="application/pdf",
        subject=f"report:{report.pk}",
        replaces=report.final,
        by=by,
        at=at,
    )
    return signing.request_signature(
        office=report.office,
        subject=f"report:{report.pk}",
        title=contents.title,
        road=road,
        code=code,
        document=record,
        signer=signer,
        on_signed="reports.signed",
        by=by,
        at=at,
        place=room.find(data),
    )


@transaction.atomic
def mark_signed(*, request: SignatureRequest, at: datetime) -> None:
    """Note that the request's signed file is this report's; a request that is not signed changes nothing."""
    number = request.subject.removeprefix("report:")
    if request.signed is None or not number.isdigit():
        return
    changed = Report.objects.filter(pk=int(number), office=request.office, state=Report.State.FINAL).update(
        state=Report.State.SIGNED, signed=request.signed, updated_at=at
    )
    if changed:
        audit.record(
            action="report.signed",
            subject=request.subject,
            actor="Pegasus",
            at=at,
            office_id=request.office_id,
            after={"record": request.signed.pk},
        )


@transaction.atomic
def draft_due(*, office: Office, at: datetime) -> list[Report]:
    """Begin the reports whose tasks time has opened (activities 6 and 7); return what is new."""
    known = set(queries.reports_of(office).values_list("kind", "period", "programme_id"))
    made = []
    for kind, period, programme in queries.reports_due(office, at):
        if (kind, period.key, programme.pk if programme else None) not in known:
            made.append(draft(office=office, kind=kind, period=period, programme=programme, at=at))
    return made


def _record_note(action: str, subject: str, office: Office, by: str, at: datetime) -> None:
    audit.record(action=action, subject=subject, actor=by, at=at, office_id=office.pk)


def _draft_row(report: Report) -> Report:
    fresh = queries.reports_of(report.office).get(pk=report.pk)
    if fresh.state != Report.State.DRAFT:
        raise AlreadyFinal
    return fresh


def _keep(report: Report, *, by: str, at: datetime) -> Record:
    code = new_code()
    contents = queries.contents(report, at)
    data = document.typeset(contents, document.Seal(code=code, note=document.FINAL_NOTE, on=contents.as_of.date()))
    return archive.keep(
        office=report.office,
        kind=RECORD_KIND[Report.Kind(report.kind)],
        title=contents.title,
        data=data,
        filename=filename(report, "pdf"),
        content_type="application/pdf",
        subject=f"report:{report.pk}",
        code=code,
        is_public=True,
        replaces=report.final,
        by=by,
        at=at,
    )


def filename(report: Report, suffix: str) -> str:
    """Return a file name made of letters, digits and hyphens."""
    programme = report.programme.name if report.programme else ""
    title = title_of(report.kind, Period.parse(report.period), programme)
    words = "".join(character if character.isalnum() else " " for character in title.lower())
    return f"{'-'.join(words.split())}.{suffix}"


def _close_tasks(report: Report, record: Record, by: str, at: datetime, employee_id: int | None) -> None:
    for task in queries.report_tasks(report).filter(closed_at=None):
        sop.add_evidence(task=task, kind=Evidence.Kind.FILE, by=by, at=at, record=record)
        sop.close_task(task=task, at=at, by=by, employee_id=employee_id)
