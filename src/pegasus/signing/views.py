from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pegasus.signing import queries


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what stands behind a code."""
    return render(request, "signing/verify.html", {"wish": queries.request_behind(code)})
