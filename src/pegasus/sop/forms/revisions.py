"""The form of a revision: one field for each part of the text. It is filled from a text and read back into one."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.kernel.text import clean_line, clean_lines
from pegasus.sop.domain.drafts import LINES, MOST_LINES, MOST_ROWS, numbered
from pegasus.sop.domain.revisions import has_fixed_rows
from pegasus.sop.forms.programmes import RHYTHMS, ROLES, readable_standard
from pegasus.sop.shipped import ShippedProcedure

DATES = ("created_on", "revised_on", "effective_on")
WORDS = ("number", "unit", "title", "approved_by_position", "approved_by_name", "recording")
ROW_WORDS = ("title", "required_input", "time_standard", "output", "remark")
LONGEST_LINE = 600
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
ROLE_NAMES = dict(ROLES)


class RevisionForm(forms.Form):
    """The whole text: identity page, lists, columns and rows. `text` says which lines and rows there are."""

    number = forms.CharField(label=gettext_lazy("Nomor SOP"), max_length=60)
    title = forms.CharField(label=gettext_lazy("Nama SOP"), max_length=250, widget=forms.Textarea(attrs={"rows": 2}))
    agency = forms.CharField(
        label=gettext_lazy("Instansi"),
        max_length=250,
        help_text=gettext_lazy("Satu baris untuk setiap baris di bawah logo."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=120, required=False)
    created_on = forms.DateField(label=gettext_lazy("Tanggal Pembuatan"))
    revised_on = forms.DateField(label=gettext_lazy("Tanggal Revisi"))
    effective_on = forms.DateField(
        label=gettext_lazy("Tanggal Efektif"),
        help_text=gettext_lazy("Tugas yang terbuka mulai tanggal ini mengikuti versi baru."),
    )
    approved_by_position = forms.CharField(label=gettext_lazy("Disahkan oleh (jabatan)"), max_length=120)
    approved_by_name = forms.CharField(
        label=gettext_lazy("Nama Kepala"), max_length=120, help_text=gettext_lazy("Dengan gelar, tanpa NIP.")
    )
    recording = forms.CharField(
        label=gettext_lazy("Pencatatan dan Pendataan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, text: ShippedProcedure, *, checked: bool = True) -> None:
        # What nobody has typed yet is not checked yet.
        super().__init__(data=flat(text) if checked else None, initial=flat(text))
        self.text = text
        self.is_fixed = has_fixed_rows(text)
        for name in DATES:
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        for name in LINES:
            for place in range(len(text[name])):  # type: ignore[literal-required] # one of its lists
                self.fields[f"{name}-{place}"] = _area(_("Butir %(number)d") % {"number": place + 1}, LONGEST_LINE)
        for lane in text["lanes"]:
            role = str(ROLE_NAMES.get(lane["role"], lane["role"]))
            self.fields[f"lane-{lane['key']}"] = forms.CharField(label=role, max_length=60)
        for place, row in enumerate(text["activities"]):
            self._add_row(place, row["number"])

    def _add_row(self, place: int, number: int) -> None:
        def put(name: str, field: forms.Field) -> None:
            self.fields[f"row-{place}-{name}"] = field

        put("title", _area(_("Aktivitas"), 250, required=True))
        if not self.is_fixed:
            put("role", forms.ChoiceField(label=_("Pelaksana"), choices=ROLES))
            put("rhythm", forms.ChoiceField(label=_("Kapan"), choices=RHYTHMS))
        put("required_input", _area(_("Kelengkapan"), 500))
        put("time_standard", forms.CharField(label=_("Waktu"), max_length=40, validators=[_check_standard]))
        put("output", _area(_("Output"), 500))
        put("remark", _area(_("Keterangan"), 500))
        if not self.is_fixed and number > 1:
            back = _("Jika tidak, kembali ke nomor")
            put("back_to", forms.IntegerField(label=back, required=False, min_value=1, max_value=number - 1))

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in DATES:
            day = cleaned.get(name)
            if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
                self.add_error(name, _("Tahun %(year)d tidak masuk akal. Periksa tanggalnya.") % {"year": day.year})
        last = f"row-{len(self.text['activities']) - 1}-back_to"
        if cleaned.get(last):
            self.add_error(last, _("Langkah akhir tidak dapat menjadi keputusan. Kosongkan, atau naikkan barisnya."))
        made, revised = cleaned.get("created_on"), cleaned.get("revised_on")
        if made and revised and revised < made:
            self.add_error("revised_on", _("Tanggal revisi mendahului tanggal pembuatan."))
        return cleaned

    def is_too_long(self) -> bool:
        """Tell whether a field holds more than it may: such a text is kept as typed, and not typeset."""
        return any(one.code == "max_length" for errors in self.errors.as_data().values() for one in errors)

    def lists(self) -> list[tuple[str, str, list[BoundField]]]:
        """Return the lists of the identity page: name, heading, fields."""
        return [
            (name, heading, [self[f"{name}-{place}"] for place in range(len(cast("Any", self.text)[name]))])
            for name, heading in (
                ("legal_basis", _("Dasar Hukum")),
                ("qualifications", _("Kualifikasi Pelaksana")),
                ("related", _("Keterkaitan")),
                ("equipment", _("Peralatan/Perlengkapan")),
                ("warnings", _("Peringatan")),
            )
        ]

    def lane_fields(self) -> list[BoundField]:
        """Return the names of the columns of performers."""
        return [self[f"lane-{lane['key']}"] for lane in self.text["lanes"]]

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the flow table, each with its fields by name."""
        labels = {lane["key"]: lane["label"] for lane in self.text["lanes"]}
        return [
            {
                "place": place,
                "number": row["number"],
                "rhythm": row["rhythm"],
                "performers": [labels.get(one["lane"], "") for one in row["performers"]],
                "fields": {
                    name.rpartition("-")[2]: self[name] for name in self.fields if name.startswith(f"row-{place}-")
                },
            }
            for place, row in enumerate(self.text["activities"])
        ]


