"""Whether somebody is greeted on their birthday: their own word, or what they told who keeps the list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pegasus.kernel import clock
from pegasus.people import actions
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.views import EDITORS
from pegasus.people.views.person import find, of_the_known


@require_POST
@signed_in()
@of_the_known
def set_greeting(request: OfficeRequest, pk: int) -> HttpResponse:
    """Object to being greeted, or take that back."""
    employee = find(request, pk)
    is_own = employee.pk == request.actor.employee.pk
    if not (is_own or request.actor.may(*EDITORS)):
        raise PermissionDenied
    wanted = request.POST.get("ucapan") == "boleh"
    actions.set_greeting(employee=employee, wanted=wanted, by=request.actor.name, at=clock.now())
    words = _("Ulang tahun %(name)s akan diucapkan.") if wanted else _("Ulang tahun %(name)s tidak akan diucapkan.")
    messages.success(request, words % {"name": employee.name})
    is_from_own = is_own and request.POST.get("dari") == "saya"
    return redirect("people:own") if is_from_own else redirect("people:person", employee.pk)
