"""The page of the office's brand: colours, logo, margin and fonts that its templates share."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pegasus.cards import actions, addresses, queries
from pegasus.cards.domain.designs import FONTS
from pegasus.cards.domain.designs.rules import COLOUR
from pegasus.cards.editor import EDITORS
from pegasus.cards.forms import FontForm
from pegasus.cards.models import BrandKit
from pegasus.kernel import clock
from pegasus.people.access import OfficeRequest, signed_in
from pegasus.typeset import pages
from pegasus.typeset.pictures import MOST_BYTES, Picture, PictureRefused

MOST_COLOURS = 8


class BrandForm(forms.Form):
    """Logo and margin; the colours come as a list beside it."""

    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG tembus pandang atau SVG paling baik. Dipakai elemen “Logo” di semua templat."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/svg+xml,application/pdf"}),
    )
    without_logo = forms.BooleanField(label=gettext_lazy("Hapus logo"), required=False)
    margin = forms.IntegerField(
        label=gettext_lazy("Jarak aman dari tepi (piksel)"),
        min_value=0,
        max_value=300,
        help_text=gettext_lazy("Garis bantu di penyunting; kata sebaiknya tidak melewatinya."),
    )

    def clean_logo(self) -> Picture | None:
        """Pass the logo through the gate."""
        uploaded = self.cleaned_data["logo"]
        if not uploaded:
            return None
        try:
            return pages.accept(uploaded.read(MOST_BYTES + 1), longest=1200)
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused)) from None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def page(request: OfficeRequest) -> HttpResponse:
    """Show and set what the office's templates share."""
    office = request.actor.office
    kit = queries.brand_of(office)
    form = BrandForm(initial={"margin": kit.margin})
    if request.method == "POST":
        form = BrandForm(request.POST, request.FILES)
        kit.colours = [colour for colour in request.POST.getlist("colour") if COLOUR.fullmatch(colour)][:MOST_COLOURS]
        if form.is_valid():
            actions.set_brand(
                office=office, colours=kit.colours, by=request.actor.name, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Merek kantor disimpan. Templat memakainya mulai sekarang."))
            return redirect("cards:brand")
    return shown(request, form, kit, status=422 if form.errors else 200)


def shown(
    request: OfficeRequest,
    form: BrandForm,
    kit: BrandKit,
    *,
    fonts: FontForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page, with what was typed into either form."""
    families = queries.font_families(request.actor.office)
    context = {
        "form": form,
        "colours": kit.colours,
        "spare": range(len(kit.colours), MOST_COLOURS),
        "logo": addresses.picture(kit.logo.pk) if kit.logo else "",
        "families": families,
        "shipped": FONTS,
        "fonts_form": fonts or FontForm(),
        "is_asked": bool(fonts) or not families,
    }
    return render(request, "cards/brand.html", context, status=status)
