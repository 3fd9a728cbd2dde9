import secrets
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from pegasus.archive.models import Record
from pegasus.people.models import Office

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread on paper
CODE_LENGTH = 12
READERS = ("ca", "admin", "cc", "cl", "head", "assessor")
EDITORS = ("ca", "admin")
CONFIDANTS = ("ca", "cc", "head", "admin")


def records_of(office: Office) -> QuerySet[Record]:
    """The only door to records: those of one office, newest first."""
    return Record.objects.filter(office=office).order_by("-created_at", "-pk")


def records_for(office: Office, roles: Collection[str]) -> QuerySet[Record]:
    """Return the office's records that these roles may open; the confidential ones only for those who answer."""
    records = records_of(office)
    if set(roles) & set(CONFIDANTS):
        return records
    if set(roles) & set(READERS):
        return records.exclude(security_class=Record.SecurityClass.CONFIDENTIAL)
    return records.filter(security_class=Record.SecurityClass.OPEN)


def matching(records: QuerySet[Record], *, q: str, kind: str, year: str) -> QuerySet[Record]:
    """Narrow records by words of the title, the classification, the code or the hash, by kind and by year."""
    if q:
        words = q.strip()
        records = records.filter(
            Q(title__icontains=words)
            | Q(classification__istartswith=words)
            | Q(code__iexact=words)
            | Q(sha256__startswith=words.lower())
            | Q(paper_location__icontains=words)
        )
    if kind:
        records = records.filter(kind=kind)
    return records.filter(created_at__year=int(year)) if year else records


def kinds_of(office: Office) -> list[str]:
    """Return the kinds of records that an office has."""
    return list(Record.objects.filter(office=office).order_by("kind").values_list("kind", flat=True).distinct())


def years_of(office: Office) -> list[int]:
    """Return the years in which an office kept records, the newest first."""
    moments = Record.objects.filter(office=office).datetimes("created_at", "year", order="DESC")
    return [moment.year for moment in moments]


def record_behind(code: str) -> Record | None:
    """Return the record that a verification code names, whichever office it is of: for the public page alone."""
    return Record.objects.select_related("office", "replaces").filter(code=code[:16].upper()).first()


def records_with_hash(sha256: str) -> QuerySet[Record]:
    """Return the records of exactly this file, in every office: for verification alone."""
    return Record.objects.select_related("office").filter(sha256=sha256).order_by("-is_public", "pk")


def successor_of(record: Record) -> Record | None:
    """Return the newest record that replaces this one, however many stand between; None when it is in force."""
    current, seen = record, {record.pk}
    while (newer := Record.objects.filter(replaces=current).order_by("-created_at", "-pk").first()) is not None:
        if newer.pk in seen:
            break
        seen.add(newer.pk)
        current = newer
    return None if current.pk == record.pk else current


# A copy that was typeset for a signature replaces nothing until it carries one.
IN_FORCE = Q(is_public=True) | Q(requests_to_sign=None)


def with_replacement(records: QuerySet[Record]) -> QuerySet[Record]:
    """Mark each record with `is_replaced`."""
    return records.annotate(is_replaced=Exists(Record.objects.filter(IN_FORCE, replaces=OuterRef("pk"))))


def replacements_of(record: Record) -> QuerySet[Record]:
    """Return the records that replace this one, the newest first."""
    return Record.objects.filter(IN_FORCE, replaces=record).order_by("-created_at", "-pk")


def list_that_waits(office: Office, subject: str) -> Record | None:
    """Return the kept list of a scope whose signature is waited for, if any."""
    return records_of(office).filter(subject=subject, requests_on_copies__state="waiting").first()


def list_never_asked(office: Office, subject: str) -> Record | None:
    """Return the newest kept list of a scope that nobody was asked to sign, if any."""
    unasked = {"requests_on_copies": None, "requests_to_sign": None, "replaces": None, "is_public": False}
    return records_of(office).filter(subject=subject, **unasked).first()


def longest_unchecked(*, before: datetime, most: int) -> list[Record]:
    """Return the records whose files were not hashed since a moment, longest ago first; reading no others."""
    records = Record.objects.select_related("office")
    # Two ranges of one index: a single condition over both would read every record there is.
    never = list(records.filter(checked_at=None).order_by("checked_at", "pk")[:most])
    return never + list(records.filter(checked_at__lt=before).order_by("checked_at", "pk")[: most - len(never)])


def damaged_records(office: Office) -> QuerySet[Record]:
    """Return the office's records whose file is gone or has changed."""
    return records_of(office).filter(damage__gt="")


def count_damaged() -> int:
    """Return how many files of this installation are damaged: for the health page."""
    # "Greater than empty" is a range of the index; "not empty" would read every record there is.
    return Record.objects.filter(damage__gt="").count()


def new_code() -> str:
    """Return a fresh verification code: 60 random bits, upper case so that its QR is small."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
