from datetime import datetime
from hashlib import sha256

from django.db import transaction

from pegasus.archive.actions import keep
from pegasus.archive.models import Record
from pegasus.archive.queries import records_of
from pegasus.people.models import Employee
from pegasus.sop.document import KIND, SUBJECT
from pegasus.sop.models import ProcedureVersion


@transaction.atomic
def keep_document(*, version: ProcedureVersion, pdf: bytes, by: Employee, at: datetime) -> Record:
    """Keep the draft of the official document; the same file is kept once."""
    subject = f"{SUBJECT}{version.pk}"
    there = records_of(by.office).filter(kind=KIND, subject=subject, sha256=sha256(pdf).hexdigest()).first()
    if there is not None:
        return there
    return keep(
        office=by.office,
        kind=KIND,
        title=f"{version.number} {version.title}, versi {version.version}".strip()[:250],
        data=pdf,
        filename=filename_of(version),
        content_type="application/pdf",
        by=by.name,
        at=at,
        subject=subject,
    )


def filename_of(version: ProcedureVersion) -> str:
    """Return the name under which the document is downloaded."""
    number = version.number.replace("/", "-").replace(" ", "-") or f"SOP-{version.procedure.programme.code}"
    return f"{number}-v{version.version}.pdf"
