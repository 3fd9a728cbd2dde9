import secrets

from django.db.models import QuerySet

from pegasus.archive.models import Record
from pegasus.people.models import Office

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread on paper
CODE_LENGTH = 12


def records_of(office: Office) -> QuerySet[Record]:
    """The only door to records: those of one office, newest first."""
    return Record.objects.filter(office=office).order_by("-created_at", "-pk")


def new_code() -> str:
    """Return a fresh verification code: 60 random bits, upper case so that its QR is small."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
