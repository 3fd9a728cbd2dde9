"""The printed list of a published version is kept as a Record, and is the proof of activity 1."""

from datetime import datetime

from django.db import transaction

from pegasus.archive import actions as archive
from pegasus.roster import documents
from pegasus.roster.models import Roster
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Evidence
from pegasus.sop.queries import tasks_of


def keep_list(*, roster: Roster, at: datetime) -> None:
    """Typeset and keep the list of a published version; a version's list is kept once."""
    if roster.document_id is not None or roster.published_at is None:
        return
    office, moment = roster.office, roster.published_at
    edition = documents.edition_of_draft(roster, roster.starts_on)
    data = documents.pdf(edition)
    with transaction.atomic():
        if Roster.objects.select_for_update().get(pk=roster.pk).document_id is not None:
            return
        record = archive.keep(
            office=office,
            kind=documents.KIND,
            title=f"{documents.TITLE} {edition.subtitle}, versi {roster.version}",
            data=data,
            filename=f"{edition.filename}-v{roster.version}.pdf",
            content_type="application/pdf",
            by=roster.published_by,
            at=at,
            subject=f"roster:{roster.pk}",
            covers=(roster.starts_on, roster.ends_on),
        )
        Roster.objects.filter(pk=roster.pk).update(document=record)
        closed = tasks_of(office).filter(
            activity__rhythm=Activity.Rhythm.ROSTER, closed_at=moment, subject__startswith="period:"
        )
        for task in closed:
            sop.add_evidence(task=task, kind=Evidence.Kind.FILE, by=roster.published_by, at=at, record=record)
