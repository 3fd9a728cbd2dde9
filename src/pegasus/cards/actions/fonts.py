"""An office's own fonts."""

from datetime import datetime
from functools import partial
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from pegasus.cards import fontfiles, queries
from pegasus.cards.models import BrandFont
from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.typeset.fonts import Font

MOST_FACES = 24


class FontThere(Exception):
    """The office already has this face of this family."""


class TooManyFonts(Exception):
    """An office has no need of more faces than that, and each is read when a card is drawn."""


class FamilyInUse(Exception):
    """A template would lose the font that it is set in; `templates` are their names."""

    def __init__(self, templates: list[str]) -> None:
        super().__init__()
        self.templates = templates


def add_font(*, office: Office, font: Font, right: str, note: str = "", by: str, at: datetime) -> BrandFont:
    """Keep a font that passed the gate, and by what right the office uses it, as a person stated it."""
    faces = queries.fonts_of(office)
    if faces.filter(family__iexact=font.family).exclude(family=font.family).exists():
        raise FontThere
    if faces.count() >= MOST_FACES:
        raise TooManyFonts
    try:
        with transaction.atomic():
            return _kept(office, font, right, note, by, at)
    except IntegrityError:  # the same file, or the same look of the same family
        raise FontThere from None


@transaction.atomic
def remove_family(*, office: Office, family: str, by: str, at: datetime) -> None:
    """Delete a font with all its faces, unless a template is set in it; the files go with it."""
    if templates := queries.uses_of_family(office, family):
        raise FamilyInUse(templates)
    faces = list(queries.fonts_of(office).filter(family=family).select_for_update(of=("self",)))
    before = {"family": family, "faces": [str(face) for face in faces], "right": [face.right for face in faces]}
    queries.fonts_of(office).filter(pk__in=[face.pk for face in faces]).delete()
    audit.record(
        action="brand.font_removed",
        subject=f"brand:{office.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        before=before,
    )
    for face in faces:
        transaction.on_commit(partial(fontfiles.forget, face.digest, face.file.name or ""))


def _kept(office: Office, font: Font, right: str, note: str, by: str, at: datetime) -> BrandFont:
    digest = sha256(font.data).hexdigest()
    row = BrandFont.objects.create(
        office=office,
        file=f"brand-fonts/{office.code}/{digest[:24]}.{font.suffix}",
        digest=digest,
        family=font.family,
        style=font.style,
        weight=font.weight,
        lightest=font.lightest,
        heaviest=font.heaviest,
        covers=[list(run) for run in font.covers],
        lacks=font.lacks,
        licence=font.licence,
        names_licence=bool(font.grants),
        right=right,
        right_note=note,
        added_at=at,
        added_by=by,
    )
    row.file.name = default_storage.save(row.file.name or "", ContentFile(font.data))
    row.save(update_fields=["file"])
    audit.record(
        action="brand.font_added",
        subject=f"brand:{office.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        after={"font": str(row), "digest": digest, "right": right, "note": note},
    )
    return row
