"""Who is asking, when a program asks: a person's key stands for the person, with the same doors and roles."""

from typing import Annotated

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Field
from ninja.pagination import PageNumberPagination
from ninja.schema import Schema
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle
from pydantic import AfterValidator

from pegasus.kernel import clock
from pegasus.kernel.text import clean_line
from pegasus.people import actions, queries
from pegasus.people.access import Actor, actor_for

MINUTE = 60
PER_MINUTE = 240
FARTHEST_PAGE = 100_000
MOST_PER_PAGE = 200


Plain = Annotated[str, AfterValidator(clean_line)]


class ApiRequest(HttpRequest):
    """A request behind `Bearer`."""

    auth: Actor


class Bearer(HttpBearer):
    """`Authorization: Bearer pegasus_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002 - the library names it
        """Return the person behind a key; None for a foreign, old or revoked one, or a closed account."""
        now = clock.now()
        found = queries.token_behind(token, at=now)
        user = found.employee.user if found else None
        if found is None or user is None or not user.is_active or user.must_change_password:
            return None
        actions.note_use(token=found, at=now)
        return actor_for(found.employee)


def only(actor: Actor, *roles: str) -> None:
    """Refuse whoever holds none of the roles."""
    if not actor.may(*roles):
        raise PermissionDenied


class PerPerson(BaseThrottle):
    """So many requests in a minute for one person, counted in the cache that all processes share."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this request; strangers are turned away before they are counted."""
        actor: Actor | None = getattr(request, "auth", None)
        if actor is None:
            return True
        key = f"api:{actor.employee.pk}:{int(clock.machine().timestamp()) // MINUTE}"
        cache.add(key, 0, 2 * MINUTE)
        return cache.incr(key) <= PER_MINUTE

    def wait(self) -> float:
        """Tell how many seconds are left of this minute."""
        return MINUTE - clock.machine().timestamp() % MINUTE


class Pages(PageNumberPagination):
    """Lists in pages: `?page=2&page_size=50`, answered as `{"items": [...], "count": 123}`."""

    class Input(Schema):
        page: int = Field(1, ge=1, le=FARTHEST_PAGE)
        page_size: int | None = Field(None, ge=1, le=MOST_PER_PAGE)

    def __init__(self) -> None:
        super().__init__(page_size=50, max_page_size=MOST_PER_PAGE)
