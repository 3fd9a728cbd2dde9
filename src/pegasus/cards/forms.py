from django import forms
from django.utils.translation import gettext_lazy as _

from pegasus.cards.domain import wording


class WordsForm(forms.Form):
    """The office's own words for the bank."""

    text = forms.CharField(
        label=_("Kata"),
        max_length=wording.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Tulis dulu katanya."),
            "max_length": _("Paling banyak %(limit_value)d karakter; sekarang %(show_value)d."),
        },
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=200,
        help_text=_("Nama orang, buku, atau “Peribahasa”."),
        error_messages={"required": _("Sebutkan sumbernya.")},
    )
    meaning = forms.CharField(label=_("Arti"), max_length=400, required=False)
    theme = forms.CharField(label=_("Tema"), max_length=40, required=False)


class ReturnForm(forms.Form):
    """Why a card goes back."""

    note = forms.CharField(
        label=_("Catatan untuk penulis"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis apa yang perlu diperbaiki.")},
    )
