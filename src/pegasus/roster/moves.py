"""A move on the board: two turns exchanged or one handed over, with what it means in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.people.models import Employee
from pegasus.roster import actions, desk
from pegasus.roster.desk import Desk
from pegasus.roster.domain.outlook import AWAY, EXEMPT, LEFT, OVER, SERVES, Outlook
from pegasus.roster.models import Duty


@dataclass(frozen=True)
class Side:
    """One person who would serve in a week, and who did before."""

    duty: Duty
    before: Employee
    person: Employee
    outlook: Outlook
    turns: int  # as the roster counts them, after the move

    @property
    def words(self) -> str:
        """Say what speaks against it, or what it leaves."""
        return of_outlook(self.person.name, self.outlook)


@dataclass(frozen=True)
class Move:
    """One side when a turn is handed over, two when turns are exchanged."""

    duty: Duty
    sides: list[Side]
    other: Duty | None = None
    to: Employee | None = None

    @property
    def allowed(self) -> bool:
        """Tell whether the rules allow every side of it."""
        return all(side.outlook.allowed for side in self.sides)

    @property
    def asked(self) -> str:
        """Name who must have agreed."""
        return _(" dan ").join(side.person.name for side in self.sides)


def sentences() -> dict[str, str]:
    """Return what the board says while something is held: one short line each; `%n` is a name, `%w` a number."""
    return {
        OVER: _("sudah lewat"),
        LEFT: _("%n: bukan pegawai saat itu"),
        EXEMPT: _("%n: tidak ikut giliran"),
        AWAY: _("%n: cuti atau dinas"),
        SERVES: _("%n: sudah bertugas"),
        "same": _("minggu yang sama"),
        "rest": _("jarak %w mgg"),
        "only": _("boleh"),
        "turns": _("giliran ke-%w"),
        "picked": _("%n dipilih: pilih tujuan yang menyala."),
    }


def of_outlook(name: str, seen: Outlook) -> str:
    """Say for a person what a week would mean."""
    against = {
        OVER: _("Minggu ini sudah lewat."),
        LEFT: _("%(name)s bukan pegawai kantor ini pada hari itu."),
        EXEMPT: _("%(name)s tidak ikut giliran pada hari itu."),
        AWAY: _("%(name)s sedang cuti atau dinas."),
        SERVES: _("%(name)s sudah bertugas pada minggu itu."),
    }
    if seen.why:
        return against[seen.why] % {"name": name}
    if seen.rest is None:
        return _("%(name)s tidak mempunyai giliran lain.") % {"name": name}
    return ngettext(
        "Giliran %(name)s yang terdekat berjarak %(weeks)s minggu.",
        "Giliran %(name)s yang terdekat berjarak %(weeks)s minggu.",
        seen.rest,
    ) % {"name": name, "weeks": seen.rest}


def hand_over(duty: Duty, to: Employee, today: date) -> Move:
    """Look at handing a turn to somebody."""
    table = desk.read(duty.office, duty.posts_on, duty.posts_on, today)
    seen = table.outlook(to, table.week_of(duty))
    assert duty.holder is not None  # noqa: S101 - the door leaves empty seats out
    return Move(duty, [Side(duty, duty.holder, to, seen, table.counted(to) + 1)], to=to)


def swap(one: Duty, other: Duty, today: date) -> Move:
    """Look at exchanging two turns."""
    first, last = sorted((one.posts_on, other.posts_on))
    table = desk.read(one.office, first, last, today)
    return Move(one, [_side(table, one, other), _side(table, other, one)], other=other)


def _side(table: Desk, duty: Duty, giver: Duty) -> Side:
    """Look at the holder of `giver` in the week of `duty`."""
    assert duty.holder is not None  # noqa: S101 - the door leaves empty seats out
    assert giver.holder is not None  # noqa: S101
    seen = table.outlook(giver.holder, table.week_of(duty), without=table.week_of(giver).number)
    if duty.starts_on == giver.starts_on:
        seen = Outlook(SERVES)
    return Side(duty, duty.holder, giver.holder, seen, table.counted(giver.holder))


def possible_swaps(table: Desk, duty: Duty) -> list[tuple[Duty, str]]:
    """Return the turns that can be exchanged with one, with what it would mean for both."""
    found = []
    for other in table.duties:
        if other.starts_on == duty.starts_on or other.holder_id == duty.holder_id:
            continue
        sides = [_side(table, duty, other), _side(table, other, duty)]
        if all(side.outlook.allowed for side in sides):
            found.append((other, " ".join(side.words for side in sides)))
    return found


def do(move: Move, *, by: str, at: datetime, reason: str) -> None:
    """Do it."""
    if move.other is not None:
        actions.swap_duties(one=move.duty, other=move.other, by=by, at=at, reason=reason, confirmed_by=by)
    elif move.to is not None:
        actions.reassign_duty(duty=move.duty, to=move.to, by=by, at=at, reason=reason)
