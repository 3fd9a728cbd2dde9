from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.actions.absences import add_absence
from pegasus.people.actions.imports import Told, told
from pegasus.people.actions.mappings import remember_mapping
from pegasus.people.domain.leave_list import LeavePlan, plan
from pegasus.people.models import Office
from pegasus.people.sheets import Sheet


class ColumnsMissing(Exception):
    """Nobody knows which column says who is away, or from when."""


@dataclass(frozen=True)
class LeaveResult:
    """What an import of leave and trips did, or would do."""

    added: int
    known: int
    coming: int  # of the added, those that are not over yet: a roster may have to change
    rejected: list[Told]
    warnings: list[Told]
    plan: LeavePlan = field(repr=False, compare=False, default_factory=LeavePlan)


@transaction.atomic
def import_absences(
    *,
    office: Office,
    sheet: Sheet,
    mapping: Mapping[str, int] | None = None,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> LeaveResult:
    """Write down the days away of a list, and say of every other row why not."""
    if mapping is None:
        mapping = queries.columns_for(queries.mapping_of(office, sheet.fingerprint), sheet)
    if sheet.kind.lacks(mapping):
        raise ColumnsMissing
    # Two imports at once wait for each other here; on SQLite the transaction itself is the lock.
    Office.objects.select_for_update().get(pk=office.pk)
    decided = plan(sheet.people, mapping, queries.known_people(office), queries.days_away(office))
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    result = LeaveResult(
        added=len(decided.new),
        known=len(decided.taken) - len(decided.new),
        coming=sum(row.last >= today for row in decided.new),
        rejected=told(decided.refused),
        warnings=told(decided.doubts),
        plan=decided,
    )
    if not dry_run:
        _write(office, decided, by, at)
        remember_mapping(office=office, sheet=sheet, mapping=mapping, at=at)
        audit.record(
            action="absences.imported",
            subject=f"office:{office.pk}",
            actor=by,
            at=at,
            office_id=office.pk,
            after={
                "file": sheet.filename[:120],
                "added": result.added,
                "known": result.known,
                "rejected": len(result.rejected),
            },
        )
    return result


def _write(office: Office, decided: LeavePlan, by: str, at: datetime) -> None:
    wanted = {row.person.pk for row in decided.new}
    people = {one.pk: one for one in queries.employees_of(office).select_related("office") if one.pk in wanted}
    for row in decided.new:
        add_absence(
            employee=people[row.person.pk],
            starts_on=row.first,
            ends_on=row.last,
            kind=row.kind,
            note=row.note,
            by=by,
            at=at,
        )
