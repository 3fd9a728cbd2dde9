from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people import queries
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
