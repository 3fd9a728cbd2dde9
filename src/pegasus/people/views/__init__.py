"""The pages of the slice: the list, one person, the import, one's own data."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

EDITORS = ("ca", "admin")
INVALID = 422  # a form that comes back with its errors


def follow_up(back: str) -> HttpResponse:
    """Lead to what a change means for the published roster, or back where it means nothing."""
    return redirect(f"{reverse('home:follow-up')}?{urlencode({'kembali': back})}")
