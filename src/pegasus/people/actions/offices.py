import re
from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.models import Office

UNIT_CODE_PADDING = "0"


class CodeTaken(Exception):
    """Another office has this code."""


class CodeRefused(Exception):
    """An office's code is four digits."""


@transaction.atomic
def add_office(*, code: str, name: str, timezone: str, by: str, at: datetime, **fields: object) -> Office:
    """Found an office; in letters its code has a fifth digit, 0 unless given (1700 is 17000)."""
    if not re.fullmatch(r"[0-9]{4}", code):
        raise CodeRefused(code)
    if Office.objects.filter(code=code).exists():
        raise CodeTaken(code)
    fields.setdefault("unit_code", code + UNIT_CODE_PADDING)
    office = Office.objects.create(code=code, name=name, timezone=timezone, **fields)
    audit.record(
        action="office.added",
        subject=f"office:{office.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"code": code, "name": name},
    )
    return office
