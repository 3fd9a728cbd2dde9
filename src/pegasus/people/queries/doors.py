"""Who stands behind a link, a secret address or a key for programs."""

from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from pegasus.kernel import tokens
from pegasus.people.models import ApiToken, Employee, Office, PersonalLink, SecretAddress

LINK = "personal-link"


def token_of(link: PersonalLink) -> str:
    """Return the token that stands in the personal address `/t/<token>/`."""
    return tokens.sign(LINK, link.pk)


def token_of_number(number: int) -> str:
    """Return the token of the link with a number: for messages, which keep the number alone."""
    return tokens.sign(LINK, number)


def number_behind(token: str) -> int | None:
    """Return the number of the link of ours behind a token, open or not; None when it is foreign."""
    return tokens.read(LINK, token)


def link_behind(token: str, *, at: datetime) -> PersonalLink | None:
    """Return the open link behind a token; None when it is foreign, expired or revoked."""
    pk = tokens.read(LINK, token)
    if pk is None:
        return None
    return (
        PersonalLink.objects.select_related("employee__office")
        .filter(pk=pk, revoked_at=None, expires_at__gt=at)
        .first()
    )


def closed_link(token: str) -> PersonalLink | None:
    """Return the link behind a token that is ours, open or not: only to say why it opens no more, and whom to ask."""
    pk = tokens.read(LINK, token)
    if pk is None:
        return None
    return PersonalLink.objects.select_related("employee__office").filter(pk=pk).first()


def secret_token(office: Office, purpose: str, employee: Employee | None = None, *, opened: bool = True) -> str | None:
    """Return the token of a secret address as it is valid now; None while it is closed.

    `opened` says how it stands before anybody has touched it.
    """
    row = SecretAddress.objects.filter(office=office, employee=employee, purpose=purpose).first()
    if not (row.is_open if row else opened):
        return None
    return tokens.sign(_edition(purpose, row), employee.pk if employee else office.pk)


def office_behind(token: str, purpose: str, *, opened: bool = True) -> Office | None:
    """Return the office whose secret address this is, while it is open."""
    office = Office.objects.filter(pk=tokens.number(token) or 0).first()
    right = secret_token(office, purpose, opened=opened) if office else None
    return office if right is not None and tokens.same(right, token) else None


def employee_behind(token: str, purpose: str) -> Employee | None:
    """Return the person whose secret address this is, while it is open."""
    employee = Employee.objects.select_related("office").filter(pk=tokens.number(token) or 0).first()
    right = secret_token(employee.office, purpose, employee) if employee else None
    return employee if right is not None and tokens.same(right, token) else None


def _edition(purpose: str, row: SecretAddress | None) -> str:
    return f"{purpose}:{row.edition}" if row and row.edition else purpose


def digest_of(secret: str) -> str:
    """Return what is kept of a key for programs; it is long and random, so that one round is enough."""
    return sha256(secret.encode()).hexdigest()


def tokens_of(employee: Employee) -> QuerySet[ApiToken]:
    """The only door to keys for programs: those of one person, the newest first."""
    return ApiToken.objects.filter(employee=employee).order_by("-created_at", "-pk")


def open_tokens(employee: Employee, *, at: datetime) -> QuerySet[ApiToken]:
    """Return the keys that still open something."""
    return tokens_of(employee).filter(revoked_at=None, expires_at__gt=at)


def token_behind(secret: str, *, at: datetime) -> ApiToken | None:
    """Return the key behind a secret while it is valid, with its person."""
    found = ApiToken.objects.filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=at)
    return found.select_related("employee__office", "employee__user").first()
