"""The audit trail of a person, in sentences."""

from collections.abc import Callable

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pegasus.kernel.models import AuditEntry
from pegasus.people import reasons

LABELS = ("name", "title_before", "title_after", "nip", "team", "position", "birth_date", "email", "phone")


def sentence(entry: AuditEntry, *, role_label: Callable[[str], str]) -> str:
    """Say what was done; who and when stand beside it."""
    if entry.action == "employee.changed":
        return "; ".join(_change(name, entry) for name in sorted(entry.after)) or _("Data diubah")
    facts = {
        "first": _day(entry.after.get("starts_on")),
        "last": _day(entry.after.get("ends_on")),
        "from": _day(entry.after.get("valid_from")),
        "until": _day(entry.after.get("valid_until")),
        "role": role_label(str(entry.after["role"])) if "role" in entry.after else "",
        "decree": entry.after.get("decree_number") or "–",
        "to": entry.after.get("to", ""),
        "origin": entry.after.get("from", ""),
        "field": reasons.asked_label(str(entry.after["field"])) if "field" in entry.after else "",
    }
    return _sentences().get(entry.action, entry.action) % facts


def _sentences() -> dict[str, str]:
    return {
        "employee.added": _("Dicatat sebagai pegawai"),
        "employee.anonymised": _("Data pribadi dilupakan"),
        "absence.added": _("Tidak hadir dicatat: %(first)s sampai %(last)s"),
        "absence.extended": _("Tidak hadir digabung: %(first)s sampai %(last)s"),
        "absence.removed": _("Tidak hadir dihapus: %(first)s sampai %(last)s"),
        "exemption.added": _("Tidak ikut giliran sejak %(first)s"),
        "exemption.ended": _("Tidak ikut giliran sampai %(last)s"),
        "exemption.removed": _("Ikut giliran lagi"),
        "role.assigned": _("Diberi peran %(role)s, SK %(decree)s, sejak %(from)s"),
        "role.self_given": _("Memberi diri sendiri peran %(role)s"),
        "role.proposed": _("Diusulkan memegang peran %(role)s"),
        "role.declined": _("Usulan peran %(role)s tidak dilanjutkan"),
        "factor.removed": _("Verifikasi dua langkah dilepas administrator"),
        "token.cut_short": _("Token berakhir bersama peran atau masa tugasnya"),
        "role.ended": _("Peran %(role)s diakhiri pada %(until)s"),
        "role.withdrawn": _("Peran %(role)s dibatalkan"),
        "account.given": _("Diberi akun"),
        "account.password_reset": _("Dibuatkan kata sandi baru"),
        "account.moved": _("Akun pindah ke kantor baru"),
        "photo.consented": _("Foto disimpan dengan persetujuan"),
        "photo.withdrawn": _("Persetujuan foto ditarik; foto dihapus"),
        "greeting.declined": _("Tidak ingin diucapkan ulang tahunnya"),
        "greeting.accepted": _("Boleh diucapkan ulang tahunnya lagi"),
        "own_data.exported": _("Data sendiri diunduh"),
        "correction.asked": _("Minta koreksi: %(field)s"),
        "correction.accepted": _("Koreksi diterima: %(field)s"),
        "correction.declined": _("Koreksi ditolak: %(field)s"),
        "transfer.offered": _("Ditawarkan ke kantor %(to)s"),
        "transfer.withdrawn": _("Penawaran ke kantor %(to)s dibatalkan"),
        "transfer.declined": _("Kantor %(to)s tidak menerima"),
        "transfer.accepted": _("Pindah ke kantor %(to)s"),
        "transfer.arrived": _("Pindah dari kantor %(origin)s"),
        "address.renewed": _("Alamat kalender diganti"),
        "address.closed": _("Alamat kalender ditutup"),
        "token.made": _("Kunci program dibuat"),
        "token.revoked": _("Kunci program dicabut"),
    }


def _change(name: str, entry: AuditEntry) -> str:
    label = reasons.field_label(name) if name in LABELS else _days()[name]
    before, after = (_value(values.get(name)) for values in (entry.before, entry.after))
    if "•••" in {before, after}:
        return _("%(field)s diubah") % {"field": label}
    return _("%(field)s: %(before)s menjadi %(after)s") % {"field": label, "before": before, "after": after}


def _days() -> dict[str, str]:
    return {"active_from": _("Hari pertama"), "active_until": _("Hari terakhir")}


def _value(value: object) -> str:
    if value is None or value == "":
        return "–"
    return _day(value) or str(value)


def _day(value: object) -> str:
    try:
        day = parse_date(str(value)) if value else None
    except ValueError:
        day = None
    return date_format(day, "j M Y") if day else ""
