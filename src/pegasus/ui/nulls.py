"""The one character that PostgreSQL cannot keep nor look for; no person types it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pegasus.ui.views import bad_request

NULL = "%00"
FORM = "application/x-www-form-urlencoded"


class RefuseNulls:
    """Refuse an address or a plain form with a null character, before a page searches for it or stores it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let everything else through; the interface for programs has its own answer."""
        if request.path.startswith("/api/"):
            return self.get_response(request)
        if NULL in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        if request.content_type == FORM and NULL.encode() in request.body:
            return bad_request(request)
        return self.get_response(request)
