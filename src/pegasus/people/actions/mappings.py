from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pegasus.kernel import audit
from pegasus.people.models import ImportMapping, Office
from pegasus.people.sheets import Sheet


def remember_mapping(*, office: Office, sheet: Sheet, mapping: Mapping[str, int], at: datetime) -> None:
    """Remember which column is which in this source; the import that does it is what the trail tells."""
    if sheet.fingerprint:
        row = ImportMapping(office=office, fingerprint=sheet.fingerprint, columns=dict(mapping), used_at=at)
        ImportMapping.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["office", "fingerprint"],
            update_fields=["columns", "used_at"],
        )


@transaction.atomic
def forget_mapping(*, mapping: ImportMapping, by: str, at: datetime) -> None:
    """Forget a source, so that its columns are guessed anew."""
    audit.record(
        action="mapping.forgotten",
        subject=f"office:{mapping.office_id}",
        actor=by,
        at=at,
        office_id=mapping.office_id,
        before={"columns": mapping.columns},
    )
    mapping.delete()
