import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from pegasus.archive import lists, queries
from pegasus.archive.files import FileDamaged, content_of
from pegasus.archive.models import Record
from pegasus.archive.queries import new_code
from pegasus.kernel import audit
from pegasus.people.models import Office

# Defaults of classification per kind (reference: BPS scheme of 2024); the archivist may change each.
CLASSIFICATION = {
    "sop": "OT.130",
    "roster": "TS.220",
    "card": "HM.600",
    "screenshot": "HM.600",
    "quarter_report": "PR.640",
    "semester_report": "PR.640",
    "archive_list": "KA.310",
}
SUFFIX = re.compile(r"[a-z0-9]{1,8}")
CHECKED_AGAIN_AFTER = timedelta(days=30)
EDITABLE = (
    "title",
    "classification",
    "security_class",
    "copy_status",
    "retention_active_years",
    "retention_inactive_years",
    "fate",
)


SECRECY = Record.SecurityClass.values  # from open to confidential


class NothingChanged(Exception):
    """The record says that already."""


def keep(  # noqa: PLR0913 - a record is its facts
    *,
    office: Office,
    kind: str,
    title: str,
    data: bytes,
    filename: str,
    content_type: str,
    by: str,
    at: datetime,
    subject: str = "",
    code: str | None = None,
    is_public: bool = False,
    replaces: Record | None = None,
    copy_status: str = Record.CopyStatus.ORIGINAL,
    covers: tuple[date, date] | None = None,
    security_class: str | None = None,
) -> Record:
    """Keep a file for good: it is written first, then its row, so that no row points at nothing.

    `covers` are the first and the last day that it is about; what replaces a record is about the same days, and as
    secret as it is unless `security_class` says otherwise.
    """
    if security_class is None:
        security_class = replaces.security_class if replaces else Record.SecurityClass.OPEN
    if covers is None and replaces is not None and replaces.covers_from and replaces.covers_until:
        covers = (replaces.covers_from, replaces.covers_until)
    record = Record(
        covers_from=covers[0] if covers else None,
        covers_until=covers[1] if covers else None,
        office=office,
        code=code or new_code(),
        kind=kind,
        title=title,
        subject=subject,
        filename=filename,
        content_type=content_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        is_public=is_public,
        replaces=replaces,
        created_at=at,
        created_by=by,
        classification=CLASSIFICATION.get(kind, ""),
        copy_status=copy_status,
        security_class=security_class,
        checked_at=at,
    )
    suffix = filename.rpartition(".")[2].lower()
    if not SUFFIX.fullmatch(suffix):
        suffix = "bin"
    record.file.save(
        f"{office.code}/{at:%Y}/{record.sha256[:16]}-{record.code}.{suffix}", ContentFile(data), save=False
    )
    record.save(force_insert=True)
    return record


def keep_list(*, office: Office, kind: str, year: str, by: str, at: datetime) -> Record:
    """Keep the Daftar Arsip as it stands, so that a signature can be asked for it; return it.

    The one that waits for its signature, or that nobody was asked to sign yet and that says the same, is kept once.
    """
    subject = lists.subject_of(kind, year)
    for found in (queries.list_that_waits(office, subject), queries.list_never_asked(office, subject)):
        if found is not None and (found.requests_on_copies.exists() or lists.is_current(found)):
            return found
    records = list(lists.listed(office, kind=kind, year=year))
    return keep(
        office=office,
        kind=lists.KIND,
        title=f"Daftar Arsip, {lists.scope_of(kind, year)}",
        data=lists.pdf(records, office=office, scope=lists.scope_of(kind, year), at=at),
        filename=f"{subject.replace(':', '-').rstrip('-')}.pdf",
        content_type="application/pdf",
        by=by,
        at=at,
        subject=subject,
        covers=(date(int(year), 1, 1), date(int(year), 12, 31)) if year else None,
        # A list is as secret as the most secret title in it.
        security_class=max((record.security_class for record in records), key=SECRECY.index, default=SECRECY[0]),
    )


@transaction.atomic
def describe(*, record: Record, changes: Mapping[str, object], by: str, at: datetime) -> None:
    """Change how a record is classified and how long it is kept; the file itself never changes."""
    before = {name: getattr(record, name) for name in EDITABLE if name in changes}
    after = {name: changes[name] for name in before if changes[name] != before[name]}
    if not after:
        raise NothingChanged
    for name, value in after.items():
        setattr(record, name, value)
    record.save(update_fields=[*after])
    _note("archive.described", record, by=by, at=at, before={name: before[name] for name in after}, after=after)


@transaction.atomic
def file_paper(*, record: Record, location: str, by: str, at: datetime) -> None:
    """Write down where the paper is (SOP: "Disimpan sebagai data elektronik dan manual"); empty takes it back."""
    before = record.paper_location
    if location == before:
        raise NothingChanged
    record.paper_location = location
    record.paper_filed_at, record.paper_filed_by = (at, by) if location else (None, "")
    record.save(update_fields=["paper_location", "paper_filed_at", "paper_filed_by"])
    _note("archive.paper_filed", record, by=by, at=at, before={"location": before}, after={"location": location})


@transaction.atomic
def report_damage(*, record: Record, damage: str, by: str, at: datetime) -> None:
    """Write down that a stored file is gone or has changed; told once, until it is whole again."""
    changed = Record.objects.filter(pk=record.pk).exclude(damage=damage).update(damage=damage, checked_at=at)
    if changed:
        _note("archive.damaged", record, by=by, at=at, before={}, after={"damage": str(damage)})
    record.damage = damage


@transaction.atomic
def report_whole(*, record: Record, by: str, at: datetime) -> None:
    """Write down that a stored file is what was kept."""
    mended = Record.objects.filter(pk=record.pk).exclude(damage="").update(damage="")
    Record.objects.filter(pk=record.pk).update(checked_at=at)
    if mended:
        _note("archive.whole_again", record, by=by, at=at, before={}, after={})
    record.damage = ""


def check(*, record: Record, by: str, at: datetime) -> bool:
    """Hash a stored file again; return whether it is what was kept."""
    try:
        content_of(record)
    except FileDamaged as found:
        report_damage(record=record, damage=found.damage, by=by, at=at)
        return False
    report_whole(record=record, by=by, at=at)
    return True


def check_some(*, most: int, most_bytes: int, by: str, at: datetime) -> int:
    """Hash the files again that were not looked at for the longest time, up to either limit; return the damaged."""
    damaged = read = 0
    for record in queries.longest_unchecked(before=at - CHECKED_AGAIN_AFTER, most=most):
        damaged += not check(record=record, by=by, at=at)
        read += record.size
        if read >= most_bytes:
            break
    return damaged


def _note(
    action: str, record: Record, *, by: str, at: datetime, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    audit.record(
        action=action,
        subject=f"record:{record.pk}",
        actor=by,
        at=at,
        office_id=record.office_id,
        before=before,
        after=after,
    )
