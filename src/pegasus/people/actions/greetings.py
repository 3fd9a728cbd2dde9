from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit, jobs
from pegasus.people.actions.anonymity import refuse_anonymised
from pegasus.people.models import Employee


@transaction.atomic
def set_greeting(*, employee: Employee, wanted: bool, by: str, at: datetime) -> bool:
    """Note that somebody is not to be greeted on their birthday, or may be again; tell whether that is new."""
    refuse_anonymised(employee)
    rows = Employee.objects.filter(pk=employee.pk, greeting_declined_at__isnull=not wanted)
    if not rows.update(greeting_declined_at=None if wanted else at):
        return False
    employee.refresh_from_db(fields=["greeting_declined_at"])
    audit.record(
        action="greeting.accepted" if wanted else "greeting.declined",
        subject=f"employee:{employee.pk}",
        actor=by,
        at=at,
        office_id=employee.office_id,
        employee_id=employee.pk,
    )
    birthdays_changed(employee.office_id)
    return True


def birthdays_changed(office_pk: int) -> None:
    """Let the office's birthday tasks follow what is known of its people now."""
    jobs.wake("sop.open_period_tasks_of", office_pk, unique_key=f"sop.birthdays|{office_pk}")
