from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.actions.employees import change_employee
from pegasus.people.models import Employee


@transaction.atomic
def export_own_data(*, employee: Employee, by: str, at: datetime) -> dict[str, object]:
    """Give a person everything that is kept about them, and write down that it left the house."""
    audit.record(
        action="own_data.exported",
        subject=f"employee:{employee.pk}",
        actor=by,
        at=at,
        office_id=employee.office_id,
        employee_id=employee.pk,
    )
    return queries.own_data(employee)


@transaction.atomic
def change_own_contact(*, employee: Employee, by: str, at: datetime, **facts: object) -> list[str]:
    """Put one's own phone and mail right; the mailbox of the account follows its owner, and nobody else.

    A staff list or a change agent changes the person's mailbox only: a link to reset the password would otherwise
    go where they point it.
    """
    changed = change_employee(employee=employee, by=by, at=at, **facts)
    if "email" in changed and employee.user is not None:
        employee.user.email = employee.email
        employee.user.save(update_fields=["email"])
    return changed
