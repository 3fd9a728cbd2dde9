"""The pages and answers behind the template editor. Only CA, Humas and admin; only their own office's templates."""

import json
from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.calendar.domain.periods import Period
from pegasus.cards import actions, addresses, faults, queries, samples
from pegasus.cards import render as drawing
from pegasus.cards.domain.designs import SIZES, DesignInvalid, Kept
from pegasus.cards.models import TemplateDraft, TemplatePicture
from pegasus.kernel import clock
from pegasus.kernel.text import clean_data, clean_line
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.typeset.render import TypesetFailed

EDITORS = ("ca", "humas", "admin")
LONGEST_NAME = 80
MOST_TYPED = 512 * 1024


class Unreadable(Exception):
    """What came is no JSON of the kind that was asked for."""


@require_POST
@signed_in(*EDITORS)
def begin(request: OfficeRequest) -> HttpResponse:
    """Begin an own template, blank or as a copy, and open it."""
    office, wanted = request.actor.office, request.POST.get("from", "")
    source = None
    if wanted:
        if not wanted.isdecimal() or len(wanted) >= 18:  # noqa: PLR2004 - what a database key can hold
            raise Http404
        source = get_object_or_404(queries.all_templates_of(office), pk=wanted)
    copied = _("%(name)s (salinan)") % {"name": source.name[:60]} if source else _("Templat baru")
    name = clean_line(request.POST.get("name", ""))[:LONGEST_NAME] or copied
    try:
        draft = actions.begin_template(office=office, name=name, source=source, by=request.actor.name, at=clock.now())
    except DesignInvalid as refused:
        messages.warning(request, faults.sentence(refused.faults[0]))
        return redirect("cards:templates")
    return redirect("cards:editor", draft.pk)


@require_safe
@never_cache
@signed_in(*EDITORS)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show the editor."""
    draft = draft_of(request, pk)
    context = {"draft": draft, "sample_photo": _sample_photo().url}
    return render(request, "cards/editor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in(*EDITORS)
def design(request: OfficeRequest, pk: int) -> JsonResponse:
    """Send the working draft, or keep what came."""
    draft = draft_of(request, pk)
    if request.method != "POST":
        return JsonResponse(_state(draft))
    try:
        said = _said(request)
        saved = actions.save_template(
            draft=draft,
            design=_object(said, "design"),
            name=str(said.get("name", draft.name)).strip(),
            stamp=_number(said, "stamp"),
            by=request.actor.name,
            at=clock.now(),
        )
    except (Unreadable, DesignInvalid) as refused:
        return _refused(refused)
    except actions.SavedElsewhere as newer:
        return _conflict(newer)
    except actions.TemplateGone:
        raise Http404 from None
    return JsonResponse({"stamp": saved.stamp, "name": saved.name, "saved_at": saved.changed_at.isoformat()})


@require_POST
@never_cache
@signed_in(*EDITORS)
def preview(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send a design as one SVG, as it would be posted with a sample's words."""
    office = draft_of(request, pk).office
    try:
        said = _said(request)
        made, size, sample = _object(said, "design"), _word(said, "size", SIZES), _word(said, "sample", samples.WORDS)
        drawn = queries.drawable(made | {"name": str(made.get("name") or "-")}, office.pk)
        photo = samples.photo() if said.get("photo") else b""
        content = samples.content(sample, office=office.name, photo=photo)
        svg = drawing.preview_svg(
            drawn,
            content,
            size,
            background_url=addresses.ground(drawn, office.pk, size, with_photo=bool(photo)),
            photo=_sample_photo() if photo else None,
            label=_("Pratinjau templat"),
        )
    except (Unreadable, DesignInvalid) as refused:
        return _refused(refused)
    except TypesetFailed:
        return errors(_("Rancangan ini tidak dapat digambar. Batalkan perubahan terakhir."), status=422)
    return HttpResponse(svg, content_type="image/svg+xml")


@require_POST
@signed_in(*EDITORS)
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make the draft the version that employees use."""
    draft = draft_of(request, pk)
    try:
        made = actions.publish_template(draft=draft, by=request.actor.name, at=clock.now())
    except DesignInvalid as refused:
        return _refused(refused)
    except actions.NothingNew:
        said = _("Rancangan ini sama dengan versi yang sudah terbit.")
        return _answer(request, said, pk, {"unchanged": True})
    except actions.TemplateGone:
        raise Http404 from None
    quarter = Period.of(clock.today(draft.office.timezone), "quarter")
    if queries.chosen_templates(draft.office, quarter.key):
        said = _(
            "%(name)s versi %(version)s terbit. Templat triwulan ini sudah dipilih: "
            "centang juga di halaman Templat agar petugas dapat memakainya."
        )
    else:
        said = _("%(name)s versi %(version)s terbit dan dapat dipakai petugas.")
    said %= {"name": made.name, "version": made.version}
    return _answer(request, said, pk, {"version": made.version, "template": made.pk, "versions": _versions(draft)})


@require_POST
@signed_in(*EDITORS)
def restore(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make an old version the working draft."""
    draft = draft_of(request, pk)
    try:
        said: Any = request.POST if not _is_json(request) else _said(request)
        version = get_object_or_404(queries.versions_of(draft), version=_number(said, "version"))
        stamp = _number(said, "stamp") if "stamp" in said else draft.stamp
        draft = actions.restore_template(
            draft=draft, version=version, stamp=stamp, by=request.actor.name, at=clock.now()
        )
    except Unreadable as refused:
        return _refused(refused)
    except actions.SavedElsewhere as newer:
        return _conflict(newer)
    except actions.TemplateGone:
        raise Http404 from None
    words = _("Rancangan kembali ke versi %(version)s. Terbitkan bila sudah sesuai.") % {"version": version.version}
    return _answer(request, words, pk, _state(draft))


