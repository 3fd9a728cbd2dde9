"""What the kinds of records are called; slices may keep kinds of their own, which then read as they are."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "sop": _("Dokumen SOP"),
    "roster": _("Jadwal"),
    "template": _("Templat kartu"),
    "card": _("Kartu"),
    "screenshot": _("Tangkapan layar"),
    "evidence": _("Bukti"),
    "quarter_report": _("Laporan triwulan"),
    "semester_report": _("Laporan semester"),
    "archive_list": _("Daftar arsip"),
    "birthday_list": _("Daftar ulang tahun"),
}


def label(kind: str) -> str:
    """Return the words for a kind."""
    return str(LABELS.get(kind) or kind.replace("_", " ").capitalize())
