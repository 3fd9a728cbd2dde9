from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.people.queries import holder_of
from pegasus.sop import queries, shipped
from pegasus.sop.domain import standards
from pegasus.sop.domain.revisions import key_of
from pegasus.sop.models import Activity, Procedure, ProcedureDraft, ProcedureVersion, Programme
from pegasus.sop.shipped import ShippedActivity, ShippedProcedure


class CodeTaken(Exception):
    """The office has a programme of this code."""


class NothingChanged(Exception):
    """The programme is in that state already."""


@transaction.atomic
def install(
    *, office: Office, code: str, at: datetime, by: str = "Pegasus", head: str = "", title: str = ""
) -> Programme:
    """Install a shipped procedure as version 1, in force from `at`; an office that has it keeps what it has.

    The office that wrote the text gets it to the letter, and what it answers otherwise (`head`, `title`) as the draft
    of a revision. Any other gets a copy of its own: its agency, its head, no number yet.
    """
    there = Programme.objects.filter(office=office, code=code).first()
    if there is not None:
        return there
    text = shipped.procedure(code)
    if not shipped.is_of(text, office.name):
        agency = [line for line in (office.agency, office.region) if line]
        day = at.astimezone(ZoneInfo(office.timezone)).date()
        signer = head or _head(office, at)
        own = shipped.own_copy(text, office=office.name, agency=agency, head=signer, title=title, on=day)
        return write_programme(office=office, text=own, at=at, by=by)
    programme = write_programme(office=office, text=text, at=at, by=by)
    answers = {"title": title or text["title"], "approved_by_name": head or text["approved_by_name"]}
    if any(text[name] != words for name, words in answers.items()):  # type: ignore[literal-required] # two of its names
        _propose(programme, answers, by=by, at=at)
    return programme


def _head(office: Office, at: datetime) -> str:
    """Return the head's name as the roles have it, else as the office's own SOP has it."""
    held = holder_of(office, "head", on=at.astimezone(ZoneInfo(office.timezone)).date())
    if held is not None:
        return held.full_name
    known = ProcedureVersion.objects.filter(procedure__programme__office=office, in_force_until=None)
    return known.order_by("pk").values_list("approved_by_name", flat=True).first() or ""


def _propose(programme: Programme, answers: dict[str, str], *, by: str, at: datetime) -> None:
    version = queries.versions_in_force(programme.office, programme.code).get()
    day = at.astimezone(ZoneInfo(programme.office.timezone)).date().isoformat()
    text = {**queries.text_of(version), **answers, "revised_on": day, "effective_on": day}
    ProcedureDraft.objects.create(procedure=version.procedure, based_on=version, text=text, saved_at=at, saved_by=by)


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
    version = write_version(procedure=procedure, text=text, by=by, at=at)
    ProcedureVersion.objects.filter(pk=version.pk).update(in_force_from=at)
    audit.record(
        action="programme.installed",
        subject=f"programme:{programme.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"code": programme.code, "number": procedure.number},
    )
    return programme


def write_version(
    *, procedure: Procedure, text: ShippedProcedure, by: str, at: datetime, reason: str = ""
) -> ProcedureVersion:
    """Write the text of a version on somebody's decision that it comes into force on its day."""
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        version=text["version"],
        number=text["number"],
        agency=text["agency"],
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
        put_in_force_at=at,
        put_in_force_by=by,
        backdating_reason=reason,
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
                **{**row, "key": key_of(row)},
            )
        )
    Activity.objects.bulk_create(rows)
