"""The answer that carries the picture of one page."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from pegasus.archive import files
from pegasus.signing import preview

SECONDS_TO_WAIT = 5


def page_answer(
    request: HttpRequest, content: Callable[[], bytes], *, sha256: str, number: int, large: bool
) -> HttpResponse:
    """Return a page as PNG, 304 for one that is known, or 503 while too many other files are being read."""
    tag = f'"{sha256}-{number}{"-besar" * large}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    try:
        picture = preview.page(content(), number=number, large=large)
    except preview.NoTurnYet:
        later = {"Retry-After": str(SECONDS_TO_WAIT), "Cache-Control": "no-store"}
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=later)
    except (preview.NotDrawable, files.FileDamaged) as why:
        raise Http404 from why
    return HttpResponse(picture, content_type="image/png", headers={"ETag": tag, "Cache-Control": "private, no-cache"})
