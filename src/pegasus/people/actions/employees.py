from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pegasus.kernel import audit
from pegasus.kernel.fields import index_of, with_indexes
from pegasus.people.actions.anonymity import refuse_anonymised
from pegasus.people.actions.api_tokens import end_tokens
from pegasus.people.actions.greetings import birthdays_changed
from pegasus.people.actions.roles import refuse_a_keyless_office
from pegasus.people.domain import phones
from pegasus.people.models import Employee, Office, RoleAssignment, Transfer

# What may stand in the audit trail as it is; of the rest (phone, e-mail, NIP) only that it changed.
PLAIN = {"name", "title_before", "title_after", "team", "position", "active_from", "active_until"}


# What the birthday tasks of an office follow.
BIRTHDAY = {"birth_date", "name", "active_from", "active_until"}


class NipTaken(Exception):
    """Somebody in this office has this NIP."""


class PhoneRefused(Exception):
    """The phone is no mobile number; `args[0]` is the problem's name."""


class MovedAway(Exception):
    """The person works in another office now; only that office gives them back."""


class LeavesBeforeComing(Exception):
    """The last day lies before the first."""


@transaction.atomic
def add_employee(*, office: Office, name: str, by: str, at: datetime, **fields: object) -> Employee:
    """Take a person into an office; the phone may be written as people write it."""
    facts = prepared({"name": name, **fields})
    employee = Employee(office=office, **facts)
    _refuse_contradictions(employee, facts)
    employee.save(force_insert=True)
    _record("employee.added", employee, by, at, after={"name": name, "team": employee.team})
    if employee.birth_date is not None:
        birthdays_changed(office.pk)
    return employee


@transaction.atomic
def change_employee(*, employee: Employee, by: str, at: datetime, **fields: object) -> list[str]:
    """Change a person's facts; return the names of those that changed."""
    refuse_anonymised(employee)
    wanted = prepared(fields)
    changed = sorted(name for name, value in wanted.items() if getattr(employee, name) != value)
    if not changed:
        return []
    _refuse_contradictions(employee, wanted)
    before = _tellable({name: getattr(employee, name) for name in changed})
    for name in changed:
        setattr(employee, name, wanted[name])
    employee.save(update_fields=with_indexes(employee, changed))
    _record("employee.changed", employee, by, at, before=before, after=_tellable({n: wanted[n] for n in changed}))
    if BIRTHDAY & set(changed):
        birthdays_changed(employee.office_id)
    return changed


@transaction.atomic
def leave_office(*, employee: Employee, last_day: date, by: str, at: datetime) -> None:
    """Mark a person as leaving: retired, moved; the row stays, for past work refers to it."""
    others = RoleAssignment.objects.exclude(employee=employee)
    refuse_a_keyless_office(employee.office, others, last_day=last_day, at=at)
    change_employee(employee=employee, by=by, at=at, active_until=last_day)
    end_tokens(employee=employee, by=by, at=at, last_day=last_day)


@transaction.atomic
def return_to_office(*, employee: Employee, by: str, at: datetime) -> None:
    """Take a leaving back, and with it the offer to another office."""
    if employee.moved_to.filter(active_until=None).exists():
        raise MovedAway
    waiting = Transfer.objects.filter(employee=employee, state=Transfer.State.OFFERED)
    waiting.update(state=Transfer.State.WITHDRAWN, settled_at=at, settled_by=by)
    change_employee(employee=employee, by=by, at=at, active_until=None)


def prepared(fields: Mapping[str, object]) -> dict[str, Any]:
    """Return model fields: the phone in E.164."""
    values: dict[str, Any] = dict(fields)
    if "phone" in values:
        phone = phones.read(str(values["phone"] or ""))
        if phone.problem:
            raise PhoneRefused(phone.problem)
        values["phone"] = phone.e164
    return values


def _refuse_contradictions(employee: Employee, wanted: Mapping[str, Any]) -> None:
    # Looked at before anything is set: a refused person stays as they were, in memory too.
    facts = {name: wanted.get(name, getattr(employee, name)) for name in ("nip", "active_from", "active_until")}
    others = Employee.objects.filter(office_id=employee.office_id).exclude(pk=employee.pk)
    if facts["nip"] and others.filter(nip_index=index_of(Employee, "nip", facts["nip"])).exists():
        raise NipTaken
    if facts["active_until"] is not None and facts["active_until"] < facts["active_from"]:
        raise LeavesBeforeComing


def _tellable(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(value) if name in PLAIN else "•••" for name, value in values.items()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _record(
    action: str,
    employee: Employee,
    by: str,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(
        action=action,
        subject=f"employee:{employee.pk}",
        actor=by,
        at=at,
        office_id=employee.office_id,
        before=before,
        after=after,
    )
