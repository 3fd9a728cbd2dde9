"""Pictures for an office's templates."""

from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from pegasus.cards.models import TemplatePicture
from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.typeset.pictures import Picture


@transaction.atomic
def keep_picture(*, office: Office, picture: Picture, by: str, at: datetime) -> TemplatePicture:
    """Keep a picture that passed the gate; the same content is kept once."""
    digest = sha256(picture.data).hexdigest()
    found = TemplatePicture.objects.filter(office=office, digest=digest).first()
    if found:
        return found
    suffix = "png" if picture.content_type == "image/png" else "jpg"
    name = default_storage.save(f"template-pictures/{office.code}/{digest[:24]}.{suffix}", ContentFile(picture.data))
    row = TemplatePicture.objects.create(
        office=office,
        file=name,
        digest=digest,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        added_at=at,
        added_by=by,
    )
    audit.record(
        action="template.picture_added",
        subject=f"template_picture:{row.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"width": picture.width, "height": picture.height, "digest": digest},
    )
    return row
