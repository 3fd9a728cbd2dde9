"""How good a roster is, in words: what is proven and for what, and what is only looked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Goal:
    """One level or preference as a line; nothing that is not proven is called the best."""

    words: str
    proven: bool


def goals(result: Data) -> list[Goal]:
    """Return the levels of a roster in their order, each with what was reached."""
    return [_goal(level) for level in result.get("levels", ())]


def preferences(result: Data) -> list[Goal]:
    """Return what was looked for after the levels; of an older release it stood among these."""
    return [_goal(level) for level in result.get("preferences", ())]


def scope(result: Data) -> str:
    """Say for what the proof holds, and when it no longer does; empty where an older release did not keep it."""
    proven_for = result.get("proven_for")
    if not proven_for:
        return ""
    return _(
        "Hitungan ini berlaku untuk %(people)s pegawai yang ikut giliran, %(weeks)s minggu, giliran lain yang sudah "
        "terbit (%(before)s sebelum dan %(after)s sesudahnya), dan tujuan menurut urutan ini. Jika salah satunya "
        "berubah sesudah jadwal disusun, hitungannya tidak berlaku lagi."
    ) % {
        "people": proven_for["people"],
        "weeks": proven_for["weeks"],
        "before": proven_for["turns_before"],
        "after": proven_for["turns_after"],
    }


def _goal(level: Data) -> Goal:
    proven = bool(level["proven"])
    words = (_proven() if proven else _reached())[level["name"]]
    return Goal(words % {"value": level["value"], "bound": level["bound"]}, proven)


def _proven() -> dict[str, str]:
    return {
        "filled": _("Setiap minggu terisi; tidak ada yang sedang cuti, sudah pindah, atau bertugas dua kali."),
        "spread": _("Giliran semerata mungkin; giliran terbit di luar periode ini ikut dihitung."),
        "rest": _("Jarak antargiliran selama mungkin."),
        "teams_in_week": _("Petugas dalam minggu yang sama dari tim yang berbeda sejauh mungkin."),
        "changes": _("Sesedikit mungkin mengubah jadwal yang sudah terbit."),
        "teams_next_week": _(
            "Tim yang bertugas dua minggu berturut-turut: %(value)s kali, dan tidak mungkin lebih sedikit."
        ),
    }


def _reached() -> dict[str, str]:
    return {
        "filled": _("Ada minggu yang belum terisi."),
        "spread": _("Giliran merata; belum terbukti tidak dapat lebih merata."),
        "rest": _(
            "Jarak antargiliran terpendek %(value)s minggu; belum terbukti yang terlama, "
            "tetapi tidak mungkin lebih dari %(bound)s minggu."
        ),
        "teams_in_week": _(
            "Petugas dalam minggu yang sama dari tim yang sama: %(value)s kali; belum terbukti yang paling sedikit, "
            "tetapi tidak mungkin kurang dari %(bound)s."
        ),
        "changes": _(
            "Jadwal terbit berubah di %(value)s tempat; belum terbukti yang paling sedikit, "
            "tetapi tidak mungkin kurang dari %(bound)s."
        ),
        "teams_next_week": _(
            "Tim yang bertugas dua minggu berturut-turut: %(value)s kali. Ini diusahakan sesedikit mungkin, "
            "tetapi tidak dijanjikan (paling sedikit %(bound)s)."
        ),
    }
