"""What the holders of accounts are told, and what their accounts lack."""

from django.db.models import QuerySet

from pegasus.people.models import AccountNotice, Employee, User


def notices_for(user: User) -> QuerySet[AccountNotice]:
    """Return what somebody has not seen yet, the newest first."""
    return AccountNotice.objects.filter(user=user, seen_at=None).order_by("-at", "-pk")


def lacks_second_factor(user: User) -> bool:
    """Tell whether an account is opened by a password alone."""
    factors = user.authenticator_set  # type: ignore[attr-defined] # allauth names it, and publishes no types
    return not factors.exclude(type="recovery_codes").exists()


def has_second_factor(employee: Employee) -> bool:
    """Tell whether a person's account asks for a second factor."""
    return employee.user is not None and not lacks_second_factor(employee.user)
