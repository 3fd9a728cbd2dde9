"""A person's photo: cut to a square, kept with consent, handed out to few."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pegasus.kernel import clock
from pegasus.people import actions
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.forms import PhotoForm
from pegasus.people.models import Employee
from pegasus.people.views import EDITORS, own
from pegasus.people.views.person import find, of_the_known, page
from pegasus.typeset import pictures, stored

LONGEST = 1200


@require_POST
@signed_in()
@of_the_known
def set_photo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Keep a photo, with consent: one's own, or one that its owner has agreed to before who keeps the list."""
    employee = _found(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        upload = cast("UploadedFile[bytes]", form.cleaned_data["photo"])
        try:
            # One byte more than may be is enough for the gate to refuse it.
            data = upload.read(pictures.MOST_BYTES + 1)
            picture = pictures.accept(data, longest=LONGEST, cut=form.cut())
        except pictures.PictureRefused as refusal:
            form.add_error("photo", str(refusal))
        else:
            actions.set_photo(employee=employee, picture=picture, by=request.actor.name, at=clock.now())
            messages.success(request, _("Foto %(name)s tersimpan dengan persetujuannya.") % {"name": employee.name})
            return _back(request, employee)
    if request.POST.get("dari") == "saya":
        return own.page(request, photo_form=form)
    return page(request, employee, photo_form=form)


@require_POST
@signed_in()
def remove_photo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Withdraw the consent."""
    employee = _found(request, pk)
    actions.remove_photo(employee=employee, by=request.actor.name, at=clock.now())
    messages.success(request, _("Foto %(name)s dihapus dan tidak dipakai lagi.") % {"name": employee.name})
    return _back(request, employee)


@require_GET
@signed_in()
def photo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hand out a photo to those who keep the list, and to its owner."""
    employee = _found(request, pk)
    if not employee.photo:
        raise Http404
    data = stored.picture(employee.photo)
    if not data:  # gone or broken in the media folder: the page stays, and the photo can be replaced there
        raise Http404
    answer = HttpResponse(data, content_type="image/png" if data.startswith(b"\x89PNG") else "image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


def _found(request: OfficeRequest, pk: int) -> Employee:
    employee = find(request, pk)
    if not (request.actor.may(*EDITORS) or request.actor.employee.pk == employee.pk):
        raise PermissionDenied
    return employee


def _back(request: OfficeRequest, employee: Employee) -> HttpResponse:
    is_own = employee.pk == request.actor.employee.pk and request.POST.get("dari") == "saya"
    return redirect("people:own") if is_own else redirect("people:person", employee.pk)
