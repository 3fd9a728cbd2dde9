"""What a new edition of the package of holidays changes in an office's calendar."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pegasus.calendar.domain.years import ESTIMATED, DayOff


@dataclass(frozen=True)
class HolidayMove:
    """A day off that a new edition puts elsewhere."""

    old: DayOff
    new: DayOff


@dataclass(frozen=True)
class HolidayEdition:
    """The difference; `settled` are days whose date stays and whose name no longer says that it is an estimate."""

    added: tuple[DayOff, ...] = ()
    moved: tuple[HolidayMove, ...] = ()
    withdrawn: tuple[DayOff, ...] = ()
    settled: tuple[DayOff, ...] = ()

    @property
    def changes_days(self) -> bool:
        """Whether any day becomes a working day or a day off."""
        return bool(self.added or self.moved or self.withdrawn)

    @property
    def corrects(self) -> bool:
        """Whether a day that stands already is moved or taken back."""
        return bool(self.moved or self.withdrawn)


def compare(
    package: Collection[DayOff], *, unconfirmed: Iterable[DayOff], own: Iterable[DayOff], taken: Iterable[date]
) -> HolidayEdition:
    """Hold the package against what came from it before; what the office decided by decree is never touched.

    `own` are the office's own days in force, `taken` the dates of all its own rows, withdrawn ones too.
    """
    free = [day for day in package if day.on not in set(taken)]
    wanted, known, decided = _by_feast(free), _by_feast(unconfirmed), _by_feast(own)
    added: list[DayOff] = []
    moved: list[HolidayMove] = []
    withdrawn: list[DayOff] = []
    settled: list[DayOff] = []
    for feast in sorted(wanted.keys() | known.keys()):
        old = {day.on: day for day in known.get(feast, ())}
        # A feast that the office has put on a day by decree is not put on the package's day as well.
        coming = wanted.get(feast, [])[: max(0, len(_of(package, feast)) - len(decided.get(feast, ())))]
        new = {day.on: day for day in coming}
        settled += [new[on] for on in sorted(new.keys() & old.keys()) if new[on] != old[on]]
        gone, fresh = (
            [days[on] for on in sorted(days.keys() - other.keys())] for days, other in ((old, new), (new, old))
        )
        moved += [HolidayMove(*pair) for pair in zip(gone, fresh, strict=False)]
        withdrawn += gone[len(fresh) :]
        added += fresh[len(gone) :]
    return HolidayEdition(
        tuple(sorted(added, key=_date)),
        tuple(sorted(moved, key=lambda move: move.old.on)),
        tuple(sorted(withdrawn, key=_date)),
        tuple(sorted(settled, key=_date)),
    )


def feast_of(day: DayOff) -> tuple[str, str]:
    """Return what stays of a day off when it moves: its name, without the mark of an estimate, and its kind."""
    return " ".join(day.name.replace(ESTIMATED, "").split()).casefold(), day.kind


def _of(days: Iterable[DayOff], feast: tuple[str, str]) -> list[DayOff]:
    return [day for day in days if feast_of(day) == feast]


def _by_feast(days: Iterable[DayOff]) -> dict[tuple[str, str], list[DayOff]]:
    found: dict[tuple[str, str], list[DayOff]] = {}
    for day in sorted(days, key=_date):
        found.setdefault(feast_of(day), []).append(day)
    return found


def _date(day: DayOff) -> date:
    return day.on
