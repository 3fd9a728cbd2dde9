"""The pages on which an office deletes its own templates and pictures, or reads why it cannot yet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.cards import actions, addresses, queries
from pegasus.cards.editor import EDITORS, draft_of
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in

ON_A_PAGE = 24


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def template(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask whether an own template is to go, or say what still uses it; delete it when the answer is yes."""
    draft = draft_of(request, pk)
    if request.method != "POST":
        return _template_page(request, pk)
    try:
        actions.remove_template(draft=draft, by=request.actor.name, at=clock.now())
    except actions.StillUsed:
        return _template_page(request, pk, status=409)
    except actions.TemplateGone:  # a second tap
        return redirect("cards:templates")
    messages.success(request, _("Templat “%(name)s” sudah dihapus.") % {"name": draft.name})
    return redirect("cards:templates")


@require_safe
@signed_in(*EDITORS)
def pictures(request: OfficeRequest) -> HttpResponse:
    """Show the office's pictures for templates and what uses them."""
    found = queries.pictures_with_uses(request.actor.office)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"picture": row.picture, "url": addresses.picture(row.picture.pk), "uses": row} for row in shown]
    return render(request, "cards/template_pictures.html", {"rows": rows, "page": shown})


@require_POST
@signed_in(*EDITORS)
def picture(request: OfficeRequest, pk: int) -> HttpResponse:
    """Delete a picture that nothing shows."""
    found = get_object_or_404(queries.template_pictures_of(request.actor.office), pk=pk)
    try:
        actions.remove_picture(picture=found, by=request.actor.name, at=clock.now())
    except actions.StillUsed:
        messages.warning(request, _("Gambar ini baru saja dipakai, jadi tidak dihapus."))
    else:
        messages.success(request, _("Gambar sudah dihapus."))
    return redirect("cards:template-pictures")


def _template_page(request: OfficeRequest, pk: int, *, status: int = 200) -> HttpResponse:
    draft = draft_of(request, pk)
    context = {
        "draft": draft,
        "uses": queries.uses_of_template(draft),
        "versions": queries.versions_of(draft).count(),
    }
    return render(request, "cards/template_remove.html", context, status=status)
