"""The files of templates: pictures, grounds, and whole templates to take along or bring."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from pegasus.cards import actions, addresses, fontfiles, packages, queries, samples
from pegasus.cards import render as drawing
from pegasus.cards.domain.designs import OFFICE_LOGO, DesignInvalid
from pegasus.cards.editor import EDITORS, draft_of, errors, picture_facts, wants_json
from pegasus.cards.packages import PackageRefused, PackedFont
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.typeset import pages, pictures
from pegasus.typeset.pictures import PictureRefused
from pegasus.typeset.render import TypesetFailed

FOREVER = "private, max-age=31536000, immutable"


@require_POST
@signed_in(*EDITORS)
def add_picture(request: OfficeRequest, pk: int) -> JsonResponse:
    """Keep a picture for templates."""
    draft, uploaded = draft_of(request, pk), request.FILES.get("file")
    if uploaded is None:
        return errors(_("Pilih berkas gambar."), where="file", status=422)
    if (uploaded.size or 0) > pictures.MOST_BYTES:
        return errors(_("Berkas ini lebih besar dari 25 MB. Pilih gambar yang lebih kecil."), "file", status=422)
    try:
        accepted = pages.accept(uploaded.read())
    except PictureRefused as refused:
        return errors(str(refused), where="file", status=422)
    kept = actions.keep_picture(office=draft.office, picture=accepted, by=request.actor.name, at=clock.now())
    return JsonResponse(picture_facts(kept), status=201)


@require_safe
@never_cache
@signed_in(*EDITORS)
def export(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send a template as one file, to keep or to give to another office."""
    draft = draft_of(request, pk)
    kept = dict(queries.furnished(draft.design, draft.office_id).pictures)
    kept.pop(OFFICE_LOGO, None)  # another office has its own
    own = [
        PackedFont(fontfiles.read(row.file.name or ""), (row.file.name or "").rpartition(".")[2], row.right)
        for row in queries.travelling_fonts(draft)
    ]
    data = packages.packed(draft.name, draft.design, kept, own)
    response = HttpResponse(data, content_type="application/zip")
    # Its name of today; the key remembers the one it began with.
    name = slugify(draft.name) or draft.key
    response["Content-Disposition"] = f'attachment; filename="templat-{name}.zip"'
    return response


@require_POST
@signed_in(*EDITORS)
def bring(request: OfficeRequest) -> HttpResponse:
    """Begin an own template from a file."""
    uploaded = request.FILES.get("file")
    try:
        if uploaded is None:
            raise PackageRefused(_("Pilih berkas templat (.zip)."))  # noqa: TRY301 - said where it is noticed
        data = uploaded.read(packages.MOST_BYTES + 1)
        draft, replaced = actions.import_template(
            office=request.actor.office, package=packages.unpacked(data), by=request.actor.name, at=clock.now()
        )
    except (PackageRefused, actions.TooManyFonts) as failure:
        refused = failure if isinstance(failure, PackageRefused) else _("Huruf kantor sudah terlalu banyak.")
        if wants_json(request):
            return errors(str(refused), where="file", status=422)
        messages.warning(request, str(refused))
        return redirect("cards:templates")
    if replaced:
        said = _("Huruf “%(fonts)s” tidak ikut dalam berkasnya, jadi diganti Plus Jakarta Sans.")
        messages.warning(request, said % {"fonts": ", ".join(replaced)})
    if wants_json(request):
        return JsonResponse({"url": reverse("cards:editor", args=[draft.pk])}, status=201)
    return redirect("cards:editor", draft.pk)


@require_GET
def file(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Send a template's picture; its signed address is the key to it."""
    pk = addresses.picture_behind(token)
    found = queries.shown_picture(pk) if pk is not None else None
    if found is None:
        raise Http404
    try:
        with found.file.open("rb") as stored:
            response = HttpResponse(stored.read(), content_type=found.content_type)
    except OSError:
        raise Http404 from None
    response["Cache-Control"] = FOREVER
    return response


@require_GET
def sample_photo(request: HttpRequest, stamp: str) -> HttpResponse:  # noqa: ARG001 - Django names them
    """Send the stand-in for a photo: it shows nobody, so it needs no key."""
    response = HttpResponse(samples.photo(), content_type="image/jpeg")
    response["Cache-Control"] = FOREVER
    return response


@require_GET
def ground(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Send a ground; its signed address is the key to it and holds all of it."""
    behind = addresses.ground_behind(token)
    if behind is None:
        raise Http404
    office, size, made = behind
    try:
        data = drawing.backdrop_jpeg(queries.drawable(made, office), size, with_photo=False)
    except (DesignInvalid, TypesetFailed, OSError):
        raise Http404 from None
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = FOREVER
    return response
