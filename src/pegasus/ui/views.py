from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names both
    """Tell that the form is stale."""
    return HttpResponse(status=403)


def bad_request(_request: HttpRequest, _exception: Exception) -> HttpResponse:
    """Answer 400."""
    return HttpResponse(status=400)


def forbidden(_request: HttpRequest, _exception: Exception) -> HttpResponse:
    """Answer 403."""
    return HttpResponse(status=403)


def not_found(_request: HttpRequest, _exception: Exception) -> HttpResponse:
    """Answer 404."""
    return HttpResponse(status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return HttpResponse(status=500)
