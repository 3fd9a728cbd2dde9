from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.actions.anonymity import refuse_leaver
from pegasus.people.actions.api_tokens import end_tokens
from pegasus.people.models import Employee, User


class UsernameTaken(Exception):
    """Somebody else signs in with this name."""


class AccountExists(Exception):
    """The person has an account already."""


@transaction.atomic
def give_account(
    *, employee: Employee, username: str, password: str, by: str, at: datetime, temporary: bool = False
) -> User:
    """Give a person an account to sign in with; a temporary password must be changed first of all."""
    refuse_leaver(employee, at)
    if employee.user_id is not None:
        raise AccountExists
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username)
    user = User.objects.create_user(
        username=username, email=employee.email or None, password=password, must_change_password=temporary
    )
    employee.user = user
    employee.save(update_fields=["user"])
    _record("account.given", employee, by, at)
    return user


@transaction.atomic
def reset_password(*, employee: Employee, password: str, by: str, at: datetime) -> None:
    """Replace a forgotten password by a temporary one; sessions opened with the old one end."""
    refuse_leaver(employee, at)
    if employee.user is None:
        raise User.DoesNotExist
    employee.user.set_password(password)
    employee.user.must_change_password = True
    employee.user.save(update_fields=["password", "must_change_password"])
    end_tokens(employee=employee, by=by, at=at)
    _record("account.password_reset", employee, by, at)


def _record(action: str, employee: Employee, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"employee:{employee.pk}",
        actor=by,
        at=at,
        office_id=employee.office_id,
    )
