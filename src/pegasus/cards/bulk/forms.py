from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.cards import queries
from pegasus.cards.birthdays.celebrated import SHIPPED
from pegasus.cards.domain import wording
from pegasus.cards.domain.bulk import NAME_MARK
from pegasus.people.intake import ListForm
from pegasus.people.models import Office

SIZE_LABELS = (
    ("portrait", gettext_lazy("Potret 4:5")),
    ("square", gettext_lazy("Persegi 1:1")),
    ("story", gettext_lazy("Story 9:16")),
)


class BulkForm(ListForm):
    """A sheet of cards, and what they have in common."""

    title = forms.CharField(
        label=gettext_lazy("Untuk apa"),
        max_length=80,
        help_text=gettext_lazy("Misalnya “Ulang tahun November”. Nama ini menjadi nama berkas ZIP."),
        error_messages={"required": gettext_lazy("Beri nama, supaya mudah dikenali nanti.")},
    )
    for_all = forms.CharField(
        label=gettext_lazy("Ucapan untuk semua"),
        required=False,
        max_length=wording.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dipakai bila baris tidak punya kata sendiri. {nama} diganti nama orangnya."),
        error_messages={
            "max_length": gettext_lazy("Paling banyak %(limit_value)d karakter; sekarang %(show_value)d.")
        },
    )
    template = forms.ChoiceField(label=gettext_lazy("Templat"), widget=forms.RadioSelect)
    sizes = forms.MultipleChoiceField(
        label=gettext_lazy("Ukuran"),
        choices=SIZE_LABELS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Pilih paling sedikit satu ukuran.")},
    )
    shown_on = forms.DateField(
        label=gettext_lazy("Tanggal di kartu"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Dipakai bila baris tidak punya tanggal sendiri."),
        error_messages={"required": gettext_lazy("Isi tanggalnya.")},
    )

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as forms.Form
        super().__init__(*args, **kwargs)
        self.templates = list(queries.templates_of(office))
        choice = self.fields["template"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = [(str(one.pk), one.name) for one in self.templates]
        first = next((one for one in self.templates if one.key == SHIPPED), *self.templates[:1])
        self.fields["template"].initial = str(first.pk) if first else None
        self.fields["sheet"].label = _("Lembar nama")
        self.fields["sheet"].help_text = _(
            "XLSX, XLS, ODS, atau CSV, paling banyak 1.000 baris: kolom nama, dan bila ada kata, sumber, tim, tanggal."
        )

    def clean_for_all(self) -> str:
        """Take the words, and see that only the name is asked for."""
        text: str = self.cleaned_data["for_all"]
        if "{" in text.replace(NAME_MARK, ""):
            raise forms.ValidationError(_("Yang diganti hanya {nama}."))
        return text
