from datetime import datetime

from django.db import transaction

from pegasus.people.models import Employee, PersonalLink


def open_link(*, employee: Employee, purpose: str, subject: str, expires_at: datetime, at: datetime) -> PersonalLink:
    """Return the employee's personal link for a subject, made or prolonged as needed."""
    link, made = PersonalLink.objects.get_or_create(
        employee=employee,
        purpose=purpose,
        subject=subject,
        revoked_at=None,
        defaults={"expires_at": expires_at, "created_at": at},
    )
    if not made and link.expires_at < expires_at:
        link.expires_at = expires_at
        link.save(update_fields=["expires_at"])
    return link


@transaction.atomic
def revoke_links(*, purpose: str, subject: str, at: datetime) -> int:
    """Close every open link of a subject; return how many were open."""
    return PersonalLink.objects.filter(purpose=purpose, subject=subject, revoked_at=None).update(revoked_at=at)
