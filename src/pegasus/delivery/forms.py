from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 500


class EvidenceForm(forms.Form):
    """How somebody knows that an uncertain message arrived."""

    note = forms.CharField(
        label=_("Bagaimana Anda tahu?"),
        help_text=_("Misalnya: Sari membalas pukul 08.12."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis bagaimana Anda tahu bahwa pesan ini sudah sampai.")},
    )


class AgainForm(forms.Form):
    """Why a message should leave once more."""

    note = forms.CharField(
        label=_("Mengapa dikirim ulang?"),
        help_text=_("Penerima bisa menerima pesan yang sama dua kali."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis alasan pesan ini dikirim ulang.")},
    )


class CancelForm(forms.Form):
    """Why a message is wanted no more."""

    note = forms.CharField(
        label=_("Mengapa tidak perlu dikirim?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis alasan pesan ini tidak dikirim.")},
    )
