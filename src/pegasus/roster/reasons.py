"""The reasons of a roster in words: each sentence says one fact that can be checked on the page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.roster.domain.measures import NEVER_TWICE
from pegasus.roster.domain.problem import (
    CannotBeFixed,
    GivenTwice,
    Infeasible,
    NobodyToServe,
    NothingToFill,
    TooFewPeople,
    WeekCannotBeFilled,
)

Data = Mapping[str, Any]


def sentences(reason: Data, names: Mapping[int, str]) -> list[str]:
    """Say why this person serves, and why not somebody else."""
    if not reason:
        return []
    if reason.get("settled"):
        return [_("Persiapan minggu ini sudah berjalan; petugasnya tetap.")]
    found = [_turns(reason)]
    if reason.get("able", 0) > 1 and not reason.get("fewer"):
        found.append(
            _("Dari %(count)s orang yang bisa bertugas minggu itu, tidak ada yang gilirannya lebih sedikit.")
            % {"count": reason["able"]}
        )
    away = [names[pk] for pk in reason.get("away", ()) if pk in names]
    if away:
        found.append(
            _("%(names)s sebenarnya lebih dulu, tetapi tidak berada di kantor pada minggu itu.")
            % {"names": ", ".join(away)}
        )
    other = reason.get("other")
    if other and other["person"] in names and "then" in other:  # reasons of older releases compared otherwise
        found.append(_other(other, names[other["person"]]))
    return found


def _turns(reason: Data) -> str:
    turns, weeks = int(reason["turns"]), reason.get("rest_weeks")
    later = int(reason.get("later", 0))
    if turns == 0:
        return _("Belum pernah mendapat giliran.")
    earlier = turns - later
    if not earlier:
        return _of_later(_("Belum ada giliran sebelum ini"), reason)
    counted = ngettext("%(count)s giliran sebelum ini", "%(count)s giliran sebelum ini", earlier) % {"count": earlier}
    if weeks is None:
        counted = _("%(counted)s (dihitung sebagai pegawai baru dari nilai tengah rekan lain)") % {"counted": counted}
    else:
        counted = ngettext(
            "%(counted)s, yang terakhir %(weeks)s minggu sebelumnya (minggu %(date)s)",
            "%(counted)s, yang terakhir %(weeks)s minggu sebelumnya (minggu %(date)s)",
            int(weeks),
        ) % {"counted": counted, "weeks": weeks, "date": long_date(reason["last_turn"])}
    return _of_later(counted, reason)


def _of_later(counted: str, reason: Data) -> str:
    """Add the turns that are published after the period; they count like those before it."""
    later = int(reason.get("later", 0))
    if not later:
        return f"{counted}."
    return ngettext(
        "%(counted)s, %(later)s giliran sudah terbit sesudah periode ini (minggu %(date)s).",
        "%(counted)s, %(later)s giliran sudah terbit sesudah periode ini (terdekat minggu %(date)s).",
        later,
    ) % {"counted": counted, "later": later, "date": long_date(reason["next_turn"])}


def _other(other: Data, name: str) -> str:
    given = {"name": name, "now": other["now"], "then": other["then"]}
    if other["on"]:
        given["if"] = _("bila bertukar dengan gilirannya pada %(date)s") % {"date": long_date(other["on"])}
    else:
        given["if"] = _("bila ia yang bertugas")
    words = {
        "equal": _("Bukan %(name)s: %(if)s, jadwal sama baiknya; di antara yang sama, aturan tetap yang memilih."),
        "spread": _("Bukan %(name)s: %(if)s, giliran menjadi kurang rata."),
        "rest": _("Bukan %(name)s: %(if)s, jarak istirahat terpendek turun dari %(now)s menjadi %(then)s minggu."),
        "teams_in_week": _(
            "Bukan %(name)s: %(if)s, petugas seminggu dari tim yang sama menjadi %(then)s kali, sekarang %(now)s."
        ),
        "teams_next_week": _(
            "Bukan %(name)s: %(if)s, tim yang sama bertugas dua minggu berturut-turut %(then)s kali, sekarang %(now)s."
        ),
        "changes": _("Bukan %(name)s: %(if)s, jadwal yang sudah terbit berubah di %(then)s tempat, sekarang %(now)s."),
        "order": _("Bukan %(name)s: hitungan tidak sempat membuktikan mana yang lebih baik."),
    }
    if other["why"] == "rest" and other["now"] >= NEVER_TWICE:
        return _("Bukan %(name)s: %(if)s, ada yang bertugas dua kali dalam %(then)s minggu.") % given
    return words[other["why"]] % given


def of_holder(reason: Data, names: Mapping[int, str]) -> list[str]:
    """Say why somebody holds a duty: by the roster's rule, or because people changed it, and how."""
    kind = str(reason.get("kind", "roster"))
    if kind == "roster":
        return sentences(reason.get("why", {}), names)
    text, by = str(reason.get("text", "")), str(reason.get("confirmed_by", ""))
    found = [_undone() if "undoes" in reason else _changed(kind, text)]
    return [*found, _("Kesediaannya dikonfirmasi oleh %(name)s.") % {"name": by}] if by else found


