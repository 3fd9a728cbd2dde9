from django.http import HttpResponse
from django.shortcuts import render

from pegasus.people.access import OfficeRequest, signed_in


@signed_in()
def home(request: OfficeRequest) -> HttpResponse:
    """Say what to do now."""
    return render(request, "home/home.html")
