from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.models import Employee, Office, SecretAddress


@transaction.atomic
def renew_address(
    *, office: Office, purpose: str, by: str, at: datetime, employee: Employee | None = None
) -> SecretAddress:
    """Give a new secret address and open it; whoever holds the old one sees nothing any more."""
    row = _row(office, purpose, employee, at)
    row.edition, row.is_open, row.changed_at = row.edition + 1, True, at
    row.save(update_fields=["edition", "is_open", "changed_at"])
    _record("address.renewed", row, by, at)
    return row


@transaction.atomic
def close_address(
    *, office: Office, purpose: str, by: str, at: datetime, employee: Employee | None = None
) -> SecretAddress:
    """Let a secret address lead nowhere until a new one is made."""
    row = _row(office, purpose, employee, at)
    row.is_open, row.changed_at = False, at
    row.save(update_fields=["is_open", "changed_at"])
    _record("address.closed", row, by, at)
    return row


def _row(office: Office, purpose: str, employee: Employee | None, at: datetime) -> SecretAddress:
    row, _made = SecretAddress.objects.select_for_update().get_or_create(
        office=office, employee=employee, purpose=purpose, defaults={"changed_at": at}
    )
    return row


def _record(action: str, row: SecretAddress, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"address:{row.purpose}",
        actor=by,
        at=at,
        office_id=row.office_id,
        employee_id=row.employee_id,
        after={"edition": row.edition},
    )
