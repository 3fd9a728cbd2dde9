"""Who holds which role, and what it is called."""

from datetime import date

from django.db.models import Max, Q, QuerySet

from pegasus.people.models import Employee, Office, Outsider, Role, RoleAssignment, RoleProposal, User
from pegasus.people.queries.staff import employees_of

KEEPERS = (Role.CA, Role.ADMIN)
# Who judges the programme or the people in it, or decides who may: nobody gives these to themselves in silence.
POWERFUL = (Role.ADMIN, Role.HEAD, Role.CC, Role.CL, Role.ASSESSOR)
PEGASUS = "pegasus"  # the programme of the office's weekly cards, which every office has


def roles_in(office: Office) -> QuerySet[RoleAssignment]:
    """The only door to role assignments: those of one office, with their people, the oldest first."""
    return (
        RoleAssignment.objects.filter(employee__office=office)
        .select_related("employee__office")
        .order_by("valid_from", "pk")
    )


def holders_of(office: Office, role: str, *, on: date) -> QuerySet[Employee]:
    """Return who holds a role on a day; the newest assignment first."""
    return _newest_first(office, _held(on).filter(role=role))


def _held(on: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)


def _newest_first(office: Office, held: QuerySet[RoleAssignment]) -> QuerySet[Employee]:
    # Somebody may hold one role twice, for two programmes: once in this list.
    since = Max("roles__valid_from", filter=Q(roles__in=held))
    return employees_of(office).annotate(held_since=since).exclude(held_since=None).order_by("-held_since", "pk")


def keepers_of(office: Office, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the assignments by which somebody may keep the staff list on a day."""
    return _working(office, on).filter(role__in=KEEPERS)


def administrators_of(office: Office, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the assignments by which somebody is the office's administrator on a day."""
    return _working(office, on).filter(role=Role.ADMIN)


def _working(office: Office, on: date) -> QuerySet[RoleAssignment]:
    here = Q(employee__active_until=None) | Q(employee__active_until__gte=on)
    return _held(on).filter(here, employee__office=office)


def holder_of(office: Office, role: str, *, on: date, programme: str = "") -> Employee | None:
    """Return the one to turn to for a role, or None when nobody holds it.

    With a programme named, a change agent is its own: by the newest decree that names it, else by one that names
    none. Where a programme has neither, the agent of Pegasus looks after it; the agent of another programme never
    becomes that of Pegasus.
    """
    if role != Role.CA or not programme:
        return holders_of(office, role, on=on).first()
    held = _held(on).filter(role=role)
    for named in (programme, "", PEGASUS):
        found = _newest_first(office, held.filter(programme=named)).first()
        if found is not None:
            return found
    return None


def holds_power(employee: Employee, *, on: date) -> bool:
    """Tell whether a person holds a role with power, or will."""
    return (
        RoleAssignment.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), role__in=POWERFUL)
        .filter(employee=employee)
        .exists()
    )


def accounts_with_power(office: Office, *, on: date) -> QuerySet[User]:
    """Return the accounts of those who hold a role with power on a day, from outside too, by key."""
    inside = _working(office, on).filter(role__in=POWERFUL)
    outside = outsiders_of(office).filter(valid_from__lte=on, valid_until__gte=on)
    found = User.objects.filter(Q(employee__roles__in=inside) | Q(outsider__in=outside))
    return found.distinct().order_by("pk")


def proposals_in(office: Office) -> QuerySet[RoleProposal]:
    """The only door to proposed roles: those of one office that wait, with their people, the oldest first."""
    return (
        RoleProposal.objects.filter(employee__office=office, state=RoleProposal.State.PROPOSED)
        .select_related("employee__office", "proposed_by")
        .order_by("proposed_at", "pk")
    )


def outsiders_of(office: Office) -> QuerySet[Outsider]:
    """The only door to people from outside: those of one office, the newest first."""
    return Outsider.objects.filter(office=office).select_related("user", "office").order_by("-valid_until", "-pk")


def role_choices(office: Office) -> list[tuple[str, str]]:
    """Return the roles with the office's own words."""
    return [(role, role_label(office, role)) for role in Role.values]


def role_label(office: Office, role: str) -> str:
    """Return the office's own word for a role."""
    return str(office.role_labels.get(role) or Role(role).label)
