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
    *,
    employee: Employee,
    username: str,
    password: str,
    by: str,
    at: datetime,
    temporary: bool = False,
    with_mailbox: bool = True,
) -> User:
    """Give a person an account to sign in with; a temporary password must be changed first of all.

    Without a mailbox nobody renews its password by e-mail until its owner has written their own down.
    """
    refuse_leaver(employee, at)
    if employee.user_id is not None:
        raise AccountExists
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username)
    user = User.objects.create_user(
        username=username,
        email=(employee.email if with_mailbox else "") or None,
        password=password,
        must_change_password=temporary,
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


@transaction.atomic
def close_account(*, employee: Employee, by: str, at: datetime) -> None:
    """Shut whoever is in an account out of it: password, sessions, tokens, factors, mailbox and linked sign-ins end.

    Its administrator gives it a fresh password; its owner then writes their own mailbox down.
    """
    user = employee.user
    if user is None:
        raise User.DoesNotExist
    user.set_unusable_password()  # sessions are bound to the password: they end with it
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    User.objects.filter(pk=user.pk).update(email="")
    for rows in ("emailaddress_set", "socialaccount_set", "authenticator_set"):
        getattr(user, rows).all().delete()
    end_tokens(employee=employee, by=by, at=at)
    _record("account.closed", employee, by, at)


def _record(action: str, employee: Employee, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"employee:{employee.pk}",
        actor=by,
        at=at,
        office_id=employee.office_id,
    )
