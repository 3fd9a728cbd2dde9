from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.actions.employees import leave_office
from pegasus.people.actions.roles import end_role
from pegasus.people.models import Absence, Employee, Office, Transfer

CARRIED = ("name", "title_before", "title_after", "nip", "email", "phone")
# Carried also into a row that waits at the new office: the date where it has none, and a no to being greeted.
BIRTHDAY = ("birth_date", "greeting_declined_at")


class SameOffice(Exception):
    """The person works there already."""


class TransferWaiting(Exception):
    """The person is offered to an office that has not answered yet."""


class AlreadySettled(Exception):
    """The transfer was accepted, declined or withdrawn meanwhile."""


class WorksThere(Exception):
    """Somebody who works at the new office has this NIP."""


class HoldsPower(Exception):
    """The row that waits at the new office holds a role with power: no account from elsewhere slips into it."""


@transaction.atomic
def offer_transfer(*, employee: Employee, to_office: Office, last_day: date, by: str, at: datetime) -> Transfer:
    """Release a person to another office; until that office accepts, it reads no more than name and NIP."""
    if to_office.pk == employee.office_id:
        raise SameOffice
    Employee.objects.select_for_update().get(pk=employee.pk)
    if Transfer.objects.filter(employee=employee, state=Transfer.State.OFFERED).exists():
        raise TransferWaiting
    leave_office(employee=employee, last_day=last_day, by=by, at=at)
    made = Transfer.objects.create(employee=employee, to_office=to_office, last_day=last_day, asked_at=at, asked_by=by)
    _record("transfer.offered", employee, by, at, {"to": to_office.code, "last_day": last_day.isoformat()})
    return made


@transaction.atomic
def withdraw_transfer(*, transfer: Transfer, by: str, at: datetime) -> None:
    """Take the offer back; the last day at the old office stays as it is written."""
    _settle(transfer, Transfer.State.WITHDRAWN, by, at)
    _record("transfer.withdrawn", transfer.employee, by, at, {"to": transfer.to_office.code})


@transaction.atomic
def decline_transfer(*, transfer: Transfer, by: str, at: datetime) -> None:
    """Leave the person where they are; the old office reads who declined."""
    _settle(transfer, Transfer.State.DECLINED, by, at)
    _record("transfer.declined", transfer.employee, by, at, {"to": transfer.to_office.code})


@transaction.atomic
def accept_transfer(*, transfer: Transfer, by: str, at: datetime) -> Employee:
    """Take the person in on the day after the last at the old office; the old row keeps its history there."""
    _settle(transfer, Transfer.State.ACCEPTED, by, at)
    old, first_day = transfer.employee, transfer.last_day + timedelta(days=1)
    leave_office(employee=old, last_day=transfer.last_day, by=by, at=at)
    for role in old.roles.filter(Q(valid_until=None) | Q(valid_until__gt=transfer.last_day)):
        end_role(assignment=role, last_day=transfer.last_day, by=by, at=at)
    new = _row_at(transfer.to_office, old, first_day)
    for away in old.absences.filter(ends_on__gte=first_day):
        Absence.objects.get_or_create(
            employee=new, kind=away.kind, starts_on=max(away.starts_on, first_day), ends_on=away.ends_on
        )
    _record("transfer.accepted", old, by, at, {"to": transfer.to_office.code})
    _record("transfer.arrived", new, by, at, {"from": old.office.code, "first_day": first_day.isoformat()})
    move_account(employee=new, at=at)
    return new


@transaction.atomic
def move_account(*, employee: Employee, at: datetime) -> None:
    """Let the account open the new office once the person works there; before that day nothing changes."""
    old = employee.moved_from
    today = at.astimezone(ZoneInfo(employee.office.timezone)).date()
    has_left = old is not None and old.active_until is not None and old.active_until < today
    works_here = employee.active_from <= today and employee.active_until is None
    if old is None or old.user is None or employee.user_id is not None or not (has_left and works_here):
        return
    user, old.user = old.user, None
    old.save(update_fields=["user"])
    employee.user = user
    employee.save(update_fields=["user"])
    _record("account.moved", employee, "Pegasus", at, {})


def _row_at(office: Office, old: Employee, first_day: date) -> Employee:
    """Return the row at the new office: the one that waits there under the same NIP, or a new one."""
    facts = {name: getattr(old, name) for name in (*CARRIED, *BIRTHDAY)}
    known = queries.person_by_nip(office, old.nip)
    if known is None:
        return Employee.objects.create(office=office, moved_from=old, active_from=first_day, **facts)
    if known.user_id is not None and old.user_id is not None:
        raise WorksThere
    if old.user_id is not None and queries.holds_power(known, on=first_day):
        raise HoldsPower
    known.moved_from = old
    if known.active_until is not None:  # back where they worked before: one row, one history there
        known.active_until = None
    for name in BIRTHDAY:
        setattr(known, name, getattr(known, name) or getattr(old, name))
    known.save(update_fields=["moved_from", "active_until", *BIRTHDAY])
    return known


def _settle(transfer: Transfer, state: str, by: str, at: datetime) -> None:
    waiting = Transfer.objects.filter(pk=transfer.pk, state=Transfer.State.OFFERED)
    if not waiting.update(state=state, settled_at=at, settled_by=by):
        raise AlreadySettled


def _record(action: str, employee: Employee, by: str, at: datetime, after: dict[str, object]) -> None:
    audit.record(
        action=action,
        subject=f"employee:{employee.pk}",
        actor=by,
        at=at,
        office_id=employee.office_id,
        after=after,
    )
