from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.archive import actions as archive
from pegasus.archive.models import Record
from pegasus.archive.queries import new_code
from pegasus.calendar.domain.periods import Period
from pegasus.kernel import audit
from pegasus.people.models import Employee
from pegasus.reports import document, queries, room
from pegasus.reports.actions.drafts import AlreadyFinal, draft_row
from pegasus.reports.domain.contents import Contents
from pegasus.reports.domain.contents import title as title_of
from pegasus.reports.models import Report
from pegasus.signing import actions as signing
from pegasus.signing.domain import footers
from pegasus.signing.models import SignatureRequest
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence

RECORD_KIND = {Report.Kind.QUARTER: "quarter_report", Report.Kind.SEMESTER: "semester_report"}


class PeriodStillOpen(Exception):
    """The period is not over: a report on it can only be a draft."""


class NotFinal(Exception):
    """Only a final report can be signed."""


class ChangedMeanwhile(Exception):
    """Somebody wrote in the report while it was being typeset."""


class AlreadyRequested(Exception):
    """A signature on this report is waited for."""


def finalise(*, report: Report, by: str, at: datetime, employee_id: int | None = None) -> Record:
    """Declare a report final: freeze its words, keep its PDF, close the SOP's task (SOP 1.6 and 1.7)."""
    if queries.period_is_open(report.office, Period.parse(report.period), at):
        raise PeriodStillOpen
    # Typeset first: nobody else's writing waits for it.
    fresh, code = draft_row(report), new_code()
    contents = queries.contents(fresh, at)
    day = at.astimezone(ZoneInfo(report.office.timezone)).date()
    data = document.typeset(contents, document.Seal(code=code, note=document.FINAL_NOTE, on=day))
    with transaction.atomic():
        _freeze(fresh, contents, by, at)
        record = _keep(fresh, contents.title, data, code=code, is_public=True, by=by, at=at)
        Report.objects.filter(pk=report.pk).update(final=record)
        sop.open_period_tasks(office=report.office, at=at)
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


def _freeze(fresh: Report, contents: Contents, by: str, at: datetime) -> None:
    """Make a draft final with exactly the words that were typeset."""
    rows = Report.objects.filter(pk=fresh.pk, state=Report.State.DRAFT)
    changed = rows.filter(updated_at=fresh.updated_at).update(
        state=Report.State.FINAL,
        narrative={key: section.text for key, section in contents.sections.items()},
        finalised_at=at,
        finalised_by=by,
        updated_at=at,
    )
    if not changed:
        raise ChangedMeanwhile if rows.exists() else AlreadyFinal


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


def request_signature(
    *, report: Report, road: str, signer: Employee | None, by: str, at: datetime
) -> SignatureRequest:
    """Ask for a signature on a final report: typeset once more with the code and the sentence of the road."""
    _check_signable(report)
    contents, code = queries.contents(report, at), new_code()
    seal = document.Seal(
        code=code,
        note=footers.sentence(road),
        on=at.astimezone(ZoneInfo(report.office.timezone)).date(),
        name=signer.name if signer else "",
        position=queries.position_of(report.office, signer, at) if signer else "",
    )
    data = document.typeset(contents, seal)
    with transaction.atomic():
        _check_signable(Report.objects.select_for_update().get(pk=report.pk))
        title = f"{contents.title} (untuk ditandatangani)"
        return signing.request_signature(
            office=report.office,
            subject=f"report:{report.pk}",
            title=contents.title,
            road=road,
            code=code,
            document=_keep(report, title, data, code=None, is_public=False, by=by, at=at),
            signer=signer,
            on_signed="reports.signed",
            by=by,
            at=at,
            place=room.find(data),
        )


def _check_signable(report: Report) -> None:
    if report.state != Report.State.FINAL:
        raise NotFinal
    if queries.open_request(report) is not None:
        raise AlreadyRequested


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


def _keep(
    report: Report, title: str, data: bytes, *, code: str | None, is_public: bool, by: str, at: datetime
) -> Record:
    return archive.keep(
        office=report.office,
        kind=RECORD_KIND[Report.Kind(report.kind)],
        title=title,
        data=data,
        filename=filename(report, "pdf"),
        content_type="application/pdf",
        subject=f"report:{report.pk}",
        code=code,
        is_public=is_public,
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
