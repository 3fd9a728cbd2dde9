"""What an office's templates share."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pegasus.cards.actions.pictures import keep_picture
from pegasus.cards.models import BrandKit
from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.typeset.pictures import Picture


@transaction.atomic
def set_brand(
    *,
    office: Office,
    colours: Sequence[str],
    margin: int,
    logo: Picture | None = None,
    without_logo: bool = False,
    by: str,
    at: datetime,
) -> BrandKit:
    """Set the office's colours, margin and logo; a logo that is not given stays."""
    kit, _made = BrandKit.objects.get_or_create(office=office)
    before = {"colours": kit.colours, "margin": kit.margin, "logo": kit.logo_id}
    kit.colours, kit.margin = list(dict.fromkeys(colours)), margin
    if logo is not None:
        kit.logo = keep_picture(office=office, picture=logo, by=by, at=at)
    elif without_logo:
        kit.logo = None
    kit.save()
    after = {"colours": kit.colours, "margin": margin, "logo": kit.logo_id}
    audit.record(
        action="brand.set",
        subject=f"brand:{office.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        before=before,
        after=after,
    )
    return kit
