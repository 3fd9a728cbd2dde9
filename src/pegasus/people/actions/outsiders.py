from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.actions.accounts import UsernameTaken
from pegasus.people.actions.notices import tell
from pegasus.people.actions.powers import OnlyTheAdministrator, is_administrator
from pegasus.people.actions.roles import EndsBeforeItStarts
from pegasus.people.models import Employee, Office, Outsider, User


@dataclass(frozen=True)
class Guest:
    """Whom to invite, and until when."""

    name: str
    institution: str
    email: str
    username: str
    valid_until: date


@transaction.atomic
def invite_outsider(
    *,
    office: Office,
    guest: Guest,
    password: str,
    by: Employee | None,
    at: datetime,
    temporary: bool = True,
) -> Outsider:
    """Give somebody from another institution an assessor's account until a day; `by` is the administrator.

    Only the demonstration office is made without one.
    """
    if by is not None and not is_administrator(by, at):
        raise OnlyTheAdministrator
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    if guest.valid_until < today:
        raise EndsBeforeItStarts
    if User.objects.filter(username__iexact=guest.username).exists():
        raise UsernameTaken(guest.username)
    user = User.objects.create_user(
        username=guest.username, email=guest.email or None, password=password, must_change_password=temporary
    )
    inviter = by.name if by else "Pegasus"
    made = Outsider.objects.create(
        office=office,
        user=user,
        name=guest.name,
        institution=guest.institution,
        email=guest.email,
        valid_from=today,
        valid_until=guest.valid_until,
        invited_by=inviter,
        invited_at=at,
    )
    _record("outsider.invited", made, by, at)
    _tell_power("outsider.invited", made, by, at)
    return made


@transaction.atomic
def end_outsider(*, outsider: Outsider, by: Employee, at: datetime) -> bool:
    """End the access at once, open sessions included; tell whether it still stood."""
    if not is_administrator(by, at):
        raise OnlyTheAdministrator
    if not Outsider.objects.filter(pk=outsider.pk, ended_at=None).update(ended_at=at):
        return False
    if outsider.user is not None:
        User.objects.filter(pk=outsider.user.pk).update(is_active=False)
    _record("outsider.ended", outsider, by, at)
    _tell_power("outsider.ended", outsider, by, at)
    return True


@transaction.atomic
def renew_outsider_password(*, outsider: Outsider, password: str, by: Employee, at: datetime) -> None:
    """Replace a forgotten password; its owner and the others who hold power are told."""
    if not is_administrator(by, at):
        raise OnlyTheAdministrator
    if outsider.user is None or outsider.ended_at is not None:
        raise User.DoesNotExist
    outsider.user.set_password(password)
    outsider.user.must_change_password = True
    outsider.user.save(update_fields=["password", "must_change_password"])
    _record("account.password_reset", outsider, by, at)
    _tell_power("account.password_reset", outsider, by, at)


def _tell_power(kind: str, outsider: Outsider, by: Employee | None, at: datetime) -> None:
    if by is None:
        return
    today = at.astimezone(ZoneInfo(outsider.office.timezone)).date()
    users = list(queries.accounts_with_power(outsider.office, on=today).exclude(pk=by.user_id or 0))
    facts = {
        "by": by.name,
        "name": outsider.name,
        "institution": outsider.institution,
        "role": queries.role_label(outsider.office, outsider.role),
    }
    tell(users=users, kind=kind, facts=facts, at=at)


def _record(action: str, outsider: Outsider, by: Employee | None, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"outsider:{outsider.pk}",
        actor=by.name if by else "Pegasus",
        employee_id=by.pk if by else None,
        at=at,
        office_id=outsider.office_id,
        after={"name": outsider.name, "institution": outsider.institution, "until": outsider.valid_until.isoformat()},
    )
