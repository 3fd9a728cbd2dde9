from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.sop import shipped
from pegasus.sop.domain import standards
from pegasus.sop.models import Activity, Procedure, ProcedureVersion, Programme
from pegasus.sop.shipped import ShippedActivity, ShippedProcedure


class CodeTaken(Exception):
    """The office has a programme of this code."""


class NothingChanged(Exception):
    """The programme is in that state already."""


@transaction.atomic
def install(*, office: Office, code: str, at: datetime, by: str = "Pegasus") -> Programme:
    """Install a shipped procedure as version 1, in force from `at`; an office that has it keeps what it has."""
    there = Programme.objects.filter(office=office, code=code).first()
    if there is not None:
        return there
    return write_programme(office=office, text=shipped.procedure(code), at=at, by=by)


@transaction.atomic
def add_programme(*, office: Office, text: ShippedProcedure, at: datetime, by: str) -> Programme:
    """Take up a programme that the office has written itself."""
    if Programme.objects.filter(office=office, code=text["code"]).exists():
        raise CodeTaken
    return write_programme(office=office, text=text, at=at, by=by)


@transaction.atomic
def set_active(*, programme: Programme, active: bool, by: str, at: datetime) -> None:
    """Let a programme rest, or run again: a resting one opens no tasks."""
    if not Programme.objects.filter(pk=programme.pk, is_active=not active).update(is_active=active):
        raise NothingChanged
    audit.record(
        action="programme.resumed" if active else "programme.rested",
        subject=f"programme:{programme.pk}",
        actor=by,
        at=at,
        office_id=programme.office_id,
    )


def write_programme(*, office: Office, text: ShippedProcedure, at: datetime, by: str) -> Programme:
    """Write a programme with its procedure and the first version of it, in force from `at`."""
    programme = Programme.objects.create(office=office, code=text["code"], name=text["name"])
    procedure = Procedure.objects.create(programme=programme, number=text["number"])
    write_version(procedure=procedure, text=text, in_force_from=at)
    audit.record(
        action="programme.installed",
        subject=f"programme:{programme.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"code": programme.code, "number": procedure.number},
    )
    return programme


def write_version(*, procedure: Procedure, text: ShippedProcedure, in_force_from: datetime | None) -> ProcedureVersion:
    """Write the text of a version: in force from a moment, or a draft."""
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        version=text["version"],
        title=text["title"],
        unit=text["unit"],
        created_on=date.fromisoformat(text["created_on"]),
        revised_on=date.fromisoformat(text["revised_on"]) if text["revised_on"] else None,
        effective_on=date.fromisoformat(text["effective_on"]),
        approved_by_position=text["approved_by_position"],
        approved_by_name=text["approved_by_name"],
        legal_basis=text["legal_basis"],
        qualifications=text["qualifications"],
        related=text["related"],
        warnings=text["warnings"],
        equipment=text["equipment"],
        recording=text["recording"],
        lanes=text["lanes"],
        in_force_from=in_force_from,
    )
    write_activities(version=version, activities=text["activities"])
    return version


def write_activities(*, version: ProcedureVersion, activities: Sequence[ShippedActivity]) -> None:
    """Write the rows of a version's flow table, each time standard read from its text."""
    rows = []
    for row in activities:
        standard = standards.parse(row["time_standard"])
        rows.append(
            Activity(
                version=version,
                time_unit=standard.unit,
                time_least=standard.least,
                time_most=standard.most,
                **row,
            )
        )
    Activity.objects.bulk_create(rows)
