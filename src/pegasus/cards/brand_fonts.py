"""The office's own fonts on the brand page: added, shown, removed."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pegasus.cards import actions, queries
from pegasus.cards import render as drawing
from pegasus.cards.brand import BrandForm, shown
from pegasus.cards.editor import EDITORS, wants_json
from pegasus.cards.forms import FontForm
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.typeset.render import TypesetFailed

FOREVER = "private, max-age=31536000, immutable"


@require_POST
@signed_in(*EDITORS)
def add(request: OfficeRequest) -> HttpResponse:
    """Take a font, with the right that the person states."""
    office = request.actor.office
    form = FontForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = actions.add_font(
                office=office,
                font=given["font"],
                right=given["right"],
                note=given["note"],
                by=request.actor.name,
                at=clock.now(),
            )
        except actions.FontThere:
            form.add_error("font", _("Huruf dengan nama, tebal, dan gaya ini sudah ada di kantor Anda."))
        except actions.TooManyFonts:
            form.add_error("font", _("Kantor sudah punya 24 berkas huruf. Hapus dulu yang tidak dipakai."))
        else:
            messages.success(request, _("Huruf “%(family)s” dapat dipakai di templat.") % {"family": kept.family})
            return _done(request)
    if wants_json(request):
        said = [{"where": name, "text": str(text)} for name, texts in form.errors.items() for text in texts]
        return JsonResponse({"errors": said}, status=422)
    kit = queries.brand_of(office)
    return shown(request, BrandForm(initial={"margin": kit.margin}), kit, fonts=form, status=422)


@require_POST
@signed_in(*EDITORS)
def remove(request: OfficeRequest) -> HttpResponse:
    """Remove a font with all its faces, or say which templates are set in it."""
    family = request.POST.get("family", "")
    if not queries.fonts_of(request.actor.office).filter(family=family).exists():
        raise Http404
    try:
        actions.remove_family(office=request.actor.office, family=family, by=request.actor.name, at=clock.now())
    except actions.FamilyInUse as used:
        said = _("Huruf “%(family)s” masih dipakai templat %(templates)s. Ganti dulu hurufnya di sana.")
        messages.warning(request, said % {"family": family, "templates": ", ".join(used.templates)})
    else:
        messages.success(request, _("Huruf “%(family)s” sudah dihapus.") % {"family": family})
    return redirect("cards:brand")


@require_GET
@signed_in(*EDITORS)
def specimen(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send a line set in a font, drawn as cards are."""
    row = get_object_or_404(queries.fonts_of(request.actor.office), pk=pk)
    try:
        svg = drawing.specimen_svg(queries.own_font(row), weight=row.weight, style=row.style)
    except TypesetFailed:
        raise Http404 from None
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = FOREVER
    return response


def _done(request: OfficeRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"url": reverse("cards:brand")}, status=201)
    return redirect("cards:brand")
