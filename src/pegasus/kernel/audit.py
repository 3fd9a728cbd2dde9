"""The audit trail. Actions call `record` in their own transaction; there are no signals."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Max

from pegasus.kernel.models import AuditEntry


def record(  # noqa: PLR0913 - who, what, when, where: each is one fact
    *,
    action: str,
    subject: str,
    actor: str,
    at: datetime,
    office_id: int | None = None,
    employee_id: int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    address: str = "",
) -> None:
    """Write down one deed: `action` such as `roster.published`, `subject` such as `roster:7`."""
    AuditEntry.objects.create(
        action=action,
        subject=subject,
        actor=actor,
        at=at,
        office_id=office_id,
        employee_id=employee_id,
        before=dict(before or {}),
        after=dict(after or {}),
        address=address,
    )


def last_deeds(subjects: Iterable[str], *, office_id: int) -> dict[str, datetime]:
    """Return when something was last done to each of these things."""
    rows = AuditEntry.objects.filter(office_id=office_id, subject__in=list(subjects)).values("subject")
    return dict(rows.annotate(last=Max("at")).order_by("subject").values_list("subject", "last"))
