from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.people.models import Role
from pegasus.sop.domain.standards import UnreadableStandard, parse
from pegasus.sop.models import Activity, Task
from pegasus.typeset.pictures import PictureRefused, accept

LARGEST = 25 * 1024 * 1024
MOMENT = "%Y-%m-%dT%H:%M"
ROLES = [
    (Role.CA.value, gettext_lazy("CA (Change Agent)")),
    (Role.CC.value, gettext_lazy("CC (Change Champion)")),
    (Role.CL.value, gettext_lazy("CL (Change Leader)")),
    (Role.HUMAS.value, gettext_lazy("Humas")),
    ("pegawai", gettext_lazy("Pegawai")),
]
RHYTHMS = [
    (Activity.Rhythm.MANUAL.value, gettext_lazy("Dicatat sendiri saat terjadi")),
    (Activity.Rhythm.MONTHLY.value, gettext_lazy("Setiap bulan")),
    (Activity.Rhythm.QUARTER.value, gettext_lazy("Setelah triwulan berakhir")),
    (Activity.Rhythm.SEMESTER.value, gettext_lazy("Setelah semester berakhir")),
    (Activity.Rhythm.YEARLY.value, gettext_lazy("Setiap tahun")),
]


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


class ProgrammeForm(forms.Form):
    """A programme of the network that is not among the shipped ones."""

    name = forms.CharField(label=gettext_lazy("Nama kegiatan"), max_length=120)
    code = forms.SlugField(
        label=gettext_lazy("Kode"),
        max_length=20,
        help_text=gettext_lazy("Satu kata pendek tanpa spasi, misalnya joss."),
    )
    number = forms.CharField(label=gettext_lazy("Nomor SOP"), max_length=60)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=120, initial="CHANGE AGENT NETWORK")


class ActivityForm(forms.Form):
    """A row of the new programme's flow table."""

    title = forms.CharField(label=gettext_lazy("Aktivitas"), max_length=250)
    role = forms.ChoiceField(label=gettext_lazy("Pelaksana"), choices=ROLES)
    required_input = forms.CharField(label=gettext_lazy("Kelengkapan"), max_length=500, required=False)
    time_standard = forms.CharField(
        label=gettext_lazy("Waktu"),
        max_length=40,
        help_text=gettext_lazy("Misalnya 3 Hari Kerja, 3-5 Hari Kerja, 30 Menit, 1 Minggu, atau Semesteran."),
    )
    output = forms.CharField(label=gettext_lazy("Output"), max_length=500)
    rhythm = forms.ChoiceField(label=gettext_lazy("Kapan"), choices=RHYTHMS)
    back_to = forms.IntegerField(
        label=gettext_lazy("Bila tidak, kembali ke nomor"),
        required=False,
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("Hanya untuk langkah keputusan (belah ketupat)."),
    )

    def clean_time_standard(self) -> str:
        """Take only a time that can be read."""
        text = str(self.cleaned_data["time_standard"])
        try:
            parse(text)
        except UnreadableStandard:
            raise forms.ValidationError(
                _("Waktu ini tidak terbaca. Tulis misalnya 3 Hari Kerja, 30 Menit, atau Triwulanan.")
            ) from None
        return text


class ActivitiesFormSet(forms.BaseFormSet):  # type: ignore[type-arg] # the stubs' generic is no runtime class
    """The rows; empty ones are left out, the rest keep their order."""

    def clean(self) -> None:
        """Ask for one row at least, and for decisions that lead to a row that is there."""
        rows = [form for form in self.forms if form.has_changed()]
        if any(form.errors for form in rows):
            return
        if not rows:
            raise forms.ValidationError(_("Isi sedikitnya satu aktivitas."))
        for number, form in enumerate(rows, start=1):
            back = form.cleaned_data.get("back_to")
            if back is not None and (back >= number or number == len(rows)):
                form.add_error(
                    "back_to", _("Keputusan kembali ke langkah sebelumnya, dan tidak menjadi langkah akhir.")
                )


ActivityRows = forms.formset_factory(ActivityForm, formset=ActivitiesFormSet, extra=0, max_num=20, absolute_max=20)


def _sound_pdf(data: bytes) -> bytes:
    try:
        with pikepdf.open(BytesIO(data)):
            return data
    except (pikepdf.PdfError, pikepdf.PasswordError):
        raise forms.ValidationError(_("PDF ini tidak dapat dibuka. Pilih berkas lain.")) from None


def in_form(moment: datetime) -> str:
    """Write a moment as the field for a day and a time does."""
    return moment.strftime(MOMENT)