def _undone() -> str:
    return _("Perubahan sebelumnya dibatalkan; giliran ini kembali ke petugas semula.")


def _changed(kind: str, text: str) -> str:
    words = {
        "hand": (_("Ditunjuk sebagai pengganti: %(reason)s"), _("Ditunjuk sebagai pengganti.")),
        "swap": (_("Bertukar giliran: %(reason)s"), _("Bertukar giliran dengan rekan.")),
        "substitute": (_("Bersedia menggantikan: %(reason)s"), _("Bersedia menggantikan setelah diminta.")),
        "repair": (_("Perubahan setelah terbit: %(reason)s"), _("Perubahan setelah terbit.")),
    }
    with_reason, without = words[kind]
    return with_reason % {"reason": text} if text else without


def of_candidate(turns: int, nearest_on: date | None, nearest_weeks: int | None) -> str:
    """Say what speaks for a substitute."""
    if not turns:
        return _("Belum ada giliran.")
    counted = ngettext("%(count)s giliran", "%(count)s giliran", turns) % {"count": turns}
    if nearest_on is None or nearest_weeks is None:
        return _("%(counted)s, dihitung sebagai pegawai baru.") % {"counted": counted}
    return _("%(counted)s; yang terdekat %(weeks)s minggu dari minggu ini (%(date)s).") % {
        "counted": counted,
        "weeks": nearest_weeks,
        "date": long_date(nearest_on.isoformat()),
    }


def infeasible(problem: Infeasible) -> str:
    """Say which week cannot be filled, and how many are missing."""
    if isinstance(problem, WeekCannotBeFilled):
        return _(
            "Minggu %(week)s tidak dapat diisi: yang ada %(present)s dari %(needed)s orang, kurang %(missing)s. "
            "Kurangi jumlah petugas per minggu atau periksa cuti pada minggu itu."
        ) % {
            "week": long_date(problem.starts_on.isoformat()),
            "present": problem.present,
            "needed": problem.needed,
            "missing": problem.missing,
        }
    if isinstance(problem, TooFewPeople):
        return _(
            "Kantor ini hanya mempunyai %(people)s pegawai, sedangkan setiap minggu perlu %(per_week)s orang."
        ) % {
            "people": problem.people,
            "per_week": problem.per_week,
        }
    if isinstance(problem, NobodyToServe):
        return _("Belum ada pegawai yang aktif pada periode ini. Masukkan daftar pegawai lebih dulu.")
    if isinstance(problem, NothingToFill):
        return _("Pada rentang ini tidak ada minggu yang mempunyai hari kerja.")
    if isinstance(problem, CannotBeFixed):
        return _("Pada minggu %(week)s orang yang diminta tidak dapat bertugas, atau tempatnya sudah terisi.") % {
            "week": long_date(problem.starts_on.isoformat())
        }
    if isinstance(problem, GivenTwice):
        return _("Daftar pegawai atau minggu memuat baris yang sama dua kali. Muat ulang halaman, lalu coba lagi.")
    raise problem


def long_date(iso: str) -> str:
    """Write a date in words."""
    return str(date_format(date.fromisoformat(iso), "j F Y"))
