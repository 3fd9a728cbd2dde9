from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pegasus.calendar.domain.periods import Period
from pegasus.people.models import Employee
from pegasus.reports.actions import LONGEST_SECTION
from pegasus.reports.models import Report
from pegasus.signing.models import SignatureRequest
from pegasus.sop.models import Programme

EARLIEST, LATEST = 2000, 2999


class SectionForm(forms.Form):
    """The words of one section; an empty text gives the computed words back."""

    text = forms.CharField(
        label=_("Isi bagian"),
        required=False,
        max_length=LONGEST_SECTION,
        help_text=_("Kosongkan untuk kembali ke kalimat yang dihitung dari data. Baris kosong memisahkan alinea."),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 8}),
    )


class DraftForm(forms.Form):
    """Which report to begin."""

    period = forms.ChoiceField(label=_("Periode"))
    programme = forms.ModelChoiceField(
        label=_("Kegiatan"), queryset=Programme.objects.none(), empty_label=None, required=False
    )

    def __init__(self, *args: Any, periods: list[tuple[str, str]], programmes: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the periods that somebody may report on, and the office's programmes."""
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods  # type: ignore[attr-defined] # a ChoiceField has choices
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined] # a ModelChoiceField has a queryset

    def clean_period(self) -> Period:
        """Read the key."""
        return Period.parse(self.cleaned_data["period"])


class ObstacleForm(forms.Form):
    """A kendala and its solution."""

    programme = forms.ModelChoiceField(label=_("Kegiatan"), queryset=Programme.objects.none(), empty_label=None)
    text = forms.CharField(label=_("Kendala"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    solution = forms.CharField(
        label=_("Solusi"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:  # noqa: ANN401 - any queryset
        """Offer the office's programmes."""
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined] # a ModelChoiceField has a queryset


class FollowUpForm(forms.Form):
    """A tindak lanjut: what, who, until when."""

    programme = forms.ModelChoiceField(label=_("Kegiatan"), queryset=Programme.objects.none(), empty_label=None)
    text = forms.CharField(label=_("Tindak lanjut"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.CharField(label=_("Penanggung jawab"), max_length=120, required=False)
    due_on = forms.DateField(
        label=_("Batas waktu"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tulis tanggalnya seperti 2027-01-31.")},
    )

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:  # noqa: ANN401 - any queryset
        """Offer the office's programmes."""
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined] # a ModelChoiceField has a queryset


class DoneForm(forms.Form):
    """What came of a follow-up."""

    note = forms.CharField(label=_("Hasilnya"), max_length=500, required=False)


class SolutionForm(forms.Form):
    """A kendala corrected or solved."""

    text = forms.CharField(label=_("Kendala"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    solution = forms.CharField(
        label=_("Solusi"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SignatureForm(forms.Form):
    """Who is to sign, and by which road."""

    road = forms.ChoiceField(
        label=_("Cara menandatangani"),
        choices=[choice for choice in SignatureRequest.Road.choices if choice[0] != SignatureRequest.Road.ANY.value],
        widget=forms.RadioSelect,
    )
    signer = forms.ModelChoiceField(
        label=_("Penanda tangan"), queryset=Employee.objects.none(), required=False, empty_label=_("Belum ditentukan")
    )

    def __init__(self, *args: Any, signers: Any, **kwargs: Any) -> None:  # noqa: ANN401 - any queryset
        """Offer who may sign."""
        super().__init__(*args, **kwargs)
        self.fields["signer"].queryset = signers  # type: ignore[attr-defined] # a ModelChoiceField has a queryset


class ReopenForm(forms.Form):
    """Why a final report is opened again."""

    reason = forms.CharField(label=_("Alasan"), max_length=300)


def kind_of(period: Period) -> str:
    """Return the kind of report that a period has."""
    return Report.Kind.QUARTER.value if period.kind == "quarter" else Report.Kind.SEMESTER.value
