"""Templates, their drafts and pictures, and the office's brand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from pegasus.calendar.domain.periods import Period
from pegasus.cards import addresses, shelf
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import Design, DesignInvalid, Kept
from pegasus.cards.models import BrandKit, Card, CardTemplate, TemplateChoice, TemplateDraft, TemplatePicture
from pegasus.cards.queries.fonts import bought_fonts, own_fonts
from pegasus.people.models import Office
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import tasks_of
from pegasus.typeset import stored

OUR_COLOURS = ("#16325c", "#0b4f9e", "#b83a14", "#ffb08c", "#f7f3ea", "#ffffff")


@dataclass(frozen=True)
class OwnTemplate:
    """An own template as it stands in the editor, and what was published of it, the newest first."""

    draft: TemplateDraft
    versions: tuple[CardTemplate, ...]
    # Fonts that stay here when the template is taken along: their licence was bought.
    staying: tuple[str, ...] = ()

    @property
    def current(self) -> CardTemplate | None:
        """What employees use."""
        return next((row for row in self.versions if row.is_current), None)

    @property
    def older(self) -> list[CardTemplate]:
        """What was published before."""
        return [row for row in self.versions if not row.is_current]

    @property
    def has_changes(self) -> bool:
        """Whether the editor holds what employees do not have yet."""
        return self.current is not None and self.current.design != self.draft.design


def templates_task(office: Office, period: str) -> Task | None:
    """Return the task "choose the templates" of a period (SOP 1.2)."""
    return tasks_of(office).filter(subject=f"period:{period}", activity__rhythm=Activity.Rhythm.TEMPLATES).first()


def period_to_choose(office: Office) -> Period | None:
    """Return the period whose templates wait to be chosen."""
    waiting = tasks_of(office).filter(activity__rhythm=Activity.Rhythm.TEMPLATES, closed_at=None)
    task = waiting.filter(subject__startswith="period:").first()
    return Period.parse(task.subject.partition(":")[2]) if task else None


def templates_of(office: Office) -> QuerySet[CardTemplate]:
    """The only door to templates: the shipped ones and the office's own, the current versions."""
    return CardTemplate.objects.filter(Q(office=None) | Q(office=office), is_current=True).order_by("office", "pk")


def all_templates_of(office: Office) -> QuerySet[CardTemplate]:
    """Return every version, for cards that were made with an older one."""
    return CardTemplate.objects.filter(Q(office=None) | Q(office=office)).order_by("pk")


def chosen_templates(office: Office, period: str) -> list[CardTemplate]:
    """Return what the CA chose for a period (SOP 1.2), for a quarter also what was chosen for its semester."""
    first = Period.parse(period)
    keys = {period, Period.of(first.starts_on, "semester").key}
    chosen = CardTemplate.objects.filter(choices__office=office, choices__period__in=keys)
    return list(chosen.distinct().order_by("pk"))


def templates_for(office: Office, period: str) -> list[CardTemplate]:
    """Return the templates an employee may use in a period: the chosen ones, else all."""
    return sorted(chosen_templates(office, period) or templates_of(office), key=shelf.order)


def yearly_template(office: Office, year: int) -> CardTemplate | None:
    """Return what was chosen for a year, where a programme's cards follow birthdays (SOP-322, 2)."""
    return CardTemplate.objects.filter(choices__office=office, choices__period=str(year)).first()


def choices_of(office: Office) -> dict[str, list[CardTemplate]]:
    """Return the chosen templates by period."""
    found: dict[str, list[CardTemplate]] = {}
    rows = TemplateChoice.objects.filter(office=office).select_related("template").order_by("-period", "template_id")
    for row in rows:
        found.setdefault(row.period, []).append(row.template)
    return found


def design_of(template: CardTemplate) -> Design:
    """Return a template's design, checked, with its pictures and fonts; a font that went is drawn in one of ours."""
    return furnished(template.design, template.office_id)


def design_for(card: Card) -> Design:
    """Return the design of a card's template as the card adjusted it."""
    if card.template is None:
        raise CardTemplate.DoesNotExist
    return designs.adjusted(design_of(card.template), card.adjustments)


def palette_for(office: Office, design: Design) -> tuple[str, ...]:
    """Return the colours an employee may choose from: the template's and the office's."""
    return designs.palette(design, brand_of(office).colours)


def drawable(data: Mapping[str, Any], office: int | None) -> Design:
    """Return a design that somebody just made; a font that the office does not have is refused."""
    made = furnished(data, office)
    if strange := designs.strange_fonts(data, {*designs.FONTS, *(font.family for font in made.fonts)}):
        raise DesignInvalid(strange)
    return made


def furnished(data: Mapping[str, Any], office: int | None) -> Design:
    """Return a design that was checked, with its office's pictures and fonts; no query more when it names none."""
    bare = designs.parse(data, families=None)
    named = designs.files_in(data)
    fonts = own_fonts(designs.families_in(data), office)
    return replace(bare, pictures=_kept(named, office) if named and office else {}, fonts=fonts)


def _kept(named: Collection[int], office: int) -> dict[int, Kept]:
    found = {row.pk: kept_of(row) for row in TemplatePicture.objects.filter(office_id=office, pk__in=named)}
    if designs.OFFICE_LOGO in named:
        kit = BrandKit.objects.filter(office_id=office).exclude(logo=None).select_related("logo").first()
        if kit and kit.logo:
            found[designs.OFFICE_LOGO] = kept_of(kit.logo)
    return found


def kept_of(picture: TemplatePicture) -> Kept:
    """Return a picture as the renderer takes it."""
    name = picture.file.name or ""
    return Kept(picture.digest, picture.width, picture.height, addresses.picture(picture.pk), partial(_read, name))


def _read(name: str) -> bytes:
    return stored.kept(name)


def drafts_of(office: Office) -> QuerySet[TemplateDraft]:
    """The only door to the office's own templates as they stand in the editor, by name."""
    return TemplateDraft.objects.filter(office=office).select_related("office").order_by("name", "pk")


def versions_of(draft: TemplateDraft) -> QuerySet[CardTemplate]:
    """Return what was published of a template, the newest first."""
    return CardTemplate.objects.filter(office=draft.office_id, key=draft.key).order_by("-version")


def own_templates(office: Office) -> list[OwnTemplate]:
    """Return the office's own templates with their versions, in three queries."""
    versions: dict[str, list[CardTemplate]] = {}
    for row in CardTemplate.objects.filter(office=office).order_by("-version"):
        versions.setdefault(row.key, []).append(row)
    bought = bought_fonts(office)
    return [
        OwnTemplate(
            draft, tuple(versions.get(draft.key, ())), tuple(sorted(bought & designs.families_in(draft.design)))
        )
        for draft in drafts_of(office)
    ]


def template_pictures_of(office: Office) -> QuerySet[TemplatePicture]:
    """The only door to the pictures for an office's templates, the newest first."""
    return TemplatePicture.objects.filter(office=office).order_by("-pk")


def shown_picture(pk: int) -> TemplatePicture | None:
    """Return the picture that a signed address names."""
    return TemplatePicture.objects.filter(pk=pk).first()


def foreign_files(data: Mapping[str, Any], office: Office) -> set[int]:
    """Return the pictures that a design names and the office does not have."""
    named = designs.files_in(data) - {designs.OFFICE_LOGO}
    return (
        named - set(template_pictures_of(office).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    )


def brand_of(office: Office) -> BrandKit:
    """Return what the office's templates share; what was never set is as we bring it."""
    found = BrandKit.objects.filter(office=office).select_related("logo").first()
    return found or BrandKit(office=office, colours=list(OUR_COLOURS))
