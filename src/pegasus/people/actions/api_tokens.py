import secrets
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.models import ApiToken, Employee

PREFIX = "pegasus_"  # so that a key that lies about in a file is recognised as one
MOST = 20
USED_AGAIN = timedelta(minutes=5)


class TooManyTokens(Exception):
    """The person holds as many keys as anybody needs."""


@transaction.atomic
def make_token(*, employee: Employee, name: str, expires_at: datetime, by: str, at: datetime) -> tuple[ApiToken, str]:
    """Make a key for programs; return it once, for only its digest is kept."""
    if queries.open_tokens(employee, at=at).count() >= MOST:
        raise TooManyTokens
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        employee=employee,
        name=name,
        digest=queries.digest_of(secret),
        ending=secret[-4:],
        created_at=at,
        expires_at=expires_at,
    )
    _record("token.made", token, by, at)
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: str, at: datetime) -> bool:
    """Let a key open nothing any more; return whether it still did."""
    revoked = bool(ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at))
    if revoked:
        _record("token.revoked", token, by, at)
    return revoked


@transaction.atomic
def end_tokens(*, employee: Employee, by: str, at: datetime, last_day: date | None = None) -> int:
    """Let a person's keys open nothing after a day, or from now on; return how many were cut short.

    A key stands for its owner as they were when it was made: a new password, an ended role or a leaving ends it, and
    a role that comes back does not bring it back.
    """
    ends_at = at
    if last_day is not None:
        ends_at = datetime.combine(last_day + timedelta(days=1), time.min, ZoneInfo(employee.office.timezone))
    found = queries.open_tokens(employee, at=at).select_related("employee").filter(expires_at__gt=ends_at)
    tokens = list(found)
    for token in tokens:
        if ends_at <= at:
            revoke_token(token=token, by=by, at=at)
        else:
            ApiToken.objects.filter(pk=token.pk).update(expires_at=ends_at)
            _record("token.cut_short", token, by, at)
    return len(tokens)


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Remember that a key was used, at most once in a few minutes: reading must not become writing."""
    if token.last_used_at is None or at - token.last_used_at > USED_AGAIN:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)


def _record(action: str, token: ApiToken, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"token:{token.pk}",
        actor=by,
        at=at,
        office_id=token.employee.office_id,
        employee_id=token.employee_id,
        after={"name": token.name},
    )
