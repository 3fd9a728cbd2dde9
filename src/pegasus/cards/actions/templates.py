"""An office's own templates: begun, saved, published, restored."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify

from pegasus.calendar.domain.periods import Period
from pegasus.cards import packages, queries
from pegasus.cards.actions.fonts import FontThere, add_font
from pegasus.cards.actions.pictures import keep_picture
from pegasus.cards.domain import designs
from pegasus.cards.domain.designs import DesignInvalid, Fault
from pegasus.cards.models import CardTemplate, TemplateChoice, TemplateDraft
from pegasus.cards.packages import Package
from pegasus.kernel import audit
from pegasus.people.models import Office

# Autosave comes every few seconds: one entry in the audit trail per person and sitting.
SITTING = timedelta(minutes=30)
BLANK: dict[str, Any] = {
    "ordered": True,
    "grain": 0,
    "background": [{"kind": "fill", "colour": "#f7f3ea"}],
    "elements": [
        {
            "id": "kata",
            "name": "Kata motivasi",
            "kind": "text",
            "smallest": 34,
            "largest": 110,
            "align": "left",
            "valign": "middle",
            "change": ["words", "source"],
            "parts": [
                {"text": "{words}", "font": "Fraunces", "weight": 600, "colour": "#16325c"},
                {
                    "text": "— {source}",
                    "font": "Plus Jakarta Sans",
                    "style": "italic",
                    "colour": "#54627a",
                    "scale": 0.4,
                    "least": 26,
                    "above": 30,
                },
            ],
            "boxes": {
                "portrait": [90, 220, 900, 760],
                "square": [90, 180, 900, 560],
                "story": [90, 420, 900, 860],
            },
        },
        {
            "id": "nama",
            "name": "Nama dan tanggal",
            "kind": "text",
            "smallest": 24,
            "largest": 40,
            "align": "left",
            "valign": "bottom",
            "parts": [
                {"text": "{name}", "weight": 700, "colour": "#16325c"},
                {"text": ["{team}", "{day}"], "colour": "#54627a", "scale": 0.75, "least": 24, "above": 8},
            ],
            "boxes": {
                "portrait": [90, 1080, 900, 170],
                "square": [90, 830, 900, 160],
                "story": [90, 1400, 900, 200],
            },
        },
    ],
}


class SavedElsewhere(Exception):
    """Somebody else saved the template meanwhile, or another window did; `stamp` is the newer one."""

    def __init__(self, stamp: int, by: str) -> None:
        super().__init__()
        self.stamp = stamp
        self.by = by


class TemplateGone(Exception):
    """Somebody deleted the template meanwhile."""


class NothingNew(Exception):
    """What would be published is what stands published."""


@transaction.atomic
def begin_template(
    *, office: Office, name: str, by: str, at: datetime, source: CardTemplate | None = None
) -> TemplateDraft:
    """Begin an own template: blank, or as a copy of one that the office sees."""
    design = ordered(source.design) if source else BLANK
    # An old version may be set in a font that the office has removed since.
    gone = designs.families_in(design).difference(queries.families_of(office))
    return keep_draft(
        office=office,
        name=name,
        design=designs.reset(design, gone),
        by=by,
        at=at,
        origin=f"template:{source.pk}" if source else "",
    )


def keep_draft(
    *, office: Office, name: str, design: Mapping[str, Any], by: str, at: datetime, origin: str
) -> TemplateDraft:
    """Write a new draft down."""
    key = f"{slugify(name)[:28].strip('-') or 'templat'}-{token_hex(4)}"
    design = dict(design) | {"name": name}
    _refuse(design, office)
    draft = TemplateDraft.objects.create(
        office=office, key=key, name=name, design=design, changed_at=at, changed_by=by
    )
    _record("template.begun", draft, by=by, at=at, after={"name": name, "from": origin})
    return draft


@transaction.atomic
def import_template(*, office: Office, package: Package, by: str, at: datetime) -> tuple[TemplateDraft, list[str]]:
    """Begin an own template from a file; its pictures and fonts become the office's own.

    Also returned: the fonts that neither came along nor are here, set in ours instead.
    """
    kept = {
        number: keep_picture(office=office, picture=picture, by=by, at=at).pk
        for number, picture in package.pictures.items()
    }
    named = designs.families_in(package.design)
    for font, right in [(font, right) for font, right in package.fonts if font.family in named]:
        with suppress(FontThere):  # the office's own file of that name and look is the one it knows
            add_font(office=office, font=font, right=right, note=package.name[:200], by=by, at=at)
    strange = named.difference(queries.families_of(office))
    design = designs.reset(packages.renumbered(package.design, kept), strange)
    draft = keep_draft(office=office, name=package.name, design=design, by=by, at=at, origin="file")
    return draft, sorted(strange)


@transaction.atomic
def save_template(
    *, draft: TemplateDraft, design: Mapping[str, Any], name: str, stamp: int, by: str, at: datetime
) -> TemplateDraft:
    """Save the working draft; whoever began with an older one is told, and nothing is overwritten."""
    design = dict(design) | {"name": name}
    _refuse(design, draft.office)
    _write(draft, stamp, name=name, design=design, by=by, at=at)
    if draft.changed_by != by or at - draft.changed_at > SITTING:
        _record("template.changed", draft, by=by, at=at, before={"name": draft.name}, after={"name": name})
    draft.refresh_from_db()
    return draft


@transaction.atomic
def publish_template(*, draft: TemplateDraft, by: str, at: datetime) -> CardTemplate:
    """Make the draft the next version. Periods that are not over use it at once; sent cards keep theirs."""
    draft = held(draft)
    _refuse(draft.design, draft.office)
    versions = queries.versions_of(draft)
    current = versions.filter(is_current=True).first()
    if current and current.design == draft.design:
        raise NothingNew
    newest = versions.aggregate(newest=Max("version"))["newest"] or 0
    versions.update(is_current=False)
    template = CardTemplate.objects.create(
        office=draft.office,
        key=draft.key,
        name=draft.name,
        design=draft.design,
        version=newest + 1,
        published_at=at,
        published_by=by,
    )
    _carry_choices(template, at)
    _record("template.published", draft, by=by, at=at, after={"version": template.version, "name": draft.name})
    return template


@transaction.atomic
def restore_template(
    *, draft: TemplateDraft, version: CardTemplate, stamp: int, by: str, at: datetime
) -> TemplateDraft:
    """Make an old version the working draft; it is published by publishing, like any other."""
    _write(draft, stamp, name=version.name, design=version.design, by=by, at=at)
    _record("template.restored", draft, by=by, at=at, after={"version": version.version})
    draft.refresh_from_db()
    return draft


def held(draft: TemplateDraft) -> TemplateDraft:
    """Return a draft as it stands now, its row held, or raise TemplateGone."""
    row = TemplateDraft.objects.select_for_update(of=("self",)).select_related("office").filter(pk=draft.pk).first()
    if row is None:
        raise TemplateGone
    return row


def ordered(design: Mapping[str, Any]) -> dict[str, Any]:
    """Return a design whose elements stand in the order of their layers: the photo, until then the lowest, first."""
    if design.get("ordered"):
        return dict(design)
    elements = sorted(design["elements"], key=lambda element: element["kind"] != "photo")
    return {**design, "ordered": True, "elements": elements}


def _write(draft: TemplateDraft, stamp: int, *, name: str, design: Mapping[str, Any], by: str, at: datetime) -> None:
    changed = TemplateDraft.objects.filter(pk=draft.pk, stamp=stamp).update(
        name=name, design=design, stamp=F("stamp") + 1, changed_at=at, changed_by=by
    )
    if not changed:
        newer = held(draft)
        raise SavedElsewhere(newer.stamp, newer.changed_by)


def _refuse(design: Mapping[str, Any], office: Office) -> None:
    """Let nothing be kept that cannot be drawn, nor anything of another office."""
    found = designs.faults(design, families=queries.families_of(office))
    if not found and queries.foreign_files(design, office):
        found = [Fault(where, "no_file") for where in designs.places_of(design, queries.foreign_files(design, office))]
    if found:
        raise DesignInvalid(found)


def _carry_choices(template: CardTemplate, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(template.office.timezone)).date() if template.office else at.date()
    older = TemplateChoice.objects.filter(template__key=template.key, template__office=template.office)
    for choice in older.exclude(template=template):
        if Period.parse(choice.period).ends_on >= today:
            TemplateChoice.objects.filter(pk=choice.pk).update(template=template)


def _record(
    action: str,
    draft: TemplateDraft,
    *,
    by: str,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object],
) -> None:
    audit.record(
        action=action,
        subject=f"template_draft:{draft.pk}",
        actor=by,
        at=at,
        office_id=draft.office_id,
        before=before,
        after=after,
    )
