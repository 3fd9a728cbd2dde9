from django import forms
from django.utils.translation import gettext_lazy as _

from pegasus.publishing.actions import LONGEST_CAPTION
from pegasus.publishing.domain import permalinks


class ProofForm(forms.Form):
    """The proof of a post: its address on Instagram, a screenshot, or both."""

    permalink = forms.CharField(
        label=_("Tautan unggahan Instagram"),
        required=False,
        max_length=permalinks.LONGEST,
        help_text=_("Contoh: https://www.instagram.com/p/DRabc12/"),
        widget=forms.TextInput(
            attrs={"class": "form-control", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    screenshot = forms.FileField(
        label=_("Tangkapan layar"),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": "image/*"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih gambar tangkapan layarnya.")},
    )

    def clean_permalink(self) -> str:
        """Bring the address into its one plain form."""
        text = str(self.cleaned_data["permalink"]).strip()
        if not text:
            return ""
        try:
            return permalinks.read_permalink(text)
        except permalinks.SharedAddress:
            raise forms.ValidationError(
                _(
                    "Tautan “share” dari tombol Bagikan tidak membuka unggahannya bagi orang lain. "
                    "Di Instagram pilih ⋯ pada unggahan, lalu “Salin tautan”."
                )
            ) from None
        except permalinks.NotAPermalink:
            raise forms.ValidationError(
                _("Ini bukan tautan unggahan Instagram. Bentuknya https://www.instagram.com/p/… atau /reel/…")
            ) from None


class ConfirmForm(forms.Form):
    """A named person's word."""

    note = forms.CharField(
        label=_("Bagaimana diketahui sudah diunggah?"),
        max_length=300,
        help_text=_("Misalnya: “Saya lihat di grup pukul 08.15, ponsel petugas sedang rusak.”"),
        error_messages={"required": _("Tulis bagaimana diketahui; catatan ini menjadi buktinya.")},
    )


class AcceptForm(forms.Form):
    """Why a doubtful screenshot is taken for good."""

    note = forms.CharField(
        label=_("Apa yang terlihat?"),
        max_length=300,
        help_text=_("Misalnya: “Kartu terlihat sebagian; tanggal dan nama grup sesuai.”"),
        error_messages={"required": _("Tulis apa yang terlihat; catatan ini menjadi buktinya.")},
    )


class CaptionForm(forms.Form):
    """An own wording of the caption."""

    caption = forms.CharField(
        label=_("Caption"),
        required=False,
        max_length=LONGEST_CAPTION,
        strip=True,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 6}),
        error_messages={"max_length": _("Caption paling panjang 2.200 karakter; ini %(show_value)d karakter.")},
    )
