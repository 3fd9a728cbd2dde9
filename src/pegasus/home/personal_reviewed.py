"""Behind `/t/<token>/`: comments on the card that came back are ticked, and its picture is shown as it was sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from pegasus.archive.views.files import content_or_404
from pegasus.cards import actions, pins, queries
from pegasus.cards.models import CardVersion
from pegasus.home import personal_review
from pegasus.home.personal import autosave, visit_of
from pegasus.home.personal_draft import Visit
from pegasus.kernel import clock


@never_cache
@require_POST
def tick(request: HttpRequest, token: str) -> HttpResponse:
    """Tick a comment as done, or open it again; what was typed on the card comes along and is kept."""
    visit, version = _returned(token)
    is_done = "selesai" in request.POST
    number = request.POST.get("selesai" if is_done else "buka", "")
    if not number.isdecimal() or len(number) >= 18:  # noqa: PLR2004 - what a database key can hold
        raise Http404
    comment = get_object_or_404(queries.comments_in(visit.office), version=version, number=int(number))
    actions.settle_comment(comment=comment, is_done=is_done, by=visit.employee.name, at=clock.now())
    if request.headers.get("HX-Request"):
        with timezone.override(visit.office.timezone):
            context = {"visit": visit, "card": visit.card, **personal_review.asked(visit)}
            return render(request, "home/personal/_review.html", context)
    if "words" in request.POST:
        autosave(request, token)
    return redirect(f"{reverse('home:personal', args=[token])}#tinjauan")


@require_GET
def picture(request: HttpRequest, token: str, size: str) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Send the picture that the comments are about."""
    _visit, version = _returned(token)
    record = pins.show(version, size).pictures.get(size)
    if record is None:
        raise Http404
    response = HttpResponse(content_or_404(record), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _returned(token: str) -> tuple[Visit, CardVersion]:
    visit = visit_of(token)
    version = queries.returned_version(visit.card) if visit else None
    if visit is None or version is None:
        raise Http404
    return visit, version
