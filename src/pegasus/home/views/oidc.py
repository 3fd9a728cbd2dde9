"""Sign-in with an institution's account (OpenID Connect); people are known here already, or stay outside."""

import logging

from allauth.socialaccount.providers.openid_connect.views import login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

log = logging.getLogger(__name__)
PROVIDER = "instansi"
BAD_GATEWAY = 502


@require_POST
def oidc_login(request: HttpRequest) -> HttpResponseBase:
    """Lead to the provider; where it does not answer, say so instead of failing."""
    if not settings.PEGASUS_OIDC_URL:
        raise Http404
    try:
        answer: HttpResponseBase = login(request, PROVIDER)
    except (OSError, ValueError, KeyError) as fault:  # no line, no JSON, or not a provider's
        log.warning("the identity provider does not answer: %s", type(fault).__name__)
        return render(request, "socialaccount/authentication_error.html", status=BAD_GATEWAY)
    return answer


@require_safe
def signup_closed(request: HttpRequest) -> HttpResponse:
    """Tell that the provider knows somebody whom this office does not."""
    return render(request, "socialaccount/signup_closed.html", status=403)
