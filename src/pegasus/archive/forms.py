from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pegasus.archive import kinds
from pegasus.archive.domain.classification import CODES
from pegasus.archive.models import Record

CODE = RegexValidator(r"^[A-Z]{2}(\.\d{2,4}){1,3}$", _("Tulis kode seperti PR.640."))


class FilterForm(forms.Form):
    """Which records to list."""

    q = forms.CharField(
        label=_("Cari"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control", "placeholder": _("Uraian, kode")}),
    )
    kind = forms.ChoiceField(label=_("Jenis"), required=False, widget=forms.Select(attrs={"class": "form-select"}))
    year = forms.ChoiceField(label=_("Tahun"), required=False, widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args: Any, found_kinds: list[str], years: list[int], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        everything = ("", _("Semua"))
        self._offer("kind", [everything, *((kind, kinds.label(kind)) for kind in found_kinds)])
        self._offer("year", [everything, *((str(year), str(year)) for year in years)])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def wanted(self) -> dict[str, str]:
        """What is asked for; a choice that is not offered asks for nothing."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class DescribeForm(forms.ModelForm[Record]):
    """How a record is classified and how long it is kept."""

    class Meta:
        model = Record
        fields = [
            "title",
            "classification",
            "security_class",
            "copy_status",
            "retention_active_years",
            "retention_inactive_years",
            "fate",
        ]
        labels = {
            "title": _("Uraian"),
            "classification": _("Kode klasifikasi"),
            "security_class": _("Klasifikasi keamanan"),
            "copy_status": _("Tingkat perkembangan"),
            "retention_active_years": _("Retensi aktif (tahun)"),
            "retention_inactive_years": _("Retensi inaktif (tahun)"),
            "fate": _("Nasib akhir"),
        }
        help_texts = {
            "classification": _("Misalnya PR.640 laporan berkala, OT.130 SOP, HM.600 publikasi."),
            "fate": _("Tidak ada yang dihapus otomatis: ini usul pada akhir masa simpan."),
        }
        widgets = {"classification": forms.TextInput(attrs={"list": "kode-klasifikasi", "autocomplete": "off"})}

    codes = CODES

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["classification"].validators.append(CODE)
        for name in ("retention_active_years", "retention_inactive_years"):
            field = self.fields[name]
            if isinstance(field, forms.IntegerField):
                field.max_value = 100
                field.validators.append(forms.IntegerField(max_value=100).validators[-1])


class PaperForm(forms.Form):
    """Where the paper is."""

    location = forms.CharField(
        label=_("Lembar kertas disimpan di"),
        help_text=_("Misalnya: Lemari 2, laci 3, map Pegasus 2026. Kosongkan kalau belum ada lembar kertasnya."),
        max_length=200,
        required=False,
    )
