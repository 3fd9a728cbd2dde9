"""What the SOP leaves to the office, on one page."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pegasus.home import actions
from pegasus.home.forms import LogoForm, SettingsForm
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.people.models import Role
from pegasus.typeset import pictures

LONGEST_LOGO = 800


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in("ca", "admin")
def settings(request: OfficeRequest) -> HttpResponse:
    """Change the office's settings."""
    office = request.actor.office
    if request.method != "POST":
        return _page(request, SettingsForm(instance=office))
    # The form writes into its own copy, so that the actor's office stays as it is until the action has run.
    form = SettingsForm(request.POST, instance=type(office).objects.get(pk=office.pk))
    if not form.is_valid():
        return _page(request, form, status=422)
    # How accounts with power are guarded is the administrator's: the form of others does not even ask.
    of_others = frozenset() if request.actor.may("admin") else {"requires_second_factor"}
    changed = actions.change_settings(
        office=office,
        changes={name: value for name, value in form.cleaned_data.items() if name not in of_others},
        role_labels=form.role_labels(),
        by=request.actor.employee,
        at=clock.now(),
    )
    messages.success(
        request, _("Pengaturan kantor tersimpan.") if changed else _("Tidak ada yang berubah: semuanya masih sama.")
    )
    return redirect(f"{reverse('home:follow-up')}?{urlencode({'kembali': reverse('home:settings')})}")


@require_POST
@signed_in("ca", "admin")
def change_logo(request: OfficeRequest) -> HttpResponse:
    """Put a logo on the letterhead, or take it off."""
    office, at = request.actor.office, clock.now()
    if "remove" in request.POST:
        actions.change_logo(office=office, logo=None, by=request.actor.employee, at=at)
        messages.success(request, _("Kop surat kembali tanpa logo."))
        return redirect("home:settings")
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            logo = pictures.accept(cast("UploadedFile[bytes]", form.cleaned_data["logo"]).read(), longest=LONGEST_LOGO)
        except pictures.PictureRefused as refused:
            form.add_error("logo", str(refused))
        else:
            actions.change_logo(office=office, logo=logo, by=request.actor.employee, at=at)
            messages.success(request, _("Logo terpasang di kop surat."))
            return redirect("home:settings")
    return _page(request, SettingsForm(instance=office), logo=form, status=422)


@require_safe
@signed_in(outsiders=True)
def logo(request: OfficeRequest) -> FileResponse:
    """Send the office's logo."""
    office = request.actor.office
    if not office.logo:
        raise Http404
    try:
        return FileResponse(office.logo.open("rb"))
    except OSError:
        raise Http404 from None


def _page(
    request: OfficeRequest, form: SettingsForm, *, logo: LogoForm | None = None, status: int = 200
) -> HttpResponse:
    labels = [form[f"label_{role}"] for role in Role]
    context = {"form": form, "logo_form": logo or LogoForm(), "labels": labels, "office": request.actor.office}
    return render(request, "home/settings.html", context, status=status)
