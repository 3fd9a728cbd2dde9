"""Roles with power, and the accounts of their holders: the one who is evaluated must not become the evaluator."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people import queries
from pegasus.people.actions.accounts import close_account, give_account, reset_password
from pegasus.people.actions.anonymity import refuse_leaver
from pegasus.people.actions.employees import leave_office
from pegasus.people.actions.notices import tell
from pegasus.people.actions.roles import AlreadyAssigned, assign_role, end_role, refuse_overlap
from pegasus.people.actions.transfers import offer_transfer
from pegasus.people.models import Employee, Office, RoleAssignment, RoleProposal, Transfer, User


class OnlyTheAdministrator(Exception):
    """This touches a role with power, or the account of its holder; a change agent leaves it to others."""


class NotForOneself(Exception):
    """Nobody but the administrator gives themselves a role with power, and nobody agrees to their own proposal."""


class AlreadySettledProposal(Exception):
    """Somebody answered this proposal a moment earlier."""


@dataclass(frozen=True)
class Decree:
    """A role as it is to be given."""

    role: str
    decree_number: str
    valid_from: date
    valid_until: date | None
    programme: str = queries.PEGASUS


@transaction.atomic
def give_role(*, employee: Employee, decree: Decree, by: Employee, at: datetime) -> RoleAssignment | RoleProposal:
    """Give a role; one with power is given by the administrator, and only proposed by anybody else."""
    if decree.role not in queries.POWERFUL:
        return _assign(employee, decree, by.name, at)
    if not is_administrator(by, at):
        return _propose(employee, decree, by, at)
    given = _empower(employee, decree, by, at)
    kind = "role.self_given" if employee.pk == by.pk else "role.given"
    _tell_power(employee, decree.role, kind=kind, by=by, at=at)
    return given


@transaction.atomic
def agree_to_role(*, proposal: RoleProposal, by: Employee, at: datetime) -> RoleAssignment:
    """Let a proposed role begin; whoever proposed it, or is to hold it, cannot agree to it."""
    if by.pk in {proposal.proposed_by_id, proposal.employee_id}:
        raise NotForOneself
    _settle(proposal, RoleProposal.State.AGREED, by, at)
    decree = Decree(proposal.role, proposal.decree_number, proposal.valid_from, proposal.valid_until)
    given = _empower(proposal.employee, decree, by, at)
    facts = {"proposer": proposal.proposed_by.name}
    _tell_power(proposal.employee, proposal.role, kind="role.agreed", by=by, at=at, facts=facts)
    return given


@transaction.atomic
def decline_role(*, proposal: RoleProposal, by: Employee, at: datetime) -> None:
    """Let a proposed role come to nothing; the one who proposed it may take it back so too."""
    _settle(proposal, RoleProposal.State.DECLINED, by, at)
    _record("role.declined", proposal.employee, by, at, role=proposal.role)


@transaction.atomic
def take_role(*, assignment: RoleAssignment, last_day: date, by: Employee, at: datetime) -> None:
    """End a role; one with power is ended by the administrator."""
    if assignment.role in queries.POWERFUL and not is_administrator(by, at):
        raise OnlyTheAdministrator
    end_role(assignment=assignment, last_day=last_day, by=by.name, at=at)


@transaction.atomic
def let_leave(*, employee: Employee, last_day: date, by: Employee, at: datetime) -> None:
    """Write down somebody's last day; that of a holder of power ends their power, so it is the administrator's."""
    _refuse_to_reach_for_power(employee, by, at)
    leave_office(employee=employee, last_day=last_day, by=by.name, at=at)


@transaction.atomic
def release(*, employee: Employee, to_office: Office, last_day: date, by: Employee, at: datetime) -> Transfer:
    """Offer somebody to another office; a holder of power is released by the administrator."""
    _refuse_to_reach_for_power(employee, by, at)
    return offer_transfer(employee=employee, to_office=to_office, last_day=last_day, by=by.name, at=at)


@transaction.atomic
def open_account(*, employee: Employee, username: str, password: str, by: Employee, at: datetime) -> User:
    """Give a person an account whose password its giver has seen: for a holder of power, the administrator alone."""
    _refuse_to_reach_for_power(employee, by, at)
    # The staff list's mailbox may be anybody's: a holder of power writes their own down once they are in.
    mailbox = not queries.holds_power(employee, on=_today(employee.office, at))
    user = give_account(
        employee=employee,
        username=username,
        password=password,
        temporary=True,
        with_mailbox=mailbox,
        by=by.name,
        at=at,
    )
    held = employee.roles.filter(role__in=queries.POWERFUL).order_by("-valid_from", "pk").first()
    if held is not None:
        _tell_power(employee, held.role, kind="account.given", by=by, at=at)
    return user


@transaction.atomic
def renew_password(*, employee: Employee, password: str, by: Employee, at: datetime) -> None:
    """Replace a forgotten password by one that its giver has seen; the owner is told.

    The account of a holder of power is reset by its owner's own way (e-mail), or by the administrator.
    """
    _refuse_to_reach_for_power(employee, by, at)
    reset_password(employee=employee, password=password, by=by.name, at=at)
    users = [employee.user] if employee.user else []
    if queries.holds_power(employee, on=_today(employee.office, at)):
        users += list(queries.accounts_with_power(employee.office, on=_today(employee.office, at)))
    tell(users=users, kind="account.password_reset", facts={"by": by.name, "name": employee.name}, at=at)


@transaction.atomic
def remove_factors(*, employee: Employee, by: Employee, at: datetime) -> bool:
    """Take a lost second factor off an account; its owner and the holders of power are told. Tell whether it had one.

    Only the administrator comes here; the password stays as it is, so that this opens nothing by itself.
    """
    if not is_administrator(by, at):
        raise OnlyTheAdministrator
    if employee.user is None:
        return False
    factors = employee.user.authenticator_set.all()  # type: ignore[attr-defined] # allauth publishes no types
    if not factors.exists():
        return False
    factors.delete()
    audit.record(
        action="factor.removed",
        subject=f"employee:{employee.pk}",
        actor=by.name,
        employee_id=by.pk,
        at=at,
        office_id=employee.office_id,
    )
    users = [employee.user, *queries.accounts_with_power(employee.office, on=_today(employee.office, at))]
    tell(users=users, kind="factor.removed", facts={"by": by.name, "name": employee.name}, at=at)
    return True


def is_administrator(person: Employee, at: datetime) -> bool:
    """Tell whether a person is their office's administrator today."""
    held = queries.administrators_of(person.office, on=_today(person.office, at))
    return held.filter(employee=person).exists()


