from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pegasus.kernel import clock
from pegasus.people import actions, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import TokenForm
from pegasus.people.models import ApiToken
from pegasus.people.views import INVALID

SHOWN = 50


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in()
def tokens(request: OfficeRequest) -> HttpResponse:
    """Show a person's keys for programs, and make one: it is shown this once."""
    actor, now, secret = request.actor, clock.now(), ""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = actions.make_token(
                employee=actor.employee,
                name=form.cleaned_data["name"],
                expires_at=now + timedelta(days=int(form.cleaned_data["days"])),
                by=actor.name,
                at=now,
            )
        except actions.TooManyTokens:
            form.add_error(None, _("Sudah ada 20 token yang berlaku. Cabut yang tidak dipakai dulu."))
        else:
            form = TokenForm()
    return render(
        request,
        "people/tokens.html",
        {
            "form": form,
            "secret": secret,
            "tokens": [(one, _state(one, now)) for one in queries.tokens_of(actor.employee)[:SHOWN]],
            "example": f"{settings.PEGASUS_BASE_URL}/api/v1/me",
        },
        status=INVALID if form.errors else 200,
    )


def _state(token: ApiToken, now: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "open" if token.expires_at > now else "expired"


@require_POST
@signed_in()
def revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let a key open nothing any more."""
    token = get_object_or_404(queries.tokens_of(request.actor.employee).select_related("employee"), pk=pk)
    if actions.revoke_token(token=token, by=request.actor.name, at=clock.now()):
        messages.success(request, _("Token %(name)s dicabut; program yang memakainya ditolak.") % {"name": token.name})
    else:
        messages.info(request, _("Token %(name)s sudah dicabut sebelumnya.") % {"name": token.name})
    return redirect("people:tokens")
