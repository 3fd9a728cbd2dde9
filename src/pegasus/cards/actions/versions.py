"""What was sent is kept as it was: one version per sending."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from pegasus.archive.models import Record
from pegasus.cards.models import Card, CardVersion, VersionPicture


def keep_version(card: Card, pictures: Mapping[str, Record], *, by: str, at: datetime) -> CardVersion:
    """Write down what a card says and shows at the moment of sending. The caller holds the card's row."""
    last: int | None = card.versions.aggregate(last=Max("number"))["last"]
    version = CardVersion.objects.create(
        card=card,
        number=(last or 0) + 1,
        template=card.template,
        upload=card.upload,
        name=card.name,
        team=card.team,
        words=card.words,
        source=card.source,
        alt_text=card.alt_text,
        adjustments=card.adjustments,
        sent_at=at,
        sent_by=by,
    )
    VersionPicture.objects.bulk_create(
        VersionPicture(version=version, size=size, record=record) for size, record in pictures.items()
    )
    return version
