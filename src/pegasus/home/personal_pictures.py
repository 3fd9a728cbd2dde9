"""The pictures behind `/t/<token>/`: ground, photo, brought design, finished card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pegasus.archive.models import Record
from pegasus.archive.views.files import content_or_404
from pegasus.cards import actions, addresses, queries, samples
from pegasus.cards import render as drawing
from pegasus.cards.domain.designs import SIZES
from pegasus.home.personal import visit_of
from pegasus.home.personal_photo import in_hand

SMALL = 360


@require_GET
def backdrop(request: HttpRequest, token: str, pk: int, size: str, kind: str) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Send a template's ground for the live card."""
    visit = visit_of(token)
    template = visit.template(str(pk)) if visit else None
    if template is None or size not in SIZES or kind not in {"foto", "polos"}:
        raise Http404
    ground = drawing.backdrop_jpeg(queries.design_of(template), size, with_photo=kind == "foto")
    return _jpeg(ground, keep="private, max-age=31536000, immutable")


@require_GET
def sample(request: HttpRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001 - as above
    """Send a template with sample words, small, for the row of templates."""
    visit = visit_of(token)
    template = visit.template(str(pk)) if visit else None
    if visit is None or template is None:
        raise Http404
    drawn = samples.small(queries.design_of(template), "portrait", "usual", office=visit.office.name)
    return _jpeg(drawn, keep="private, max-age=86400")


@require_GET
def photo(request: HttpRequest, token: str, pk: int, size: str) -> HttpResponse:
    """Send the photo, cut as the card shows it: the kept one, or the new one that the address names."""
    visit = visit_of(token)
    template = visit.template(str(pk)) if visit else None
    if visit is None or template is None or size not in SIZES:
        raise Http404
    new = in_hand(visit.task, request.GET.get("baru", ""))
    photo = new.picture.data if new else b"" if "baru" in request.GET else queries.photo_of(visit.card)
    if not photo:  # gone or broken in the media folder
        raise Http404
    return _jpeg(drawing.photo_cut(queries.design_of(template), photo, size))


@require_GET
def uploaded(request: HttpRequest, token: str, size: str) -> HttpResponse:
    """Send the finished design that was brought along, as it will be posted, or small."""
    visit = visit_of(token)
    if visit is None or size not in SIZES or visit.card.upload is None:
        raise Http404
    try:
        drawn = actions.draw(visit.card, size)
    except OSError:
        raise Http404 from None
    return _jpeg(drawing.thumbnail(drawn, width=SMALL) if "kecil" in request.GET else drawn)


@require_GET
def picture(request: HttpRequest, token: str, size: str) -> HttpResponse:  # noqa: ARG001 - as above
    """Send the finished card as a file."""
    visit = visit_of(token)
    record: Record | None = queries.picture_of(visit.card, size) if visit and visit.card.pk else None
    if record is None:
        raise Http404
    return _jpeg(content_or_404(record))


@require_GET
def alike(request: HttpRequest, token: str, proof: str) -> HttpResponse:  # noqa: ARG001 - as above
    """Send the small picture of a sent card of the same office that says the same; only to whom it was named."""
    visit, pk = visit_of(token), addresses.alike_behind(proof)
    card = queries.cards_of(visit.office).filter(pk=pk, state__in=queries.SENT).first() if visit and pk else None
    record = queries.picture_of(card) if card else None
    if record is None:
        raise Http404
    return _jpeg(drawing.thumbnail(content_or_404(record), width=SMALL))


def _jpeg(data: bytes, *, keep: str = "private, max-age=300") -> HttpResponse:
    response = HttpResponse(data, content_type="image/webp" if data.startswith(b"RIFF") else "image/jpeg")
    response["Cache-Control"] = keep
    return response
