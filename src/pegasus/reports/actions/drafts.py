from datetime import datetime

from django.db import transaction

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.reports import queries
from pegasus.reports.domain import sentences
from pegasus.reports.models import Report
from pegasus.sop.models import Programme

LONGEST_SECTION = 20_000


class AlreadyFinal(Exception):
    """The report was declared final before; its words are frozen."""


class NoSuchSection(Exception):
    """This kind of report has no such section."""


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
    fresh = draft_row(report)
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
def draft_due(*, office: Office, at: datetime) -> list[Report]:
    """Begin the reports whose tasks time has opened (activities 6 and 7); return what is new."""
    programmes = {programme.pk: programme for programme in queries.programmes_of(office)}
    return [
        draft(office=office, kind=due.kind, period=due.period, programme=programmes.get(due.programme_id), at=at)
        for due in queries.due_tasks(office, at)
        if due.report is None and (due.kind == Report.Kind.SEMESTER or due.programme_id in programmes)
    ]


def draft_row(report: Report) -> Report:
    """Return the report as it is now, while it may still be written."""
    fresh = queries.reports_of(report.office).get(pk=report.pk)
    if fresh.state != Report.State.DRAFT:
        raise AlreadyFinal
    return fresh
