"""A revision's changes in words: where something changed, and what stood and stands there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.sop.document import long_date
from pegasus.sop.domain.revisions import Change
from pegasus.sop.forms.programmes import RHYTHMS

WHERE = {
    "number": gettext_lazy("Nomor SOP"),
    "agency": gettext_lazy("Instansi"),
    "unit": gettext_lazy("Unit"),
    "title": gettext_lazy("Nama SOP"),
    "created_on": gettext_lazy("Tanggal Pembuatan"),
    "revised_on": gettext_lazy("Tanggal Revisi"),
    "effective_on": gettext_lazy("Tanggal Efektif"),
    "approved_by_position": gettext_lazy("Disahkan oleh (jabatan)"),
    "approved_by_name": gettext_lazy("Nama Kepala"),
    "recording": gettext_lazy("Pencatatan dan Pendataan"),
    "legal_basis": gettext_lazy("Dasar Hukum"),
    "qualifications": gettext_lazy("Kualifikasi Pelaksana"),
    "related": gettext_lazy("Keterkaitan"),
    "equipment": gettext_lazy("Peralatan/Perlengkapan"),
    "warnings": gettext_lazy("Peringatan"),
    "lanes": gettext_lazy("Nama kolom pelaksana"),
}
IN_A_ROW = {
    "number": gettext_lazy("nomor urut"),
    "title": gettext_lazy("nama aktivitas"),
    "performers": gettext_lazy("pelaksana"),
    "required_input": gettext_lazy("kelengkapan"),
    "time_standard": gettext_lazy("waktu"),
    "output": gettext_lazy("output"),
    "remark": gettext_lazy("keterangan"),
    "rhythm": gettext_lazy("kapan"),
}
DATES = ("created_on", "revised_on", "effective_on")


@dataclass(frozen=True)
class ChangeLine:
    """One change as a page shows it; empty words stand for nothing."""

    kind: Literal["changed", "added", "removed"]
    where: str
    before: str
    after: str


def in_words(changes: Iterable[Change], lanes: Iterable[Mapping[str, Any]]) -> list[ChangeLine]:
    """Say changes in words; `lanes` names the columns of performers in both texts."""
    labels = {lane["key"]: lane["label"] for lane in lanes}
    return [
        ChangeLine(change.kind, _where(change), _said(change.where, change.before, labels), _after(change, labels))
        for change in changes
    ]


def _where(change: Change) -> str:
    if change.row is None:
        return str(WHERE[change.where])
    row = _("Aktivitas %(number)d") % {"number": change.row}
    return row if change.where == "activities" else f"{row}, {IN_A_ROW[change.where]}"


def _after(change: Change, labels: Mapping[str, str]) -> str:
    if isinstance(change.after, list) and change.where not in ("performers", "activities"):
        return _("urutan butir berubah")
    return _said(change.where, change.after, labels)


def _said(where: str, value: Any, labels: Mapping[str, str]) -> str:  # noqa: ANN401 - whatever a text holds
    if value is None:
        return ""
    if where == "activities":
        return str(value["title"])
    if where == "performers":
        return " → ".join(_performer(one, labels) for one in value)
    if where == "rhythm":
        return str(dict(RHYTHMS).get(value, value))
    if where in DATES:
        return long_date(str(value))
    return "" if isinstance(value, list) else str(value)


def _performer(one: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    label = labels.get(one["lane"], one["lane"])
    if one.get("no") is None:
        return str(label)
    return _("%(who)s (keputusan: jika tidak, kembali ke nomor %(number)d)") % {"who": label, "number": one["no"]}
