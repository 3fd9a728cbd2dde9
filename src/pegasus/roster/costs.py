"""What one level of the order becomes, in words: on people and weeks that can be looked up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.roster.domain.evidence import Cost
from pegasus.roster.domain.measures import NEVER_TWICE
from pegasus.roster.wording import day, listed

Names = Mapping[int, str]


def of_cost(cost: Cost, names: Names) -> str:
    """Say what one level of the order becomes, on people and weeks that can be looked up."""
    return {
        "spread": _of_spread,
        "rest": _of_rest,
        "teams_in_week": _of_crowd,
        "teams_next_week": _of_neighbours,
        "changes": _of_changes,
    }[cost.level](cost, names)


def _of_spread(cost: Cost, names: Names) -> str:
    worse, (now, then) = cost.then > cost.now, cost.gap
    if not worse:
        return _("Giliran menjadi lebih rata (giliran terbit di luar periode ini ikut dihitung).")
    if len(cost.people) < 2:  # noqa: PLR2004 - one goes up, one goes down
        return _("Giliran menjadi kurang rata (giliran terbit di luar periode ini ikut dihitung).")
    given = {
        "up": names[cost.people[0]],
        "more": cost.turns[0],
        "down": names[cost.people[1]],
        "less": cost.turns[1],
        "now": now,
        "then": then,
    }
    if then > now:
        return (
            _(
                "Giliran menjadi kurang rata: %(up)s menjadi %(more)s giliran, sedangkan %(down)s %(less)s "
                "(giliran terbit di luar periode ini ikut dihitung). Selisih terbanyak dan tersedikit menjadi "
                "%(then)s, sekarang %(now)s."
            )
            % given
        )
    return (
        _(
            "Giliran menjadi kurang rata: %(up)s menjadi %(more)s giliran, sedangkan %(down)s %(less)s "
            "(giliran terbit di luar periode ini ikut dihitung)."
        )
        % given
    )


def _of_rest(cost: Cost, names: Names) -> str:
    if not cost.people:
        return _("Tidak ada lagi yang bertugas dua kali.")
    given = {
        "name": names[cost.people[0]],
        "one": day(cost.weeks[0]),
        "two": day(cost.weeks[1]),
        "now": cost.now,
        "then": cost.then,
    }
    if cost.now >= NEVER_TWICE:
        return (
            _(
                "Sekarang tidak ada yang bertugas dua kali; nanti %(name)s bertugas pada minggu %(one)s dan lagi pada "
                "minggu %(two)s, hanya berjarak %(then)s minggu."
            )
            % given
        )
    if cost.then < cost.now:
        return (
            _(
                "Jarak istirahat terpendek turun dari %(now)s menjadi %(then)s minggu: %(name)s bertugas pada minggu "
                "%(one)s, lalu lagi pada minggu %(two)s."
            )
            % given
        )
    return _("Jarak istirahat terpendek naik dari %(now)s menjadi %(then)s minggu.") % given


def _of_crowd(cost: Cost, names: Names) -> str:
    if cost.then < cost.now:
        return _("Lebih jarang ada petugas seminggu dari tim yang sama.")
    if not cost.weeks:
        return _("Lebih sering ada petugas seminggu dari tim yang sama.")
    return _(
        "%(count)s orang dari tim yang sama (%(team)s) akan bertugas bersama pada minggu %(week)s: %(people)s."
    ) % {
        "count": len(cost.people),
        "team": cost.team,
        "week": day(cost.weeks[0]),
        "people": listed(names[pk] for pk in cost.people),
    }


def _of_neighbours(cost: Cost, names: Names) -> str:  # noqa: ARG001 - like the others
    given = {"now": cost.now, "then": cost.then, "team": cost.team}
    if cost.then < cost.now or not cost.weeks:
        return _("Tim yang bertugas dua minggu berturut-turut menjadi %(then)s kali, sekarang %(now)s.") % given
    return _(
        "Tim %(team)s akan bertugas dua minggu berturut-turut (minggu %(one)s dan %(two)s); kejadian seperti itu "
        "menjadi %(then)s kali, sekarang %(now)s."
    ) % {**given, "one": day(cost.weeks[0]), "two": day(cost.weeks[1])}


def _of_changes(cost: Cost, names: Names) -> str:  # noqa: ARG001 - like the others
    return ngettext(
        "%(then)s tempat pada jadwal yang sudah terbit harus diganti, sekarang %(now)s.",
        "%(then)s tempat pada jadwal yang sudah terbit harus diganti, sekarang %(now)s.",
        cost.then,
    ) % {"now": cost.now, "then": cost.then}


@dataclass(frozen=True)
class Compared:
    """One goal of the order as a line: `state` is same, worse, better or open (it decides nothing any more)."""

    label: str
    state: str
    words: str


def of_levels(levels: Sequence[tuple[str, int, int]], *, with_published: bool) -> list[Compared]:
    """Return the goals in their order, with what each becomes; nothing where nothing was compared."""
    if not levels:
        return []
    labels = {
        "spread": _("Giliran merata"),
        "rest": _("Istirahat terpendek"),
        "teams_in_week": _("Tim berbeda dalam seminggu"),
        "changes": _("Jadwal terbit tidak berubah"),
        "teams_next_week": _("Tim bergantian antarminggu"),
    }
    compared = {name: (now, then) for name, now, then in levels}
    names = [name for name in labels if with_published or name != "changes"]
    return [_compared(name, labels[name], compared.get(name)) for name in names]


def _compared(name: str, label: str, values: tuple[int, int] | None) -> Compared:
    if values is None:
        return Compared(label, "open", _("tidak menentukan lagi"))
    now, then = values
    if now == then:
        return Compared(label, "same", _("sama"))
    worse = (then < now) if name == "rest" else (then > now)
    state, words = ("worse", _("lebih buruk")) if worse else ("better", _("lebih baik"))
    if name == "rest" and max(now, then) < NEVER_TWICE:
        words = _("%(now)s menjadi %(then)s minggu") % {"now": now, "then": then}
    return Compared(label, state, words)
