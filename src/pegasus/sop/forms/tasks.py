from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.sop.models import Task
from pegasus.typeset.pictures import PictureRefused, accept

LARGEST = 25 * 1024 * 1024
MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(label: Any) -> forms.DateTimeField:  # noqa: ANN401 - a lazy text
    """Return a field for a day and a time on the office's clock."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, input_formats=[MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%d"], widget=widget)


class EvidenceForm(forms.Form):
    """A proof: a picture or PDF, or a link, or a named person's word."""

    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        required=False,
        help_text=gettext_lazy("Gambar (JPEG, PNG, WebP) atau PDF, paling besar 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    url = forms.URLField(label=gettext_lazy("Tautan"), required=False, max_length=500, assume_scheme="https")
    text = forms.CharField(
        label=gettext_lazy("Keterangan"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_file(self) -> tuple[bytes, str] | None:
        """Pass the file through its gate: pictures are written anew, a PDF must open."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is None:
            return None
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 25 MB. Pilih berkas yang lebih kecil."))
        data = upload.read()
        if data.startswith(b"%PDF-"):
            return _sound_pdf(data), "application/pdf"
        try:
            picture = accept(data)
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return picture.data, picture.content_type

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of the three."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("file", "url", "text")):
            raise forms.ValidationError(_("Tambahkan berkas, tautan, atau keterangan."))
        return cleaned


class CloseForm(forms.Form):
    """A task is done, or need not be done, or was left out."""

    outcome = forms.ChoiceField(label=gettext_lazy("Hasil"), choices=Task.Outcome.choices)
    done_at = moment_field(gettext_lazy("Selesai pada"))
    note = forms.CharField(
        label=gettext_lazy("Catatan"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, when it was not done."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("outcome") not in (None, Task.Outcome.DONE) and not cleaned.get("note"):
            self.add_error("note", _("Tuliskan alasannya."))
        return cleaned


class ReopenForm(forms.Form):
    """Why a closed task is opened again."""

    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=300)


class RunForm(forms.Form):
    """A piece of work that happens when it happens."""

    label = forms.CharField(
        label=gettext_lazy("Kegiatan"),
        max_length=120,
        help_text=gettext_lazy("Misalnya: pembinaan pegawai baru, atau nama penerima."),
    )
    began_at = moment_field(gettext_lazy("Mulai pada"))


def _sound_pdf(data: bytes) -> bytes:
    try:
        with pikepdf.open(BytesIO(data)):
            return data
    except (pikepdf.PdfError, pikepdf.PasswordError):
        raise forms.ValidationError(_("PDF ini tidak dapat dibuka. Pilih berkas lain.")) from None


def in_form(moment: datetime) -> str:
    """Write a moment as the field for a day and a time does."""
    return moment.strftime(MOMENT)
