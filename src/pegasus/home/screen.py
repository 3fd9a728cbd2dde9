"""The office's screen: `/jadwal/layar/<secret>/`, without signing in, and the page that opens and closes it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pegasus.archive.views.files import content_or_404
from pegasus.cards.queries import picture_of
from pegasus.home.queries.board import SIZE, board_of, cards_up
from pegasus.kernel import clock
from pegasus.people import actions, queries
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Office

PURPOSE = "office-screen"
KEEPERS = ("ca", "admin")


def _office(token: str) -> Office:
    office = queries.office_behind(token, PURPOSE, opened=False)
    if office is None:
        raise Http404
    return office


@never_cache
@require_safe
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """Show who serves, in Indonesian whatever the television speaks; asked by htmx, only the board."""
    office = _office(token)
    part = "#board" if request.headers.get("HX-Request") else ""
    with timezone.override(office.timezone), translation.override("id"):
        context = {"board": board_of(office, at=clock.now()), "token": token}
        answer = render(request, f"home/screen/page.html{part}", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def card(request: HttpRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Send the picture of a card that is up now, and of no other."""
    office = _office(token)
    shown = next((one for one in cards_up(office, clock.today(office.timezone)) if one.pk == pk), None)
    record = picture_of(shown, SIZE) if shown else None
    if record is None:
        raise Http404
    return HttpResponse(
        content_or_404(record),
        content_type=record.content_type,
        headers={"Cache-Control": "private, max-age=86400", "X-Robots-Tag": "noindex"},
    )


@never_cache
@require_safe
@signed_in(*KEEPERS)
def address(request: OfficeRequest) -> HttpResponse:
    """Show the screen's secret address, or that it is closed."""
    token = queries.secret_token(request.actor.office, PURPOSE, opened=False)
    path = reverse("home:screen", args=[token]) if token else ""
    context = {"path": path, "address": f"{settings.PEGASUS_BASE_URL}{path}" if path else "", "planner": True}
    return render(request, "home/screen/address.html", context)


@require_POST
@signed_in(*KEEPERS)
def renew(request: OfficeRequest) -> HttpResponse:
    """Open the screen at a new address; the old one leads nowhere any more."""
    actions.renew_address(office=request.actor.office, purpose=PURPOSE, by=request.actor.name, at=clock.now())
    messages.success(
        request, _("Layar kantor terbuka di alamat ini. Alamat sebelumnya, bila ada, tidak berlaku lagi.")
    )
    return redirect("home:screen-address")


@require_POST
@signed_in(*KEEPERS)
def close(request: OfficeRequest) -> HttpResponse:
    """Close the screen."""
    actions.close_address(office=request.actor.office, purpose=PURPOSE, by=request.actor.name, at=clock.now())
    messages.info(request, _("Layar kantor ditutup; alamatnya tidak menampilkan apa-apa lagi."))
    return redirect("home:screen-address")
