from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import audit
from pegasus.kernel.fields import with_indexes
from pegasus.people import queries, reasons
from pegasus.people.actions.greetings import birthdays_changed
from pegasus.people.actions.mappings import remember_mapping
from pegasus.people.domain.row_reading import Remark
from pegasus.people.domain.staff_list import FACTS, Decision, IdentityQuestion, Plan, plan
from pegasus.people.models import Employee, Office
from pegasus.people.sheets import Sheet


class NoNameColumn(Exception):
    """Nobody knows which column has the names."""


@dataclass(frozen=True)
class Told:
    """A refused or doubtful row in words."""

    row: int
    field: str
    reason: str
    value: str
    person: str = ""

    @property
    def label(self) -> str:
        """The field's word on a screen."""
        return reasons.field_label(self.field)

    def as_json(self) -> dict[str, object]:
        """Return what the contract names."""
        return {"row": self.row, "field": self.field, "reason": self.reason, "value": self.value}


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do."""

    created: int
    updated: int
    unchanged: int
    missing: list[str]
    rejected: list[Told]
    warnings: list[Told]
    left_out: list[Told] = field(default_factory=list)
    plan: Plan = field(repr=False, compare=False, default_factory=Plan)

    def as_json(self) -> dict[str, object]:
        """Return the contract of `import-employees --json`."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "missing": self.missing,
            "rejected": [one.as_json() for one in self.rejected],
            "warnings": [one.as_json() for one in self.warnings],
        }


@transaction.atomic
def import_employees(
    *,
    office: Office,
    sheet: Sheet,
    mapping: Mapping[str, int] | None = None,
    answers: Mapping[int, str] | None = None,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> ImportResult:
    """Take the good rows of a staff list into the office, and say of every other row why not.

    `answers` say by row who a person is where only somebody can tell; a row without one is not taken.
    """
    if mapping is None:
        mapping = queries.columns_for(queries.mapping_of(office, sheet.fingerprint), sheet)
    if sheet.kind.lacks(mapping):
        raise NoNameColumn
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    # Two imports at once wait for each other here; on SQLite the transaction itself is the lock.
    Office.objects.select_for_update().get(pk=office.pk)
    decided = plan(sheet.people, mapping, queries.known_people(office), today=today, answers=answers)
    result = _result(decided)
    if not dry_run:
        _apply(office, decided)
        remember_mapping(office=office, sheet=sheet, mapping=mapping, at=at)
        birthdays_changed(office.pk)
        audit.record(
            action="employees.imported",
            subject=f"office:{office.pk}",
            actor=by,
            at=at,
            office_id=office.pk,
            after={
                "file": sheet.filename[:120],
                **{name: getattr(result, name) for name in ("created", "updated", "unchanged")},
                "rejected": len(result.rejected),
                "changed": sorted({d.pk for d in decided.decisions if d.outcome == "updated" and d.pk}),
            },
        )
    return result


def _result(decided: Plan) -> ImportResult:
    return ImportResult(
        created=decided.count("created"),
        updated=decided.count("updated"),
        unchanged=decided.count("unchanged"),
        missing=[known.name for known in decided.missing],
        rejected=sorted(told(decided.refused) + asked(decided.open_questions), key=lambda one: one.row),
        warnings=told(decided.doubts),
        left_out=told(decided.left_out),
        plan=decided,
    )


def told(remarks: Sequence[Remark]) -> list[Told]:
    """Put remarks into words."""
    return [
        Told(remark.row, remark.field, reasons.sentence(remark), remark.value, remark.person) for remark in remarks
    ]


def asked(questions: Sequence[IdentityQuestion]) -> list[Told]:
    """Put open questions into words, as rows that are not taken."""
    return [
        Told(
            one.entry.row,
            one.by,
            reasons.open_question_sentence(one),
            "" if one.by == "phone" else str(getattr(one.entry, one.by)),
            one.entry.name,
        )
        for one in questions
    ]


def _apply(office: Office, decided: Plan) -> None:
    Employee.objects.bulk_create(
        Employee(office=office, **_facts(vars(decision.entry)))
        for decision in decided.decisions
        if decision.outcome == "created"
    )
    changing = {
        decision.pk: decision for decision in decided.decisions if decision.outcome == "updated" and decision.pk
    }
    # A NIP that moves from one row to another must be free first: the constraint looks at every statement.
    rows = list(queries.employees_of(office).filter(pk__in=changing))
    queries.employees_of(office).filter(pk__in=[row.pk for row in rows if "nip" in changing[row.pk].changes]).update(
        nip="", nip_index=""
    )
    changed: dict[str, list[Employee]] = {}
    for row in rows:
        for name in _change(row, changing[row.pk]):
            changed.setdefault(name, []).append(row)
    # Fact by fact: one statement for many rows costs by the number of its columns.
    for name, those in changed.items():
        Employee.objects.bulk_update(those, [name], batch_size=500)


def _change(row: Employee, decision: Decision) -> list[str]:
    facts = _facts(decision.changes)
    if decision.returns:
        facts["active_until"] = None
    for name, value in facts.items():
        setattr(row, name, value)
    return with_indexes(row, facts)


def _facts(values: Mapping[str, object]) -> dict[str, object]:
    facts: dict[str, object] = {name: str(values[name]) for name in FACTS if name in values}
    if "birth_date" in facts:
        facts["birth_date"] = date.fromisoformat(str(facts["birth_date"])) if facts["birth_date"] else None
    return facts
