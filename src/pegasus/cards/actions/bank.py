"""What Pegasus brings along: designs and words."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from pegasus.cards.actions.words import load_words
from pegasus.cards.domain import designs
from pegasus.cards.models import CardTemplate

SLICE = Path(__file__).parent.parent


@transaction.atomic
def load_shipped() -> None:
    """Bring the shipped templates and words into the database; repeating it changes nothing.

    A design that changed since becomes a new version: cards made with the old one keep it.
    """
    newest = {row.key: row for row in CardTemplate.objects.filter(office=None).order_by("version")}
    for path in sorted((SLICE / "designs").glob("*.json")):
        design = json.loads(path.read_text(encoding="utf-8"))
        designs.parse(design)
        _load_template(path.stem, design, newest.get(path.stem))
    load_words()


def _load_template(key: str, design: dict[str, Any], newest: CardTemplate | None) -> None:
    if newest and newest.design == design:
        return
    CardTemplate.objects.filter(office=None, key=key).update(is_current=False)
    CardTemplate.objects.create(
        office=None, key=key, name=design["name"], design=design, version=newest.version + 1 if newest else 1
    )
