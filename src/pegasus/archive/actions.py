from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile

from pegasus.archive.models import Record
from pegasus.archive.queries import new_code
from pegasus.people.models import Office

# Defaults of classification per kind (reference: BPS scheme of 2024); the archivist may change each.
CLASSIFICATION = {
    "sop": "OT.130",
    "roster": "TS.220",
    "card": "HM.600",
    "screenshot": "HM.600",
    "quarter_report": "PR.640",
    "semester_report": "PR.640",
}


def keep(  # noqa: PLR0913 - a record is its facts
    *,
    office: Office,
    kind: str,
    title: str,
    data: bytes,
    filename: str,
    content_type: str,
    by: str,
    at: datetime,
    subject: str = "",
    code: str | None = None,
    is_public: bool = False,
    replaces: Record | None = None,
    copy_status: str = Record.CopyStatus.ORIGINAL,
) -> Record:
    """Keep a file for good: it is written first, then its row, so that no row points at nothing."""
    record = Record(
        office=office,
        code=code or new_code(),
        kind=kind,
        title=title,
        subject=subject,
        filename=filename,
        content_type=content_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        is_public=is_public,
        replaces=replaces,
        created_at=at,
        created_by=by,
        classification=CLASSIFICATION.get(kind, ""),
        copy_status=copy_status,
    )
    suffix = filename.rpartition(".")[2]
    record.file.save(
        f"{office.code}/{at:%Y}/{record.sha256[:16]}-{record.code}.{suffix}", ContentFile(data), save=False
    )
    record.save(force_insert=True)
    return record
