"""The repair of a published roster that lets the fewest people change places.

Nothing is written here; `actions.apply_repair` does what was looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from pegasus.people.models import Employee
from pegasus.roster import planning
from pegasus.roster.domain.problem import Problem, Week
from pegasus.roster.domain.repair import repair
from pegasus.roster.domain.solution import Place
from pegasus.roster.misfits import Misfit, World


@dataclass(frozen=True)
class Row:
    """A misfit with the person proposed for it, why this one, and who else could."""

    misfit: Misfit
    after: Employee | None
    able: tuple[Employee, ...] = ()
    reason: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """The repair as it would be applied. `changes` places get another person, fewer than `bound` cannot do."""

    rows: tuple[Row, ...]
    changes: int
    bound: int

    @property
    def fingerprint(self) -> str:
        """The key under which exactly this state of the world may be repaired."""
        return fingerprint(row.misfit for row in self.rows)

    @property
    def picks(self) -> dict[str, int]:
        """What applying everything as proposed comes to: the person by place, 0 where the turn falls away."""
        return {
            row.misfit.key: row.after.pk if row.after else 0
            for row in self.rows
            if row.after or row.misfit.posts_on is None
        }

    @property
    def seal(self) -> str:
        """The key of the state and of the people proposed for it: it opens exactly what was looked at."""
        return sha256(f"{self.fingerprint}{sorted(self.picks.items())}".encode()).hexdigest()[:32]


def fingerprint(misfits: Iterable[Misfit]) -> str:
    """Name a state of the world."""
    return sha256("\n".join(sorted(one.facts for one in misfits)).encode()).hexdigest()[:32]


def propose(world: World) -> Proposal:
    """Return the repair with the fewest changes of people; where too few can step in, the place stays open."""
    groups: dict[int, list[Week]] = defaultdict(list)
    for monday in sorted({one.starts_on for one in world.misfits if one.needs_person}):
        week = world.weeks_standing[monday]
        if len(world.able(week)) >= len(world.open_places(monday)):
            groups[len(world.fitting(monday)) + len(world.open_places(monday))].append(week)
    settled = {
        monday: frozenset(world.fitting(monday)) for monday, week in world.weeks_standing.items() if week.posts_on
    }
    chosen: dict[str, Place] = {}
    changes = bound = 0
    for per_week, weeks in sorted(groups.items()):
        broken = {week.starts_on for week in weeks}
        solution = repair(_problem(world, per_week, broken, settled))
        level = next(one for one in solution.levels if one.name == "changes")
        changes, bound = changes + level.value, bound + level.bound
        for monday in broken:
            places = [place for place in solution.places if place.starts_on == monday]
            fresh = [place for place in places if place.person not in settled[monday]]
            settled[monday] = frozenset(place.person for place in places)
            chosen |= {one.key: place for one, place in zip(world.open_places(monday), fresh, strict=True)}
    return Proposal(tuple(_row(world, one, chosen.get(one.key)) for one in world.misfits), changes, bound)


def _problem(world: World, per_week: int, broken: set[date], settled: Mapping[date, frozenset[int]]) -> Problem:
    """Return the solver's problem: weeks in which everything fits are settled, in the others those who fit stay."""
    weeks = tuple(week for week in world.weeks_standing.values() if week.posts_on)
    holders = {duty.holder.pk: duty.holder for duty in (*world.served, *world.coming) if duty.holder}
    there = {
        pk: one
        for pk, one in world.employees.items()
        if any(world.person(one).works_on(week.posts_on) for week in weeks if week.posts_on)
    }
    known, _entered = planning.persons_for(world.office, {**there, **holders}, weeks)
    return Problem(
        people=tuple(one if one.id in world.employees else replace(one, active_until=date.min) for one in known),
        weeks=weeks,
        per_week=per_week,
        held={monday: people for monday, people in settled.items() if monday not in broken},
        published={
            monday: frozenset(duty.holder_id for duty in world.standing[monday] if duty.holder_id) for monday in broken
        },
    )


def _row(world: World, one: Misfit, place: Place | None) -> Row:
    if not one.needs_person:
        return Row(one, None if one.posts_on is None else one.holder)
    able = tuple(world.able(world.weeks_standing[one.starts_on]))
    if place is None:
        return Row(one, None, able)
    return Row(one, world.employees[place.person], able, place.reason.as_data())
