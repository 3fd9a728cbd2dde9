from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from pegasus.kernel import audit
from pegasus.people.actions.photos import remove_photo
from pegasus.people.actions.transfers import move_account
from pegasus.people.domain.forgetting import Forgotten
from pegasus.people.models import Absence, AccountNotice, Employee, Office, Transfer

NAME = gettext_noop("Pegawai purnatugas")  # never translated in the row: documents are Indonesian
# In the trail of the person's own row; team, role and dates say nothing about who it was.
PERSONAL = ("name", "title_before", "title_after", "position", "nip", "email", "phone", "birth_date")


class StillHere(Exception):
    """The person works here, or is on the way to another office."""


class AlreadyAnonymous(Exception):
    """Nothing is left that could be forgotten."""


@transaction.atomic
def anonymise(*, employee: Employee, by: str, at: datetime) -> Forgotten:
    """Forget who a leaver was, for good; the row stays, and with it rosters and counts."""
    office = Office.objects.select_for_update().get(pk=employee.office_id)
    if employee.anonymised_at is not None:
        raise AlreadyAnonymous
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    waits = employee.transfers.filter(state=Transfer.State.OFFERED).exists()
    if waits or employee.active_until is None or employee.active_until >= today:
        raise StillHere
    others = Employee.objects.filter(office=office, name__icontains=employee.name).exclude(pk=employee.pk)
    label = f"{NAME} {Employee.objects.filter(office=office).exclude(anonymised_at=None).count() + 1}"
    forgotten = Forgotten(employee.name, label, is_shared=others.exists())
    if employee.photo:
        remove_photo(employee=employee, by=by, at=at)
    _close_doors(employee, at)
    _empty_rows(employee, forgotten)
    employee.name, employee.anonymised_at = label, at
    for name in ("title_before", "title_after", "nip", "position", "email", "phone"):
        setattr(employee, name, "")
    employee.moved_from = employee.birth_date = employee.greeting_declined_at = None
    employee.save()
    audit.record(action="employee.anonymised", subject=f"employee:{employee.pk}", actor=by, at=at, office_id=office.pk)
    audit.forget(subject=f"employee:{employee.pk}", personal=PERSONAL)
    audit.rename(office_id=office.pk, name=forgotten.name, replace=forgotten.replace)
    return forgotten


def _close_doors(employee: Employee, at: datetime) -> None:
    for arrived in employee.moved_to.all():
        move_account(employee=arrived, at=at)
        arrived.moved_from = None
        arrived.save(update_fields=["moved_from"])
    employee.refresh_from_db(fields=["user"])
    if employee.user is not None:
        employee.user.delete()
        employee.user = None
    employee.links.filter(revoked_at=None).update(revoked_at=at)
    employee.tokens.all().delete()
    employee.addresses.all().delete()


def _empty_rows(employee: Employee, forgotten: Forgotten) -> None:
    employee.absences.update(kind=Absence.Kind.OTHER, note="")
    employee.exemptions.update(reason="–")
    employee.corrections.all().delete()
    told = AccountNotice.objects.filter(
        Q(user__employee__office=employee.office_id) | Q(user__outsider__office=employee.office_id)
    )
    named = Q(facts__name=forgotten.name) | Q(facts__by=forgotten.name) | Q(facts__proposer=forgotten.name)
    told.filter(named).delete()
    # A person may have agreed, and withdrawn, in their own name.
    employee.consents.filter(given_by=forgotten.name).update(given_by=forgotten.label)
    employee.consents.filter(withdrawn_by=forgotten.name).update(withdrawn_by=forgotten.label)
