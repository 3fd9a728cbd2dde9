from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from pegasus.kernel import audit
from pegasus.people import privacy
from pegasus.people.actions.anonymity import refuse_anonymised
from pegasus.people.models import Consent, Employee
from pegasus.typeset.pictures import Picture

SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}


@transaction.atomic
def set_photo(*, employee: Employee, picture: Picture, by: str, at: datetime) -> None:
    """Keep a photo and log that its owner agreed to its use (UU 27/2022)."""
    refuse_anonymised(employee)
    _drop_file(employee)
    _withdraw(employee, by, at)
    Consent.objects.create(
        employee=employee,
        purpose=Consent.Purpose.PHOTO,
        wording_version=privacy.PHOTO_VERSION,
        wording=privacy.PHOTO_WORDING,
        given_at=at,
        given_by=by,
    )
    # The name is the storage's: it tells nothing about the person.
    employee.photo.save(f"{employee.pk}.{SUFFIX[picture.content_type]}", ContentFile(picture.data), save=False)
    employee.save(update_fields=["photo"])
    _record("photo.consented", employee, by, at)


@transaction.atomic
def remove_photo(*, employee: Employee, by: str, at: datetime) -> None:
    """Withdraw the consent: the photo goes away, cards already issued stay as records."""
    _drop_file(employee)
    _withdraw(employee, by, at)
    employee.photo = ""
    employee.save(update_fields=["photo"])
    _record("photo.withdrawn", employee, by, at)


def _withdraw(employee: Employee, by: str, at: datetime) -> None:
    given = Consent.objects.filter(employee=employee, purpose=Consent.Purpose.PHOTO, withdrawn_at=None)
    given.update(withdrawn_at=at, withdrawn_by=by)


def _drop_file(employee: Employee) -> None:
    if employee.photo:
        storage, name = employee.photo.storage, employee.photo.name or ""
        transaction.on_commit(lambda: storage.delete(name))


def _record(action: str, employee: Employee, by: str, at: datetime) -> None:
    audit.record(action=action, subject=f"employee:{employee.pk}", actor=by, at=at, office_id=employee.office_id)
