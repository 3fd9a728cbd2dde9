from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pegasus.archive.models import Record
from pegasus.archive.signable import PossibleSigners, typesetter_of
from pegasus.people.models import Employee
from pegasus.people.queries import active_employees
from pegasus.signing.certificates import LARGEST as LARGEST_CERTIFICATE
from pegasus.signing.models import SignatureRequest
from pegasus.signing.queries import LARGEST_UPLOAD, SIGNERS


class SignForm(forms.Form):
    """A certificate for one signature. Neither field is ever shown again or kept."""

    p12 = forms.FileField(
        label=_("Berkas sertifikat (.p12 atau .pfx)"),
        help_text=_("Dipakai sekali untuk tanda tangan ini, tidak disimpan."),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
        allow_empty_file=True,
    )
    passphrase = forms.CharField(
        label=_("Frasa sandi sertifikat"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
    )

    def clean_p12(self) -> bytes:
        """Read the certificate; one larger than any real one is cut, and refused by who opens it."""
        uploaded = self.cleaned_data["p12"]
        return bytes(uploaded.read(LARGEST_CERTIFICATE + 1))


class PdfForm(forms.Form):
    """A PDF to check or to take back."""

    file = forms.FileField(
        label=_("Berkas PDF"),
        help_text=_("Paling besar 30 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> bytes:
        """Read the file, at most one byte more than is taken."""
        uploaded = self.cleaned_data["file"]
        data = bytes(uploaded.read(LARGEST_UPLOAD + 1))
        if not data:
            raise forms.ValidationError(_("Berkas ini kosong."))
        if len(data) > LARGEST_UPLOAD:
            raise forms.ValidationError(_("Berkas lebih besar dari 30 MB."))
        return data


class AnyFileForm(PdfForm):
    """A file of any kind to check: pictures are compared by their hash."""

    file = forms.FileField(
        label=_("Berkas yang Anda terima"),
        help_text=_("Pilih atau seret berkasnya ke sini. Paling besar 30 MB; berkas tidak disimpan."),
        allow_empty_file=True,
    )


class RequestForm(forms.Form):
    """Whose signature is wanted, and in which way: a document that is typeset for it says so at its foot."""

    signer = forms.ModelChoiceField(label=_("Penanda tangan"), queryset=Employee.objects.none())
    road = forms.ChoiceField(
        label=_("Cara menandatangani"),
        choices=SignatureRequest.Road.choices,
        initial=SignatureRequest.Road.ANY,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        document: Record,
        on: date,
        asker: Employee,
        possible: PossibleSigners | None = None,
        **kwargs: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*args, **kwargs)
        people = active_employees(document.office, on=on)
        signer = cast("forms.ModelChoiceField[Employee]", self.fields["signer"])
        if possible is None:
            signer.queryset = (people.filter(roles__role__in=SIGNERS) | people.filter(pk=asker.pk)).distinct()
        else:
            signer.queryset = people.filter(pk__in=[person.pk for person in possible.people])
            signer.empty_label = None
            signer.initial = next((person.pk for person in possible.people), None)
        if typesetter_of(document.kind) is None:
            del self.fields["road"]

    def clean(self) -> dict[str, Any]:
        """A file that is signed as it is says nothing of a way."""
        return {"road": SignatureRequest.Road.ANY, **self.cleaned_data}


class FilterForm(forms.Form):
    """Which requests to list."""

    q = forms.CharField(
        label=_("Cari"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control", "placeholder": _("Judul atau kode")}),
    )
    state = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Semua")), *SignatureRequest.State.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
