"""Versions of a text: a revision is a new version; what has been in force never changes."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from pegasus.kernel import audit
from pegasus.sop import queries
from pegasus.sop.actions.programmes import write_version
from pegasus.sop.domain.revisions import diff
from pegasus.sop.models import ProcedureVersion
from pegasus.sop.shipped import ShippedProcedure


class VersionInForce(Exception):
    """The text is or was in force: it is changed by a revision only."""


class NothingRevised(Exception):
    """The new text says the same as the one in force."""


class DraftThere(Exception):
    """A revision is being written already; it is put into force or thrown away first."""


@transaction.atomic
def revise(
    *, version: ProcedureVersion, text: ShippedProcedure, revised_on: date, by: str, at: datetime
) -> ProcedureVersion:
    """Write a revision of the text in force, as a draft that waits to be put into force."""
    if not diff(queries.text_of(version), text):
        raise NothingRevised
    versions = ProcedureVersion.objects.filter(procedure=version.procedure)
    if versions.filter(in_force_from=None).exists():
        raise DraftThere
    newest = versions.aggregate(newest=Max("version"))["newest"]
    draft = write_version(
        procedure=version.procedure,
        text={**text, "version": newest + 1, "revised_on": revised_on.isoformat()},
        in_force_from=None,
    )
    _note("procedure.revised", draft, by, at)
    return draft


@transaction.atomic
def rewrite(*, draft: ProcedureVersion, text: ShippedProcedure, by: str, at: datetime) -> ProcedureVersion:
    """Write a draft anew; a text in force refuses."""
    throw_away(draft=draft, by=by, at=at)
    fresh = write_version(procedure=draft.procedure, text={**text, "version": draft.version}, in_force_from=None)
    _note("procedure.rewritten", fresh, by, at)
    return fresh


@transaction.atomic
def throw_away(*, draft: ProcedureVersion, by: str, at: datetime) -> None:
    """Throw a draft away; a text in force refuses."""
    found = ProcedureVersion.objects.filter(pk=draft.pk, in_force_from=None)
    if not found.exists():
        raise VersionInForce
    _note("procedure.draft_dropped", draft, by, at)
    found.delete()


@transaction.atomic
def put_in_force(*, draft: ProcedureVersion, by: str, at: datetime) -> None:
    """Let a draft take the place of the text in force: new tasks run under it, what has begun stays where it is."""
    if not ProcedureVersion.objects.filter(pk=draft.pk, in_force_from=None).update(in_force_from=at):
        raise VersionInForce
    ProcedureVersion.objects.filter(procedure=draft.procedure, in_force_until=None).exclude(pk=draft.pk).update(
        in_force_until=at
    )
    _note("procedure.in_force", draft, by, at)
    draft.refresh_from_db()


def _note(action: str, version: ProcedureVersion, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"procedure:{version.procedure_id}",
        actor=by,
        at=at,
        office_id=version.procedure.programme.office_id,
        after={"version": version.version},
    )
