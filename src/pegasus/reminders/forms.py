from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.reminders.domain import texts

FAR_TOO_LONG = 4000


class TextForm(forms.Form):
    """The office's wording of one reminder."""

    text = forms.CharField(
        label=gettext_lazy("Isi pesan"),
        max_length=FAR_TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": gettext_lazy("Tulis isi pesannya.")},
    )

    def clean_text(self) -> str:
        """Refuse what would not work, and say what to change."""
        text = str(self.cleaned_data["text"])
        try:
            texts.check(text, settings.PEGASUS_BASE_URL)
        except texts.TextRefused as refused:
            raise ValidationError(sentence(refused)) from None
        return text


def sentence(refused: texts.TextRefused) -> str:
    """Say what is wrong with a wording."""
    match refused:
        case texts.UnknownVariable(name=name):
            known = ", ".join(f"{{{variable}}}" for variable in texts.VARIABLES)
            return _("Tidak ada isian bernama {%(name)s}. Yang tersedia: %(known)s.") % {"name": name, "known": known}
        case texts.TooLong(length=length):
            return _("Pesan jadinya %(length)s huruf; paling panjang %(longest)s agar dapat dibuka di WhatsApp.") % {
                "length": length,
                "longest": texts.LONGEST,
            }
        case _missing:
            return _("Teks harus memuat {tautan}, supaya petugas menemukan halamannya.")
