from collections.abc import Iterable
from datetime import date, datetime

import holidays
from django.db import transaction

from pegasus.calendar.models import Holiday
from pegasus.kernel import audit, jobs
from pegasus.people.models import Office


class DayTaken(Exception):
    """The office does not work on this day already."""


class AlreadyWithdrawn(Exception):
    """The day was taken back before."""


class NotWithdrawn(Exception):
    """The day is in force."""


class NothingChanged(Exception):
    """The day is called that already."""


def seed_holidays(*, office: Office, years: Iterable[int]) -> int:
    """Freeze the library's national holidays and collective leave of some years into rows; return how many are new."""
    rows: list[Holiday] = []
    # A day that is both counts as a public holiday: the first row of a day stays.
    kinds = (
        ("public", Holiday.Kind.PUBLIC_HOLIDAY),
        ("government", Holiday.Kind.COLLECTIVE_LEAVE),
    )
    wanted = sorted(set(years))
    for category, kind in kinds:
        for on, name in sorted(
            holidays.country_holidays("ID", years=wanted, categories=(category,), language="id").items()
        ):
            rows.append(Holiday(office=office, on=on, name=name[:200], kind=kind, from_library=True))
    before = Holiday.objects.filter(office=office).count()
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    fresh = Holiday.objects.filter(office=office).count() - before
    if fresh:
        _wake(office.pk)
    return fresh


@transaction.atomic
def add_holiday(
    *, office: Office, on: date, name: str, kind: str, decree_number: str, by: str, at: datetime
) -> Holiday:
    """Declare a day off by decree; one that was withdrawn comes back under the new decree."""
    holiday = Holiday.objects.select_for_update().filter(office=office, on=on).first()
    if holiday is not None and holiday.withdrawn_at is None:
        raise DayTaken
    holiday = holiday or Holiday(office=office, on=on)
    holiday.name, holiday.kind, holiday.decree_number = name, kind, decree_number
    holiday.withdrawn_at, holiday.withdrawn_decree = None, ""
    holiday.save()
    _record("holiday.added", holiday, by, at)
    _wake(office.pk)
    return holiday


@transaction.atomic
def withdraw_holiday(*, holiday: Holiday, decree_number: str, by: str, at: datetime) -> None:
    """Make a day off a working day again; the row stays and tells by which decree."""
    changed = Holiday.objects.filter(pk=holiday.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_decree=decree_number
    )
    if not changed:
        raise AlreadyWithdrawn
    holiday.refresh_from_db()
    _record("holiday.withdrawn", holiday, by, at)
    _wake(holiday.office_id)


@transaction.atomic
def restore_holiday(*, holiday: Holiday, by: str, at: datetime) -> None:
    """Undo a withdrawal."""
    changed = Holiday.objects.filter(pk=holiday.pk, withdrawn_at__isnull=False).update(
        withdrawn_at=None, withdrawn_decree=""
    )
    if not changed:
        raise NotWithdrawn
    holiday.refresh_from_db()
    _record("holiday.restored", holiday, by, at)
    _wake(holiday.office_id)


@transaction.atomic
def rename_holiday(*, holiday: Holiday, name: str, kind: str, decree_number: str, by: str, at: datetime) -> Holiday:
    """Correct what a day off is called and by which decree it stands; its date stays."""
    before = (holiday.name, holiday.kind, holiday.decree_number)
    if before == (name, kind, decree_number):
        raise NothingChanged
    holiday.name, holiday.kind, holiday.decree_number = name, kind, decree_number
    holiday.save(update_fields=["name", "kind", "decree_number"])
    _record("holiday.renamed", holiday, by, at)
    return holiday


def _wake(office_pk: int) -> None:
    """Let what is counted from the calendar follow it: due times, reminders."""
    for name in ("roster.follow_deadlines", "sop.open_period_tasks_of", "reminders.plan"):
        jobs.wake(name, office_pk, unique_key=f"{name}|{office_pk}")


def _record(action: str, holiday: Holiday, by: str, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"holiday:{holiday.pk}",
        actor=by,
        at=at,
        office_id=holiday.office_id,
        after={
            "on": holiday.on.isoformat(),
            "name": holiday.name,
            "kind": holiday.kind,
            "decree_number": holiday.withdrawn_decree or holiday.decree_number,
        },
    )