def draft_of(request: OfficeRequest, pk: int) -> TemplateDraft:
    """Return the template of this office that is in the editor."""
    return get_object_or_404(queries.drafts_of(request.actor.office), pk=pk)


def _state(draft: TemplateDraft) -> dict[str, Any]:
    brand = queries.brand_of(draft.office)
    return {
        "name": draft.name,
        "design": draft.design,
        "stamp": draft.stamp,
        "versions": _versions(draft),
        "pictures": [picture_facts(row) for row in queries.template_pictures_of(draft.office)[:60]],
        "fonts": queries.families_of(draft.office),
        "brand": {
            "colours": brand.colours,
            "margin": brand.margin,
            "logo": picture_facts(brand.logo) if brand.logo else None,
        },
    }


def _versions(draft: TemplateDraft) -> list[dict[str, Any]]:
    return [
        {
            "version": row.version,
            "name": row.name,
            "is_current": row.is_current,
            "template": row.pk,
            "by": row.published_by,
            "at": row.published_at.isoformat() if row.published_at else "",
            "shown": f"{reverse('cards:sample', args=[row.pk, 'portrait', 'usual'])}?kecil",
            "when": date_format(timezone.localtime(row.published_at), "j F Y H.i") if row.published_at else "",
        }
        for row in queries.versions_of(draft)[:50]
    ]


def picture_facts(row: TemplatePicture) -> dict[str, Any]:
    """Return what the editor needs to know about a picture."""
    return {"file": row.pk, "url": addresses.picture(row.pk), "width": row.width, "height": row.height}


def _sample_photo() -> Kept:
    """Return the stand-in for a photo by its own address: the browser has it from then on, and cuts it itself."""
    stamp = samples.photo_stamp()
    return Kept(stamp, *samples.PHOTO_SIZE, reverse("cards:sample-photo", args=[stamp]), samples.photo)


def _is_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, not a form."""
    return _is_json(request) or "application/json" in request.headers.get("Accept", "")


def _said(request: HttpRequest) -> dict[str, Any]:
    try:
        if len(request.body) > MOST_TYPED:
            raise Unreadable
        said = clean_data(json.loads(request.body))
    except (ValueError, RecursionError, RawPostDataException):  # the last: a form with files, taken apart already
        raise Unreadable from None
    if not isinstance(said, dict):
        raise Unreadable
    return said


def _object(said: dict[str, Any], name: str) -> dict[str, Any]:
    found = said.get(name)
    if not isinstance(found, dict):
        raise Unreadable
    return found


def _number(said: Any, name: str) -> int:  # noqa: ANN401 - JSON, or a form
    found = str(said.get(name, ""))
    if not found.isdecimal() or len(found) > len("999999999"):
        raise Unreadable
    return int(found)


def _word(said: dict[str, Any], name: str, known: Collection[str]) -> str:
    found = said.get(name)
    if not isinstance(found, str) or found not in known:
        raise Unreadable
    return found


def _refused(refused: Unreadable | DesignInvalid) -> JsonResponse:
    if isinstance(refused, DesignInvalid):
        return JsonResponse({"errors": faults.sentences(refused.faults)}, status=422)
    return errors(_("Kiriman ini tidak dapat dibaca. Muat ulang halaman, lalu coba lagi."), status=422)


def _conflict(newer: actions.SavedElsewhere) -> JsonResponse:
    said = _("%(name)s menyimpan templat ini dari jendela lain.") % {"name": newer.by}
    return JsonResponse({"errors": [{"where": "stamp", "text": said}], "stamp": newer.stamp}, status=409)


def errors(text: str, where: str = "", *, status: int) -> JsonResponse:
    """Return what is wrong, as a script takes it."""
    return JsonResponse({"errors": [{"where": where, "text": text}]}, status=status)


def _answer(request: HttpRequest, said: str, pk: int, data: dict[str, Any]) -> HttpResponse:
    """Answer a script with JSON, a plain form with the editor's page."""
    if wants_json(request):
        return JsonResponse(data | {"said": said})
    messages.success(request, said)
    return redirect("cards:editor", pk)
