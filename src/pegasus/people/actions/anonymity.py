from datetime import datetime
from zoneinfo import ZoneInfo

from pegasus.people.models import Employee


class Anonymised(Exception):
    """The person was forgotten: the row is a record of the past and takes nothing new."""


def refuse_anonymised(employee: Employee) -> None:
    """Refuse to write anything about somebody who was forgotten; it could never be forgotten again."""
    if employee.anonymised_at is not None:
        raise Anonymised


class HasLeft(Exception):
    """The person works here no more; what is given to them would be in nobody's hands."""


def refuse_leaver(employee: Employee, at: datetime) -> None:
    """Refuse to give anything to somebody whose last day is past."""
    refuse_anonymised(employee)
    last = employee.active_until
    if last is not None and last < at.astimezone(ZoneInfo(employee.office.timezone)).date():
        raise HasLeft
