"""Who holds which role, and what it is called."""

from datetime import date

from django.db.models import Q, QuerySet

from pegasus.people.models import Employee, Office, Role, RoleAssignment
from pegasus.people.queries.staff import employees_of

KEEPERS = (Role.CA, Role.ADMIN)


def roles_in(office: Office) -> QuerySet[RoleAssignment]:
    """The only door to role assignments: those of one office, with their people, the oldest first."""
    return (
        RoleAssignment.objects.filter(employee__office=office)
        .select_related("employee__office")
        .order_by("valid_from", "pk")
    )


def holders_of(office: Office, role: str, *, on: date) -> QuerySet[Employee]:
    """Return who holds a role on a day; the newest assignment first."""
    held = RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), employee__office=office, role=role, valid_from__lte=on
    )
    return employees_of(office).filter(roles__in=held).order_by("-roles__valid_from", "pk")


def keepers_of(office: Office, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the assignments by which somebody may keep the staff list on a day."""
    return RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        Q(employee__active_until=None) | Q(employee__active_until__gte=on),
        employee__office=office,
        role__in=KEEPERS,
        valid_from__lte=on,
    )


def holder_of(office: Office, role: str, *, on: date) -> Employee | None:
    """Return the one to turn to for a role, or None when nobody holds it."""
    return holders_of(office, role, on=on).first()


def role_choices(office: Office) -> list[tuple[str, str]]:
    """Return the roles with the office's own words."""
    return [(role, role_label(office, role)) for role in Role.values]


def role_label(office: Office, role: str) -> str:
    """Return the office's own word for a role."""
    return str(office.role_labels.get(role) or Role(role).label)
