"""Look a card over before it goes out: gather the facts, hand them to the rules, and find what mends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from django.utils.formats import date_format
from PIL import Image

from pegasus.archive.models import Record
from pegasus.cards import lettering, queries, uploads
from pegasus.cards.birthdays.celebrated import celebration_of
from pegasus.cards.domain import likeness, lint, wording
from pegasus.cards.domain.designs import SIZES, Content, Design
from pegasus.cards.domain.lint import Facts, Finding, Photo, Text
from pegasus.cards.domain.standing import Standing
from pegasus.cards.measuring import measured
from pegasus.cards.models import Card, CardTemplate


@dataclass(frozen=True)
class Look:
    """What was found on a card, and the template that would mend what a template can mend."""

    findings: Sequence[Finding]
    template: CardTemplate | None = None
    is_recoloured: bool = False


def look(
    card: Card, *, templates: Iterable[CardTemplate] = (), is_quoted: bool = False, photo: bytes | None = None
) -> Look:
    """Look a card over as it stands, saved or not, with its own photo or the given one.

    `templates` may be used instead of its own. A quotation without a source may be known to be one.
    """
    if card.upload_id:
        return Look(lint.findings(facts_of(card)))
    content = queries.content_of(card, photo=photo)
    found = lint.findings(facts_of(card, content, is_quoted=is_quoted))
    wanted = {finding.kind for finding in found if "template" in finding.mends}
    others = [template for template in templates if template.pk != card.template_id]
    is_recoloured = any("colour" in choice for choice in card.adjustments.values())
    return Look(found, _mending(others, content, wanted) if wanted else None, is_recoloured)


def facts_of(card: Card, content: Content | None = None, *, is_quoted: bool = False) -> Facts:
    """Return all that can be known about a card."""
    if card.upload_id and card.upload:
        return _facts_of_upload(card, card.upload)
    content = content or queries.content_of(card)
    greeted = celebration_of(card.task)
    writer = greeted.person if greeted else None if queries.is_greeting(card) else card.holder
    design = queries.design_for(card) if card.template else None
    font, lacking = lettering.borrowed(design, content) if design else ("", [])
    return Facts(
        words=card.words,
        source=card.source,
        is_quoted=is_quoted,
        name=card.name,
        staff_name=writer.name if writer else "",
        missing=lettering.missing_in(card.words + card.source, design),
        borrowed=lacking,
        font=font,
        used=None if queries.is_greeting(card) else _used(card, card.words),  # a wish may be said to everybody
        texts=texts(design, content) if design and content.words.strip() else (),
        photo=photo_in(design, content) if design else None,
    )


def _facts_of_upload(card: Card, upload: Record) -> Facts:
    """Return what can be known about a flat picture; its words are those that the person read from it."""
    row = queries.finished_of(card)
    how = queries.standing_of(row) if row else Standing()
    return Facts(
        words=card.words,
        source=card.source,
        alt_text=card.alt_text,
        used=None if queries.is_greeting(card) else _used(card, card.words.strip() or card.alt_text),
        upload=uploads.measured(upload, how, is_placed=bool(row and row.placings)),
    )


def _used(card: Card, said: str) -> dict[str, object] | None:
    found = queries.similar_used(card.office, said, but=card)
    if not found:
        return None
    used = found[0]
    near = "" if used.kind == likeness.SAME else " ".join(used.words.split())
    return {"name": used.name, "when": date_format(used.shown_on, "j F Y"), "near": near, "card": used.card}


def texts(design: Design, content: Content) -> list[Text]:
    """Return every text of a card in every size, as drawn."""
    return [text for size in SIZES for text in _in(design, content, size)]


def _in(design: Design, content: Content, size: str) -> Sequence[Text]:
    return measured(design, replace(content, words=content.words[: wording.LONGEST * 2]), size)


def photo_in(design: Design, content: Content, size: str = "portrait") -> Photo | None:
    """Return the photo with its place, if the design has one."""
    slot = design.slot(size)
    if not content.photo or slot is None:
        return None
    width, height = _size(content.photo)
    return Photo(width, height, (slot.x, slot.y, slot.x + slot.width, slot.y + slot.height))


def _mending(templates: Sequence[CardTemplate], content: Content, kinds: set[str]) -> CardTemplate | None:
    """Return the first template on which none of the findings that a template makes would stand."""
    return next((one for one in templates if _mends(queries.design_of(one), content, kinds)), None)


def _mends(design: Design, content: Content, kinds: set[str]) -> bool:
    """Tell whether a design is free of some kinds of findings; the first size that is not decides."""
    if "borrowed" in kinds and lettering.borrowed(design, content)[1]:
        return False
    return all(
        kinds.isdisjoint(found.kind for found in lint.of_looks(_in(design, content, size), photo_in(design, content)))
        for size in SIZES
    )


def _size(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(data)) as image:
        return image.size
