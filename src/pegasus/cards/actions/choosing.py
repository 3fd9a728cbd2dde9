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


@transaction.atomic
def choose_templates(
    *, office: Office, period: Period, templates: Sequence[CardTemplate], by: str, at: datetime
) -> None:
    """Choose what employees may use in a period; this closes activity 2, and may be done again."""
    if not templates:
        raise NothingChosen
    before = list(
        TemplateChoice.objects.filter(office=office, period=period.key).values_list("template__name", flat=True)
    )
    TemplateChoice.objects.filter(office=office, period=period.key).exclude(template__in=templates).delete()
    for template in templates:
        TemplateChoice.objects.get_or_create(office=office, period=period.key, template=template)
    names = [template.name for template in templates]
    audit.record(
        action="templates.chosen",
        subject=f"period:{period.key}",
        actor=by,
        at=at,
        office_id=office.pk,
        before={"templates": before},
        after={"templates": names},
    )
    task = tasks_of(office).filter(
        subject=f"period:{period.key}", activity__rhythm=Activity.Rhythm.TEMPLATES, closed_at=None
    )
    for open_task in task:
        sop.add_evidence(
            task=open_task, kind=Evidence.Kind.CONFIRMATION, by=by, at=at, text=f"Templat: {', '.join(names)}"
        )
        sop.close_task(task=open_task, at=at, by=by)