def _refuse_to_reach_for_power(employee: Employee, by: Employee, at: datetime) -> None:
    if queries.holds_power(employee, on=_today(employee.office, at)) and not is_administrator(by, at):
        raise OnlyTheAdministrator


def _propose(employee: Employee, decree: Decree, by: Employee, at: datetime) -> RoleProposal:
    refuse_leaver(employee, at)
    if employee.pk == by.pk:
        raise NotForOneself
    refuse_overlap(employee, decree.role, "", decree.valid_from, decree.valid_until)
    if queries.proposals_in(employee.office).filter(employee=employee, role=decree.role).exists():
        raise AlreadyAssigned
    made = RoleProposal.objects.create(
        employee=employee,
        role=decree.role,
        decree_number=decree.decree_number,
        valid_from=decree.valid_from,
        valid_until=decree.valid_until,
        proposed_by=by,
        proposed_at=at,
    )
    _record("role.proposed", employee, by, at, role=decree.role)
    _tell_power(employee, decree.role, kind="role.proposed", by=by, at=at)
    return made


def _assign(employee: Employee, decree: Decree, by: str, at: datetime) -> RoleAssignment:
    return assign_role(
        employee=employee,
        role=decree.role,
        programme=decree.programme,
        decree_number=decree.decree_number,
        valid_from=decree.valid_from,
        valid_until=decree.valid_until,
        by=by,
        at=at,
    )


def _empower(employee: Employee, decree: Decree, by: Employee, at: datetime) -> RoleAssignment:
    """Let a role with power begin; with the first, an account that others may know is closed until it is opened anew.

    Somebody who opened it, or knows its mailbox, would else be signed in as its holder.
    """
    held_before = queries.holds_power(employee, on=_today(employee.office, at))
    given = _assign(employee, decree, by.name, at)
    if employee.user_id is not None and not held_before and employee.pk != by.pk:
        close_account(employee=employee, by=by.name, at=at)
    return given


def _settle(proposal: RoleProposal, state: str, by: Employee, at: datetime) -> None:
    waiting = RoleProposal.objects.filter(pk=proposal.pk, state=RoleProposal.State.PROPOSED)
    if not waiting.update(state=state, settled_at=at, settled_by=by.name):
        raise AlreadySettledProposal


def _tell_power(
    employee: Employee, role: str, *, kind: str, by: Employee, at: datetime, facts: dict[str, str] | None = None
) -> None:
    """Tell the person concerned and everybody else who holds power in the office."""
    office = employee.office
    users = list(queries.accounts_with_power(office, on=_today(office, at)).exclude(pk=by.user_id or 0))
    users += [employee.user] if employee.user and employee.user_id != by.user_id else []
    said = {"by": by.name, "name": employee.name, "role": queries.role_label(office, role), **(facts or {})}
    tell(users=users, kind=kind, facts=said, at=at)
    if kind == "role.self_given":
        _record("role.self_given", employee, by, at, role=role)


def _record(action: str, employee: Employee, by: Employee, at: datetime, *, role: str) -> None:
    audit.record(
        action=action,
        subject=f"employee:{employee.pk}",
        actor=by.name,
        employee_id=by.pk,
        at=at,
        office_id=employee.office_id,
        after={"role": role},
    )


def _today(office: Office, at: datetime) -> date:
    return at.astimezone(ZoneInfo(office.timezone)).date()
