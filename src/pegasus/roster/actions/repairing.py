"""The world changed: the published turns follow, as the CA has looked at it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit, jobs
from pegasus.people.models import Employee, Office
from pegasus.roster import deadlines, repairs
from pegasus.roster.actions.holding import CannotTakeOver, HolderChanged, change_holder
from pegasus.roster.actions.opening import Opener
from pegasus.roster.actions.publishing import cancel_duties
from pegasus.roster.misfits import Misfit, World
from pegasus.roster.models import Duty, DutyHolder
from pegasus.sop import actions as sop

NOBODY = 0


class WorldChanged(Exception):
    """What was looked at is no longer so: somebody else repaired it, or it changed once more."""


@transaction.atomic
def apply_repair(*, office: Office, picks: Mapping[str, int], fingerprint: str, by: str, at: datetime) -> list[Misfit]:
    """Repair the places that were picked, each with its person; the others stay as they are."""
    Office.objects.select_for_update().get(pk=office.pk)
    world = World.of(office, at)
    if repairs.fingerprint(world.misfits) != fingerprint:
        raise WorldChanged
    picked = [one for one in world.misfits if one.key in picks]
    people = _people(world, picked, picks)
    opener = Opener(office, world.times, at)
    for one in picked:
        _repair(one, people.get(one.key), opener, by=by)
    if picked:
        _note(office, picked, people, by=by, at=at)
        jobs.wake("reminders.plan", office.pk)
    return picked


def _people(world: World, picked: list[Misfit], picks: Mapping[str, int]) -> dict[str, Employee]:
    """Return who is to serve in each place; somebody who cannot, or stands in a week twice, is refused."""
    found: dict[str, Employee] = {}
    for one in picked:
        if not one.needs_person:
            continue
        able = {person.pk: person for person in world.able(world.weeks_standing[one.starts_on])}
        person = able.get(picks[one.key])
        twice = any(other.starts_on == one.starts_on and found.get(other.key) == person for other in picked)
        if person is None or twice:
            raise CannotTakeOver(one.key)
        found[one.key] = person
    return found


def _repair(one: Misfit, to: Employee | None, opener: Opener, *, by: str) -> None:
    at, duty = opener.at, one.duty
    if one.posts_on is None or duty is None or one.cause == "new":
        if one.posts_on is None and duty is not None:
            cancel_duties([duty], by=by, at=at)
        elif to is not None:
            opener.open_for(_write_new(one, to, opener.office, by=by, at=at), by=by)
        return
    if one.has_moved:
        changed = Duty.objects.filter(pk=duty.pk, cancelled_at=None, sequence=duty.sequence).update(
            posts_on=one.posts_on, sequence=duty.sequence + 1
        )
        if not changed:
            raise HolderChanged
        duty.refresh_from_db()
    if to is not None:
        change_holder(duty, to, reason=_reason(one), by=by, at=at)
    if one.has_moved:
        opener.open_for(duty, by=by)


def _write_new(one: Misfit, to: Employee, office: Office, *, by: str, at: datetime) -> Duty:
    """Write a place of a week that has a working day again; a cancelled one comes back."""
    assert one.posts_on is not None  # noqa: S101 - for the reader and mypy: a new place has its day
    duty = one.duty or Duty(office=office, starts_on=one.starts_on, seat=one.seat)
    duty.posts_on, duty.holder, duty.cancelled_at = one.posts_on, to, None
    duty.sequence += 1 if one.duty else 0
    duty.save()
    DutyHolder.objects.create(duty=duty, employee=to, held_from=at, reason=_reason(one), by=by)
    return duty


def _reason(one: Misfit) -> dict[str, str]:
    return {"kind": "repair", "cause": one.cause, "text": one.in_words}


def _note(office: Office, picked: list[Misfit], people: Mapping[str, Employee], *, by: str, at: datetime) -> None:
    for one in picked:
        holder = people.get(one.key) or (one.holder if one.posts_on else None)
        audit.record(
            action="duty.repaired",
            subject=one.duty.subject if one.duty else f"office:{office.pk}",
            actor=by,
            at=at,
            office_id=office.pk,
            employee_id=holder.pk if holder else None,
            before=_state(one.posts_before, one.holder),
            after={**_state(one.posts_on, holder), "cause": one.cause},
        )


def _state(posts_on: object, holder: Employee | None) -> dict[str, object]:
    return {"posts_on": str(posts_on) if posts_on else None, "holder": holder.pk if holder else None}


@transaction.atomic
def follow_deadlines(*, office: Office, at: datetime) -> list[deadlines.Shift]:
    """Let the due times of turns whose day stands follow the calendar; the day itself waits for the CA."""
    shifts = deadlines.shifts(World.of(office, at), at)
    for one in shifts:
        task = one.task
        sop.open_task(
            office=office,
            activity=task.activity,
            subject=task.subject,
            part=task.part,
            period=task.period,
            role=task.role,
            owner=task.owner,
            opens_at=one.span.opens_at,
            due_at=one.span.due_at,
        )
    return shifts
