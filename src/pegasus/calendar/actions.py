from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction

from pegasus.calendar import queries
from pegasus.calendar.domain.editions import HolidayEdition
from pegasus.calendar.domain.years import DayOff
from pegasus.calendar.models import Holiday
from pegasus.kernel import audit, jobs
from pegasus.people.models import Office

LONGEST_NAME = 200


class DayTaken(Exception):
    """The office does not work on this day already."""


class AlreadyWithdrawn(Exception):
    """The day was taken back before."""


class NotWithdrawn(Exception):
    """The day is in force."""


class NothingChanged(Exception):
    """The day is called that already."""


@transaction.atomic
def seed_holidays(
    *, office: Office, years: Iterable[int], by: str, at: datetime, package: Collection[DayOff] | None = None
) -> HolidayEdition:
    """Freeze the package's holidays and collective leave of some years into rows; return what that changed.

    What came from an earlier edition and no decree has confirmed follows the new one: it moves, or goes.
    """
    wanted = sorted(set(years))
    Office.objects.select_for_update().get(pk=office.pk)  # two at once wait for each other
    rows = queries.holidays_of(office).filter(on__year__in=wanted)
    edition = queries.edition_for(rows, queries.package_days(wanted) if package is None else package)
    rows.filter(on__in=[*(move.old.on for move in edition.moved), *(day.on for day in edition.withdrawn)]).delete()
    for day in edition.settled:
        rows.filter(on=day.on).update(name=day.name[:LONGEST_NAME])
    fresh = [move.new for move in edition.moved] + list(edition.added)
    Holiday.objects.bulk_create(
        Holiday(office=office, on=day.on, name=day.name[:LONGEST_NAME], kind=day.kind, from_library=True)
        for day in fresh
    )
    if edition.corrects:
        _record_edition(office, edition, by, at)
    if edition.changes_days:
        _wake(office.pk)
    return edition


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


def _record_edition(office: Office, edition: HolidayEdition, by: str, at: datetime) -> None:
    audit.record(
        action="holidays.moved",
        subject=f"office:{office.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        before={
            "days": [f"{day.on} {day.name}" for day in [*(move.old for move in edition.moved), *edition.withdrawn]]
        },
        after={"days": [f"{move.new.on} {move.new.name}" for move in edition.moved]},
    )
