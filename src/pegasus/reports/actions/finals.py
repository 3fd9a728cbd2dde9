from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.archive import actions as archive
from pegasus.archive.models import Record
from pegasus.archive.queries import new_code
from pegasus.calendar.domain.periods import Period
from pegasus.kernel import audit
from pegasus.people.models import Employee
from pegasus.reports import document, queries
from pegasus.reports.actions.drafts import AlreadyFinal, draft_row
from pegasus.reports.domain import frozen
from pegasus.reports.domain.contents import Contents
from pegasus.reports.domain.contents import title as title_of
from pegasus.reports.models import Report
from pegasus.signing import actions as signing
from pegasus.signing.models import SignatureRequest
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence


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
        record = _keep(fresh, contents.title, data, code=code, by=by, at=at)
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
    """Make a draft final with exactly the words and figures that were typeset."""
    rows = Report.objects.filter(pk=fresh.pk, state=Report.State.DRAFT)
    changed = rows.filter(updated_at=fresh.updated_at).update(
        state=Report.State.FINAL,
        narrative={key: section.text for key, section in contents.sections.items()},
        frozen=frozen.freeze(contents),
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
        state=Report.State.DRAFT, frozen=None, finalised_at=None, finalised_by="", updated_at=at
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
    """Ask for a signature on a final report: what was kept, typeset with the code and the sentence of the road."""
    if report.state != Report.State.FINAL or report.final is None:
        raise NotFinal
    try:
        request = signing.ask(record=report.final, road=road, signer=signer, by=by, at=at)
    except (signing.SignatureAlreadyAsked, signing.NotRequestable):
        raise AlreadyRequested from None
    if not Report.objects.filter(pk=report.pk, state=Report.State.FINAL, final=report.final).exists():
        signing.cancel(request=request, by=by, at=at)  # somebody opened it again while it was typeset
        raise NotFinal
    return request


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


def _keep(report: Report, title: str, data: bytes, *, code: str, by: str, at: datetime) -> Record:
    period = Period.parse(report.period)
    return archive.keep(
        office=report.office,
        kind=document.RECORD_KINDS[Report.Kind(report.kind)],
        title=title,
        data=data,
        filename=filename(report, "pdf"),
        content_type="application/pdf",
        subject=f"{document.SUBJECT}{report.pk}",
        code=code,
        is_public=True,
        replaces=report.final,
        covers=(period.starts_on, period.ends_on),
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
