"""Revisions of a text: a draft that is saved as it is typed, and the decision that puts it in force from a day on."""

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from pegasus.archive.queries import records_of
from pegasus.people.models import Office
from pegasus.sop import queries
from pegasus.sop.actions.programmes import write_version
from pegasus.sop.actions.versions import bring_into_force, note, take_over_tasks
from pegasus.sop.document import SUBJECT
from pegasus.sop.domain.drafts import cleaned
from pegasus.sop.domain.revisions import has_fixed_rows, keeps_its_rows, says_something_new
from pegasus.sop.models import ProcedureDraft, ProcedureVersion
from pegasus.sop.shipped import ShippedProcedure


class DraftChanged(Exception):
    """Somebody else saved the draft, put it in force or threw it away meanwhile; `draft` is what stands now."""

    def __init__(self, draft: ProcedureDraft | None) -> None:
        super().__init__()
        self.draft = draft


class NothingRevised(Exception):
    """The new text says the same as the one it revises."""


class RowsBroken(Exception):
    """A row that Pegasus runs is missing, or is for somebody else."""


class DayBeforeEarlierVersion(Exception):
    """A text begins after the one it revises; `version` is that one."""

    def __init__(self, version: ProcedureVersion) -> None:
        super().__init__()
        self.version = version


class PastDayReasonMissing(Exception):
    """A day that lies behind is taken with a reason only."""


class AlreadyInForce(Exception):
    """The decision can no longer be taken back: the text is in force, or its document is signed."""


@transaction.atomic
def save_draft(
    *, version: ProcedureVersion, text: ShippedProcedure, edition: int, by: str, at: datetime
) -> ProcedureDraft:
    """Save a draft over its edition, 0 when there is none yet; another edition there is kept and told."""
    drafts = ProcedureDraft.objects.filter(procedure=version.procedure_id)
    if edition == 0:
        try:
            with transaction.atomic():
                return ProcedureDraft.objects.create(
                    procedure=version.procedure, based_on=version, text=text, saved_at=at, saved_by=by
                )
        except IntegrityError:
            raise DraftChanged(drafts.first()) from None
    # A conditional UPDATE is the lock: of two who save at once one wins, the other is told.
    saved = drafts.filter(edition=edition).update(text=text, edition=edition + 1, saved_at=at, saved_by=by)
    if not saved:
        raise DraftChanged(drafts.first())
    return drafts.get()


@transaction.atomic
def drop_draft(*, draft: ProcedureDraft, by: str, at: datetime) -> None:
    """Throw a draft away."""
    if not ProcedureDraft.objects.filter(pk=draft.pk, edition=draft.edition).delete()[0]:
        raise DraftChanged(ProcedureDraft.objects.filter(procedure=draft.procedure_id).first())
    note("procedure.draft_dropped", draft.based_on, by=by, at=at)


@transaction.atomic
def put_in_force(*, draft: ProcedureDraft, by: str, at: datetime, reason: str = "") -> ProcedureVersion:
    """Make a draft the next version, in force from its day on; from then on its text never changes.

    New tasks run under it from that day; what has begun stays with the text it began under.
    """
    office = draft.procedure.programme.office
    base, text = draft.based_on, cleaned(draft.text)
    before = queries.text_of(base)
    if not says_something_new(before, text):
        raise NothingRevised
    if has_fixed_rows(before) and not keeps_its_rows(before, text):
        raise RowsBroken
    day = date.fromisoformat(text["effective_on"])
    _check_day(base, day, office, at, reason)
    if not ProcedureDraft.objects.filter(pk=draft.pk, edition=draft.edition).delete()[0]:
        raise DraftChanged(ProcedureDraft.objects.filter(procedure=draft.procedure_id).first())
    numbered = cast("ShippedProcedure", {**text, "version": base.version + 1})
    version = write_version(procedure=draft.procedure, text=numbered, by=by, at=at, reason=reason)
    note("procedure.put_in_force", version, by=by, at=at, effective_on=day.isoformat(), reason=reason)
    bring_into_force(office=office, at=at)
    version.refresh_from_db()
    take_over_tasks(version=version, office=office, at=at)
    return version


def _check_day(base: ProcedureVersion, day: date, office: Office, at: datetime, reason: str) -> None:
    earliest = base.effective_on
    # The sample that an office began with bounds nothing: the office's own SOP may be older than its Pegasus.
    is_sample = base.version == 1 and not base.number
    if not is_sample and (day < earliest or (base.in_force_from is None and day == earliest)):
        raise DayBeforeEarlierVersion(base)
    if day < at.astimezone(ZoneInfo(office.timezone)).date() and not reason.strip():
        raise PastDayReasonMissing


@transaction.atomic
def withdraw(*, version: ProcedureVersion, by: str, at: datetime) -> ProcedureDraft:
    """Take back the decision on a text whose day has not come: it is a draft again."""
    office = version.procedure.programme.office
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    papers = records_of(office).filter(subject=f"{SUBJECT}{version.pk}", is_public=True)
    waiting = ProcedureVersion.objects.filter(pk=version.pk, in_force_from=None, effective_on__gt=today)
    if not waiting.exists() or papers.exists():
        raise AlreadyInForce
    if ProcedureDraft.objects.filter(procedure=version.procedure_id).exists():
        raise DraftChanged(ProcedureDraft.objects.get(procedure=version.procedure_id))
    base = queries.other_texts(version)[0]
    take_over_tasks_of(version, base)
    draft = ProcedureDraft.objects.create(
        procedure=version.procedure, based_on=base, text=queries.text_of(version), saved_at=at, saved_by=by
    )
    note("procedure.withdrawn", version, by=by, at=at)
    waiting.delete()
    return draft


def take_over_tasks_of(version: ProcedureVersion, base: ProcedureVersion) -> None:
    """Give the tasks of a text that is taken back to the one before it."""
    rows = {row.key: row for row in base.activities.all()}
    for row in version.activities.all():
        if row.key in rows:
            row.tasks.update(activity=rows[row.key])
