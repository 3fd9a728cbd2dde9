from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pegasus.cards.domain import places, wording
from pegasus.cards.domain.designs import SIZES
from pegasus.cards.models import BrandFont, Words
from pegasus.people.intake import ListForm
from pegasus.typeset import fonts

POINT = "titik"


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
    meaning = forms.CharField(
        label=_("Arti"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=Words.Kind.choices, initial=Words.Kind.OTHER, required=False)
    theme = forms.CharField(label=_("Tema"), max_length=40, required=False)
    author = forms.CharField(
        label=_("Tokoh"), max_length=120, required=False, help_text=_("Siapa yang mengatakannya, bila ada namanya.")
    )
    year = forms.CharField(label=_("Tahun"), max_length=20, required=False)
    source = forms.CharField(
        label=_("Sumber"),
        max_length=200,
        required=False,
        help_text=_("Buku, pidato, atau “Peribahasa”. Tanpa ini kutipan ditandai “sumber belum ada”."),
    )

    def clean_kind(self) -> str:
        """Return the kind; words of no other kind are the office's own."""
        return self.cleaned_data["kind"] or Words.Kind.OTHER

    def clean(self) -> dict[str, Any]:
        """Ask for the source, or at least for who said it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned["source"] and not cleaned["author"]:
            self.add_error("source", gettext("Sebutkan sumbernya."))
        return cleaned


class WordListForm(ListForm):
    """A list of words: a file, or a table from the clipboard."""

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **given)
        self.fields["sheet"].label = _("Daftar kata")
        self.fields["sheet"].help_text = _("XLSX, XLS, ODS, atau CSV. Letak judul dan urutan kolomnya bebas.")


class CommentForm(forms.Form):
    """What a reviewer asks for: a point that was tapped, one of nine parts, or the whole card."""

    text = forms.CharField(
        label=_("Komentar"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Tulis komentarnya."),
            "max_length": _("Paling banyak %(limit_value)d karakter; sekarang %(show_value)d."),
        },
    )
    letak = forms.ChoiceField(
        choices=[("", ""), (POINT, ""), *((ninth, ninth) for ninth in places.NINTHS)], required=False
    )
    ukuran = forms.ChoiceField(choices=[(size, size) for size in SIZES], required=False)
    x = forms.FloatField(required=False)
    y = forms.FloatField(required=False)
    versi = forms.IntegerField(min_value=1, required=False)

    place: places.Place | None = None

    def clean(self) -> dict[str, Any]:
        """Turn what was chosen into a place."""
        cleaned: dict[str, Any] = super().clean() or {}
        where, size = cleaned.get("letak"), cleaned.get("ukuran") or "portrait"
        if where == POINT:
            try:
                self.place = places.Place(size, cleaned["x"], cleaned["y"])
            except (KeyError, TypeError, places.OffThePicture):
                raise ValidationError(gettext("Letaknya di luar gambar. Ketuk gambar sekali lagi.")) from None
        elif where:
            self.place = places.centre(where, size)
        return cleaned


class VerdictForm(forms.Form):
    """What a reviewer decides, about which version."""

    note = forms.CharField(
        label=_("Catatan untuk penulis"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    versi = forms.IntegerField(min_value=1, required=False)
    meski = forms.BooleanField(required=False)


class FontForm(forms.Form):
    """An office's own font, and by what right it is used."""

    font = forms.FileField(
        label=_("Berkas huruf"),
        help_text=_("TTF atau OTF, paling besar 8 MB. Satu gaya per berkas: biasa, tebal, miring, atau variabel."),
        widget=forms.FileInput(attrs={"accept": ".ttf,.otf,font/ttf,font/otf"}),
        error_messages={"required": _("Pilih berkas huruf."), "empty": _("Berkas ini kosong. Pilih berkas huruf.")},
    )
    right = forms.ChoiceField(
        label=_("Dengan hak apa kantor memakai huruf ini?"),
        choices=BrandFont.Right.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu haknya.")},
    )
    note = forms.CharField(
        label=_("Keterangan lisensi"),
        required=False,
        max_length=200,
        help_text=_("Untuk lisensi yang dibeli: nomor, atau di mana buktinya disimpan."),
    )

    def clean_font(self) -> fonts.Font:
        """Pass the file through the gate of fonts."""
        try:
            return fonts.accept(self.cleaned_data["font"].read(fonts.MOST_BYTES + 1))
        except fonts.FontRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean(self) -> dict[str, Any]:
        """Ask for the proof of what was bought."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("right") == BrandFont.Right.BOUGHT and not cleaned.get("note"):
            self.add_error("note", gettext("Tulis nomor lisensinya, atau di mana buktinya disimpan."))
        return cleaned