class InForceForm(forms.Form):
    """The decision: why, when the day lies behind."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan berlaku surut"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _check_standard(text: str) -> None:
    readable_standard(text)


def _area(label: str, longest: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": 2})
    )


def flat(text: ShippedProcedure) -> dict[str, Any]:
    """Return a text as the form's fields have it."""
    found: dict[str, Any] = {name: cast("Any", text)[name] or "" for name in (*WORDS, *DATES)}
    found["agency"] = "\n".join(text["agency"])
    for name in LINES:
        found |= {f"{name}-{place}": line for place, line in enumerate(cast("Any", text)[name])}
    found |= {f"lane-{lane['key']}": lane["label"] for lane in text["lanes"]}
    for place, row in enumerate(text["activities"]):
        found |= {f"row-{place}-{name}": cast("Any", row)[name] for name in (*ROW_WORDS, "rhythm")}
        performer = row["performers"][0] if row["performers"] else {"lane": ""}
        roles = {lane["key"]: lane["role"] for lane in text["lanes"]}
        found[f"row-{place}-role"] = roles.get(performer["lane"], "")
        found[f"row-{place}-back_to"] = performer.get("no") or ""
    return found


def read_back(post: Mapping[str, str], before: ShippedProcedure, labels: Mapping[str, str]) -> ShippedProcedure:
    """Return the text as it was typed, right or not; what the form did not carry stays as it was.

    `labels` names the column of a role that had none before.
    """
    text = cast("Any", deepcopy(before))
    for name in (*WORDS, *DATES):
        text[name] = _typed(post, name, text[name] or "")
    if "agency" in post:
        text["agency"] = [clean_line(line) for line in clean_lines(post["agency"]).splitlines() if line.strip()][:4]
    for name in LINES:
        if f"{name}-lines" in post:
            text[name] = [post[f"{name}-{place}"] for place in range(MOST_LINES) if f"{name}-{place}" in post]
            text[name] = [clean_line(line) for line in text[name]]
    for lane in text["lanes"]:
        lane["label"] = _typed(post, f"lane-{lane['key']}", lane["label"])
    for place, row in enumerate(text["activities"][:MOST_ROWS]):
        for name in ROW_WORDS:
            row[name] = _typed(post, f"row-{place}-{name}", row[name])
        if not has_fixed_rows(before):
            _read_performer(post, place, row, text, labels)
    if not has_fixed_rows(before):
        text["activities"] = numbered(text["activities"])
    return cast("ShippedProcedure", text)


def _typed(post: Mapping[str, str], name: str, otherwise: str) -> str:
    return clean_line(post[name]) if name in post else otherwise


def _read_performer(
    post: Mapping[str, str], place: int, row: dict[str, Any], text: dict[str, Any], labels: Mapping[str, str]
) -> None:
    """Read who performs a row and where a decision leads back; a role without a column gets one."""
    role = post.get(f"row-{place}-role", "")
    back = post.get(f"row-{place}-back_to", "")
    if role in ROLE_NAMES:
        lane = next((one for one in text["lanes"] if one["role"] == role), None)
        if lane is None:
            lane = {"key": role, "label": labels.get(role) or str(ROLE_NAMES[role]), "role": role}
            text["lanes"].append(lane)
        row["performers"] = [{"lane": lane["key"], "symbol": "process"}]
    if f"row-{place}-back_to" in post:
        number = int(back) if back.isdecimal() and len(back) <= 2 else None  # noqa: PLR2004 - rows have two digits at most
        for performer in row["performers"]:
            performer.pop("no", None)
            if number:
                performer["no"] = number
    rhythm = post.get(f"row-{place}-rhythm", "")
    if rhythm in dict(RHYTHMS):
        row["rhythm"] = rhythm


def day_of(text: ShippedProcedure) -> date:
    """Return the day from which a checked text is in force."""
    return date.fromisoformat(text["effective_on"])
