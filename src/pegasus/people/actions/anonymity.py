from pegasus.people.models import Employee


class Anonymised(Exception):
    """The person was forgotten: the row is a record of the past and takes nothing new."""


def refuse_anonymised(employee: Employee) -> None:
    """Refuse to write anything about somebody who was forgotten; it could never be forgotten again."""
    if employee.anonymised_at is not None:
        raise Anonymised
