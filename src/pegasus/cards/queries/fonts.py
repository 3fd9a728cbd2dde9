"""An office's own fonts, family by family, and what still needs them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.db.models import Q, QuerySet

from pegasus.cards import fontfiles
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import FONTS, OwnFont
from pegasus.cards.models import BrandFont, BulkRun, Card, CardTemplate, TemplateDraft
from pegasus.people.models import Office

BOLD = 600
UNFINISHED = (Card.State.DRAFT, Card.State.SUBMITTED, Card.State.RETURNED)
RUNNING = (BulkRun.State.DRAFT, BulkRun.State.RUNNING, BulkRun.State.STOPPED)


@dataclass(frozen=True)
class FontFamily:
    """A family with its faces, and the templates that are set in it."""

    name: str
    faces: tuple[BrandFont, ...]
    templates: tuple[str, ...] = ()

    @property
    def lacks_bold(self) -> bool:
        """Whether bold words would be drawn no bolder."""
        return all(face.heaviest < BOLD for face in self.faces)

    @property
    def lacks_italics(self) -> bool:
        """Whether a source in italics would stand upright."""
        return all(face.style == "normal" for face in self.faces)

    @property
    def lacks(self) -> str:
        """The signs that no face has; they are drawn in another font."""
        return "".join(sign for sign in self.faces[0].lacks if all(sign in face.lacks for face in self.faces))

    @property
    def is_silent(self) -> bool:
        """Whether a file says nothing about its licence."""
        return any(not face.names_licence for face in self.faces)

    @property
    def may_travel(self) -> bool:
        """Whether the files may go along with a template to another office."""
        return all(face.right != BrandFont.Right.BOUGHT for face in self.faces)


def fonts_of(office: Office) -> QuerySet[BrandFont]:
    """The only door to an office's own fonts, family by family."""
    rows = BrandFont.objects.filter(office=office).select_related("office").defer("covers")
    return rows.order_by("family", "style", "weight", "pk")


def font_families(office: Office) -> list[FontFamily]:
    """Return the office's families with the templates that are set in each, in three queries."""
    uses = _uses(office)
    found = []
    for name, faces in groupby(fonts_of(office), key=lambda face: face.family):
        found.append(FontFamily(name, tuple(faces), tuple(sorted(uses.get(name, ())))))
    return found


def families_of(office: Office) -> list[str]:
    """Return every font that the office's templates may be set in: those that come along first."""
    return [*FONTS, *dict.fromkeys(fonts_of(office).values_list("family", flat=True))]


def own_fonts(families: Collection[str], office: int | None) -> tuple[OwnFont, ...]:
    """Return the faces of these families that the office has, as the renderer takes them."""
    if not families or office is None:
        return ()
    rows = BrandFont.objects.filter(office_id=office, family__in=families).order_by("digest")
    return tuple(own_font(row) for row in rows)


def own_font(row: BrandFont) -> OwnFont:
    """Return a font as the renderer takes it."""
    covers = tuple((first, last) for first, last in row.covers)
    return OwnFont(row.family, row.digest, covers, partial(fontfiles.folder_of, row.digest, row.file.name or ""))


def travelling_fonts(draft: TemplateDraft) -> list[BrandFont]:
    """Return the faces that a template needs and that may go along with it: not those whose licence was bought."""
    rows = fonts_of(draft.office).filter(family__in=designs.families_in(draft.design))
    return list(rows.exclude(right=BrandFont.Right.BOUGHT))


def bought_fonts(office: Office) -> set[str]:
    """Return the families that stay when a template is taken along."""
    return set(fonts_of(office).filter(right=BrandFont.Right.BOUGHT).values_list("family", flat=True))


def uses_of_family(office: Office, family: str) -> list[str]:
    """Return the names of the templates that would lose a font."""
    return sorted(_uses(office).get(family, ()))


def _uses(office: Office) -> dict[str, set[str]]:
    """Return the templates by family: as they stand in the editor, and the versions that a card may still use."""
    own = CardTemplate.objects.filter(office=office)
    unfinished = Q(cards__state__in=UNFINISHED) | Q(bulk_runs__state__in=RUNNING)
    needed = own.filter(Q(is_current=True) | unfinished).distinct().order_by("pk")
    found: dict[str, set[str]] = {}
    for name, design in [*_named(needed), *_named(TemplateDraft.objects.filter(office=office).order_by("pk"))]:
        for family in designs.families_in(design):
            found.setdefault(family, set()).add(name)
    return found


def _named(rows: QuerySet[CardTemplate] | QuerySet[TemplateDraft]) -> Iterable[tuple[str, dict[str, object]]]:
    return ((row.name, row.design) for row in rows)
