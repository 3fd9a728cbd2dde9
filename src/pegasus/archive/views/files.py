from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from pegasus.archive import actions, queries
from pegasus.archive.files import FileDamaged, content_of
from pegasus.archive.models import Record
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in

# What a browser may show by itself; anything else is downloaded.
SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/webp"}


@require_GET
@signed_in(outsiders=True)
def file(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hand out a record's file to its own office."""
    record = get_object_or_404(queries.records_for(request.actor.office, request.actor.roles), pk=pk)
    return hand_out(request, record, shown="lihat" in request.GET)


def content_or_404(record: Record) -> bytes:
    """Return a record's bytes for a picture on a page; one that is gone leaves a gap, never a broken page."""
    try:
        return content_of(record)
    except FileDamaged as found:
        raise Http404(found.damage) from None


def hand_out(request: HttpRequest, record: Record, *, shown: bool = False) -> HttpResponse:
    """Answer with a record's file, or say plainly that it is gone or no longer what was kept."""
    tag = f'"{record.sha256}"'
    try:
        data = content_of(record)
    except FileDamaged as found:
        actions.report_damage(record=record, damage=found.damage, by="Pegasus", at=clock.now())
        gone = found.damage == Record.Damage.MISSING
        return render(request, "archive/damaged.html", {"record": record, "gone": gone}, status=404 if gone else 409)
    answer: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(data, content_type=record.content_type)
        attached = not (shown and record.content_type in SHOWN)
        disposition = content_disposition_header(attached, record.filename) or "attachment"
        answer["Content-Disposition"] = disposition
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
