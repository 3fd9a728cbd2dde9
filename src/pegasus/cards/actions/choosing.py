"""SOP 1.2: the templates of a period."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pegasus.calendar.domain.periods import Period
from pegasus.cards.models import CardTemplate, TemplateChoice
from pegasus.kernel import audit
from pegasus.people.models import Office
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Evidence
from pegasus.sop.queries import tasks_of


class NothingChosen(Exception):
    """A period needs at least one template."""


def choose_templates(
    *, office: Office, period: Period, templates: Sequence[CardTemplate], by: str, at: datetime
) -> None:
    """Choose what employees may use in a period; this closes activity 2, and may be done again."""
    _choose(office, period.key, f"period:{period.key}", templates, by=by, at=at)


def choose_for_year(*, office: Office, year: int, template: CardTemplate, by: str, at: datetime) -> None:
    """Choose what a year's greeting cards begin with (SOP-322, 2); this closes the task, and may be done again."""
    _choose(office, str(year), f"year:{year}", [template], by=by, at=at)


@transaction.atomic
def _choose(
    office: Office, key: str, subject: str, templates: Sequence[CardTemplate], *, by: str, at: datetime
) -> None:
    if not templates:
        raise NothingChosen
    before = list(TemplateChoice.objects.filter(office=office, period=key).values_list("template__name", flat=True))
    TemplateChoice.objects.filter(office=office, period=key).exclude(template__in=templates).delete()
    for template in templates:
        TemplateChoice.objects.get_or_create(office=office, period=key, template=template)
    names = [template.name for template in templates]
    audit.record(
        action="templates.chosen",
        subject=subject,
        actor=by,
        at=at,
        office_id=office.pk,
        before={"templates": before},
        after={"templates": names},
    )
    waiting = tasks_of(office).filter(subject=subject, activity__rhythm=Activity.Rhythm.TEMPLATES, closed_at=None)
    for task in waiting:
        sop.add_evidence(task=task, kind=Evidence.Kind.CONFIRMATION, by=by, at=at, text=f"Templat: {', '.join(names)}")
        sop.close_task(task=task, at=at, by=by)
