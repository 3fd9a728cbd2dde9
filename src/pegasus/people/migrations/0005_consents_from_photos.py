from typing import Any

from django.db import migrations

# What the form said when these photos were taken in; a migration stands alone, so it is written out here.
WORDING = "Pegawai ini menyetujui fotonya dipakai pada kartu, yang dapat tayang di grup kantor dan Instagram."


def log_consents(apps: Any, _editor: object) -> None:  # noqa: ANN401 - Django's registry of old models
    """Write the consent of each stored photo into the log."""
    consents = apps.get_model("people", "Consent").objects
    logged = consents.filter(purpose="photo", withdrawn_at=None).values("employee_id")
    for person in apps.get_model("people", "Employee").objects.exclude(photo_consent_at=None).exclude(pk__in=logged):
        consents.create(
            employee_id=person.pk,
            purpose="photo",
            wording_version=1,
            wording=WORDING,
            given_at=person.photo_consent_at,
            given_by="",
        )


def keep_moments(apps: Any, _editor: object) -> None:  # noqa: ANN401 - as above
    """Write the moment of each open consent back to its person."""
    for consent in apps.get_model("people", "Consent").objects.filter(purpose="photo", withdrawn_at=None):
        people = apps.get_model("people", "Employee").objects.filter(pk=consent.employee_id)
        people.update(photo_consent_at=consent.given_at)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_consents_corrections_transfers")]
    operations = [migrations.RunPython(log_consents, keep_moments)]
