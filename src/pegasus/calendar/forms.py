from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from pegasus.calendar.models import Holiday

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class DayInput(forms.DateInput):
    """A date field of the browser, which speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayForm(forms.Form):
    """What a day off is called, and by which decree."""

    name = forms.CharField(label=_("Nama hari"), max_length=200)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Holiday.Kind.choices)
    decree_number = forms.CharField(
        label=_("Nomor keputusan"),
        max_length=120,
        help_text=_("SKB, Keppres, atau keputusan gubernur yang menetapkannya."),
    )


class HolidayForm(DayForm):
    """A day off by decree."""

    on = forms.DateField(label=_("Tanggal"), widget=DayInput)

    def clean_on(self) -> date:
        """Keep slips of the keyboard out: a year such as 0026."""
        on: date = self.cleaned_data["on"]
        if not EARLIEST <= on <= LATEST:
            raise forms.ValidationError(_("Tahunnya harus antara 2000 dan 2100."))
        return on


class WithdrawalForm(forms.Form):
    """The decree that makes a day a working day again."""

    decree_number = forms.CharField(
        label=_("Nomor keputusan pencabutan"),
        max_length=120,
        help_text=_("Keputusan yang mencabut atau menggeser hari ini."),
    )
