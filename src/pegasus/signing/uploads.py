"""Gates for uploads by anybody: how large, and how often."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from pegasus.kernel import visitors
from pegasus.signing.queries import LARGEST_UPLOAD

FORM_OVERHEAD = 64 * 1024
CHECKS_ALLOWED = 20
WINDOW_SECONDS = 600

View = Callable[..., HttpResponse]


def too_large(request: HttpRequest) -> bool:
    """Tell from the header alone whether the body is larger than any file we take."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > LARGEST_UPLOAD + FORM_OVERHEAD


def before_reading(refuse: View) -> Callable[[View], View]:
    """Refuse a body that is too large before anything of it is read: the form's token stands in the body."""

    def wrap(view: View) -> View:
        guarded = csrf_protect(view)

        @wraps(view)
        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST" and too_large(request):
                return refuse(request, *args, **kwargs)
            return guarded(request, *args, **kwargs)

        return csrf_exempt(inner)

    return wrap


def too_often(request: HttpRequest) -> bool:
    """Count one check of a visitor; tell whether there were too many in these ten minutes."""
    visitor = sha256(visitors.line_of(request).encode()).hexdigest()[:24]
    key = f"signing.checks.{visitor}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > CHECKS_ALLOWED
    except ValueError:  # it ran out between the two lines
        return False
