"""An office's own templates and pictures, deleted: only what nothing uses."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError

from pegasus.cards import queries
from pegasus.cards.actions.templates import held
from pegasus.cards.models import TemplateDraft, TemplatePicture
from pegasus.kernel import audit


class StillUsed(Exception):
    """Something would lose what it was made with."""


@transaction.atomic
def remove_template(*, draft: TemplateDraft, by: str, at: datetime) -> None:
    """Delete an own template with all its versions."""
    draft = held(draft)
    versions = queries.versions_of(draft)
    before = {"name": draft.name, "versions": versions.count()}
    if queries.uses_of_template(draft):
        raise StillUsed
    try:
        versions.delete()
    except ProtectedError as used:
        raise StillUsed from used
    subject = f"template_draft:{draft.pk}"
    draft.delete()
    audit.record(action="template.removed", subject=subject, actor=by, at=at, office_id=draft.office_id, before=before)


@transaction.atomic
def remove_picture(*, picture: TemplatePicture, by: str, at: datetime) -> None:
    """Delete a picture of the office that no template shows; its file goes with it."""
    uses = next((row for row in queries.pictures_with_uses(picture.office) if row.picture.pk == picture.pk), None)
    if uses is None or uses:
        raise StillUsed
    name, subject = picture.file.name or "", f"template_picture:{picture.pk}"
    before = {"width": picture.width, "height": picture.height, "digest": picture.digest}
    picture.delete()
    audit.record(
        action="template.picture_removed",
        subject=subject,
        actor=by,
        at=at,
        office_id=picture.office_id,
        before=before,
    )
    transaction.on_commit(lambda: default_storage.delete(name))
