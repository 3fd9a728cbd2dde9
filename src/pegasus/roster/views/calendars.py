from dataclasses import dataclass
from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pegasus.kernel import clock
from pegasus.people import actions as people
from pegasus.people.access import Actor, OfficeRequest, signed_in
from pegasus.people.models import Employee
from pegasus.roster import feeds
from pegasus.roster.forms import AlarmForm
from pegasus.roster.views.weeks import PLANNERS

OWNERS = {"saya": feeds.PERSON, "kantor": feeds.OFFICE}


@dataclass(frozen=True)
class Line:
    """A feed as the page offers it."""

    owner: str
    label: str
    bare: str | None  # None while it is closed
    ends: str
    may_change: bool

    @property
    def address(self) -> str:
        """The address to copy."""
        return f"{self.bare}{self.ends}" if self.bare else ""

    @property
    def webcal(self) -> str:
        """The same address under the scheme that opens a calendar application."""
        return f"webcal://{self.address.partition('://')[2]}"


@never_cache
@require_safe
@signed_in()
def calendars(request: OfficeRequest) -> HttpResponse:
    """Show the secret addresses that keep a calendar up to date, with an alarm if one is wanted."""
    actor, form = request.actor, AlarmForm(request.GET or None)
    alarm = form.cleaned_data["alarm"] if form.is_valid() else ""
    ends = f"?{feeds.ALARM}={alarm}" if alarm else ""
    lines = (
        Line("saya", _("Giliran saya"), feeds.address_for(actor.employee), ends, may_change=True),
        Line("kantor", _("Seluruh kantor"), feeds.address_of(actor.office), ends, may_change=actor.may(*PLANNERS)),
    )
    return render(request, "roster/calendars.html", {"form": AlarmForm(initial={"alarm": alarm}), "lines": lines})


@require_POST
@signed_in()
def renew_feed(request: OfficeRequest, owner: str) -> HttpResponse:
    """Give a new secret address: the old one leads nowhere any more."""
    employee = _owner(request.actor, owner)
    people.renew_address(
        office=request.actor.office,
        employee=employee,
        purpose=OWNERS[owner],
        by=request.actor.name,
        at=clock.now(),
    )
    messages.success(request, _("Alamatnya baru; yang lama tidak berlaku lagi. Pasang alamat yang baru di kalender."))
    return redirect("roster:calendars")


@require_POST
@signed_in()
def close_feed(request: OfficeRequest, owner: str) -> HttpResponse:
    """Let a secret address lead nowhere until somebody makes a new one."""
    employee = _owner(request.actor, owner)
    people.close_address(
        office=request.actor.office,
        employee=employee,
        purpose=OWNERS[owner],
        by=request.actor.name,
        at=clock.now(),
    )
    messages.info(request, _("Alamat ini ditutup; kalender yang memakainya tidak diperbarui lagi."))
    return redirect("roster:calendars")


def _owner(actor: Actor, owner: str) -> Employee | None:
    if owner == "kantor" and not actor.may(*PLANNERS):
        raise PermissionDenied
    return actor.employee if owner == "saya" else None


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Hand a calendar feed to whoever has its secret address; unchanged, only that is said."""
    asked = request.GET.get(feeds.ALARM, "")
    alarm = next((minutes for minutes in feeds.ALARMS if str(minutes) == asked), None)
    found = feeds.behind(token, at=clock.now(), alarm=alarm)
    if found is None:
        raise Http404
    answer = HttpResponse(
        found.body,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="pegasus.ics"',
            "Cache-Control": "private, max-age=900",
            "ETag": quote_etag(sha256(found.body).hexdigest()[:32]),
            "X-Robots-Tag": "noindex",
        },
    )
    changed = int(found.changed_at.timestamp()) if found.changed_at else None
    if changed is not None:
        answer["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag=answer["ETag"], last_modified=changed, response=answer) or answer
