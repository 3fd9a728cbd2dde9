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
from pegasus.people import queries
from pegasus.people.models import Employee, Office, Outsider, RoleAssignment, User

P = ParamSpec("P")


@dataclass(frozen=True)
class Actor:
    """Who is signed in, with the roles in force today: an employee, or somebody from outside."""

    person: Employee | Outsider
    office: Office
    roles: frozenset[str]

    @property
    def is_outsider(self) -> bool:
        """Tell whether this is nobody of the office: an assessor from another institution."""
        return isinstance(self.person, Outsider)

    @property
    def employee(self) -> Employee:
        """The employee; what belongs to employees alone is closed to everybody else."""
        if isinstance(self.person, Outsider):
            raise PermissionDenied
        return self.person

    @property
    def employee_id(self) -> int | None:
        """The employee's key for the audit trail; None for somebody from outside."""
        return None if isinstance(self.person, Outsider) else self.person.pk

    def may(self, *roles: str) -> bool:
        """Tell whether one of the roles is held."""
        return bool(self.roles & set(roles))

    @property
    def name(self) -> str:
        """The name for the audit trail."""
        return self.person.name


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
    if employee is not None:
        return actor_for(employee)
    outsider = Outsider.objects.select_related("office").filter(user_id=request.user.pk).first()
    return outside_actor_for(outsider) if outsider else None


def outside_actor_for(outsider: Outsider) -> Actor | None:
    """Return somebody from outside with their one role; None before and after the days of the invitation."""
    today = clock.today(outsider.office.timezone)
    if outsider.ended_at is not None or not outsider.valid_from <= today <= outsider.valid_until:
        return None
    return Actor(outsider, outsider.office, frozenset({outsider.role}))


def actor_for(employee: Employee) -> Actor | None:
    """Return an employee with the roles of today; None when they have left."""
    today = clock.today(employee.office.timezone)
    if employee.active_until is not None and employee.active_until < today:
        return None
    held = RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today), employee=employee, valid_from__lte=today
    )
    return Actor(employee, employee.office, frozenset(held.values_list("role", flat=True)))


def _must_set_up_a_factor(request: HttpRequest, actor: Actor) -> bool:
    """Tell whether the office asks for a second factor that this holder of power has not set up yet."""
    if not actor.office.requires_second_factor or not actor.may(*queries.POWERFUL):
        return False
    return isinstance(request.user, User) and queries.lacks_second_factor(request.user)


def signed_in(
    *roles: str,
    outsiders: bool = False,
) -> Callable[
    [Callable[Concatenate[OfficeRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let only signed-in employees in; with roles named, only who holds one of them.

    Somebody from outside comes in where their role is named, or where `outsiders` says that everybody may.
    """

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
            if _must_set_up_a_factor(request, actor):
                messages.info(
                    request, _("Kantor ini mewajibkan verifikasi dua langkah untuk peran Anda. Siapkan dulu.")
                )
                return redirect("mfa_index")
            if not actor.may(*roles) if roles else actor.is_outsider and not outsiders:
                raise PermissionDenied
            request.actor = actor  # type: ignore[attr-defined] # this is what makes it an OfficeRequest
            with timezone.override(actor.office.timezone):
                return view(request, *args, **kwargs)  # type: ignore[arg-type] # see above

        return inner  # type: ignore[return-value] # wraps() keeps the narrower request type

    return wrap
