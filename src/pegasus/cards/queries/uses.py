"""What still needs a template or a picture, so that nothing is deleted from under it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from pegasus.calendar.domain.periods import Period
from pegasus.cards.domain import designs
from pegasus.cards.models import BrandKit, BulkRun, Card, CardTemplate, TemplateChoice, TemplateDraft, TemplatePicture
from pegasus.cards.queries.templates import drafts_of, template_pictures_of, versions_of
from pegasus.people.models import Office


@dataclass(frozen=True)
class TemplateUses:
    """The periods that chose an own template, and how many cards and bulk runs were made with it."""

    periods: tuple[Period, ...]
    cards: int
    runs: int

    def __bool__(self) -> bool:
        return bool(self.periods or self.cards or self.runs)


@dataclass(frozen=True)
class PictureUses:
    """A picture, the own templates that show it in a draft or a version, and whether it is the office's logo."""

    picture: TemplatePicture
    templates: tuple[str, ...]
    is_logo: bool

    def __bool__(self) -> bool:
        return bool(self.templates) or self.is_logo


def uses_of_template(draft: TemplateDraft) -> TemplateUses:
    """Return what uses any version of an own template."""
    versions = versions_of(draft)
    keys = set(TemplateChoice.objects.filter(template__in=versions).values_list("period", flat=True))
    periods = sorted((Period.parse(key) for key in keys), key=lambda period: (period.starts_on, period.key))
    # A card that was sent with it once has a version that keeps it.
    cards = Card.objects.filter(Q(template__in=versions) | Q(versions__template__in=versions)).distinct().count()
    return TemplateUses(tuple(periods), cards, BulkRun.objects.filter(template__in=versions).count())


def pictures_with_uses(office: Office) -> list[PictureUses]:
    """Return the office's pictures for templates, the newest first, each with what shows it."""
    named: dict[int, set[str]] = {}
    for name, design in _designs(office):
        for file in designs.files_in(design):
            named.setdefault(file, set()).add(name)
    logo = BrandKit.objects.filter(office=office).values_list("logo_id", flat=True).first()
    return [
        PictureUses(row, tuple(sorted(named.get(row.pk, ()))), is_logo=row.pk == logo)
        for row in template_pictures_of(office)
    ]


def _designs(office: Office) -> Iterable[tuple[str, Mapping[str, Any]]]:
    yield from drafts_of(office).values_list("name", "design")
    yield from CardTemplate.objects.filter(office=office).order_by("pk").values_list("name", "design")
