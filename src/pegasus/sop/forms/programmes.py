from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.people.models import Role
from pegasus.sop.domain.standards import UnreadableStandard, parse
from pegasus.sop.models import Activity

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


def readable_standard(text: str) -> str:
    """Return a time standard as it was written, or refuse one that names no time."""
    try:
        parse(text)
    except UnreadableStandard:
        raise forms.ValidationError(
            _("Waktu ini tidak terbaca. Tulis misalnya 3 Hari Kerja, 30 Menit, atau Triwulanan.")
        ) from None
    return text


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
        return readable_standard(str(self.cleaned_data["time_standard"]))


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
