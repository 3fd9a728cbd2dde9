"""What a reviewer asks of the card that came back, for the page behind `/t/<token>/`."""

from typing import Any

from pegasus.cards import pins, queries
from pegasus.cards.domain.designs import SIZES
from pegasus.home.personal_draft import Visit


def asked(visit: Visit) -> dict[str, Any]:
    """Return the version that came back, once for each size that something is pinned to (else in the first)."""
    version = queries.returned_version(visit.card)
    if version is None:
        return {}
    pinned = {comment.size for comment in version.comments.all()}
    sizes = [size for size in SIZES if size in pinned] or ["portrait"]
    return {"review": pins.show(version, sizes[0]), "reviewed": [pins.show(version, size) for size in sizes]}
