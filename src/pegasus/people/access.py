"""Who is looking. Every page takes the office from here, so that no query forgets it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from pegasus.kernel import clock
from pegasus.people.models import Employee, Office, RoleAssignment

P = ParamSpec("P")


@dataclass(frozen=True)
class Actor:
    """A signed-in employee with the roles in force today."""

    employee: Employee
    office: Office
    roles: frozenset[str]

    def may(self, *roles: str) -> bool:
        """Tell whether one of the roles is held."""
        return bool(self.roles & set(roles))

    @property
    def name(self) -> str:
        """The name for the audit trail."""
        return self.employee.name


class OfficeRequest(HttpRequest):
    """A request behind `signed_in`."""

    actor: Actor


class ActorMiddleware:
    """Put `request.actor` on every request (None for strangers) and switch to the office's time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Find the actor only when somebody asks."""
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined] # a lazy stand-in
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor | None:
    """Return who is signed in, with roles by today's date in the office."""
    if not request.user.is_authenticated:
        return None
    employee = Employee.objects.select_related("office").filter(user_id=request.user.pk).first()
    return actor_for(employee) if employee else None


def actor_for(employee: Employee) -> Actor | None:
    """Return an employee with the roles of today; None when they have left."""
    today = clock.today(employee.office.timezone)
    if employee.active_until is not None and employee.active_until < today:
        return None
    held = RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today), employee=employee, valid_from__lte=today
    )
    return Actor(employee, employee.office, frozenset(held.values_list("role", flat=True)))


def signed_in(
    *roles: str,
) -> Callable[
    [Callable[Concatenate[OfficeRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let only signed-in employees in; with roles named, only who holds one of them."""

    def wrap(
        view: Callable[Concatenate[OfficeRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            if request.user.is_authenticated and request.user.must_change_password:
                messages.info(request, _("Kata sandi ini sementara. Ganti dulu dengan kata sandi sendiri."))
                return redirect("account_change_password")
            if roles and not actor.may(*roles):
                raise PermissionDenied
            request.actor = actor  # type: ignore[attr-defined] # this is what makes it an OfficeRequest
            with timezone.override(actor.office.timezone):
                return view(request, *args, **kwargs)  # type: ignore[arg-type] # see above

        return inner  # type: ignore[return-value] # wraps() keeps the narrower request type

    return wrap
