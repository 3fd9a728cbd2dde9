from datetime import datetime

from pegasus.archive.models import Record
from pegasus.delivery.models import Delivery
from pegasus.kernel import jobs
from pegasus.people.models import Employee, Office


def plan_delivery(  # noqa: PLR0913 - a delivery is its facts
    *,
    office: Office,
    key: str,
    channel: str,
    kind: str,
    to: Employee | None,
    text: str,
    due_at: datetime,
    at: datetime,
    subject: str = "",
    picture: Record | None = None,
    expires_at: datetime | None = None,
    on_change: str = "",
) -> Delivery:
    """Plan a delivery once; planning the same key again returns the row as it is."""
    delivery, made = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "office": office,
            "channel": channel,
            "kind": kind,
            "to": to,
            "subject": subject,
            "text": text,
            "picture": picture,
            "due_at": due_at,
            "expires_at": expires_at,
            "on_change": on_change,
            "created_at": at,
        },
    )
    if made:
        jobs.wake("delivery.send", delivery.pk, at=due_at)
    return delivery
