from typing import TypedDict

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.sop import queries
from pegasus.sop.domain.standards import TimeStandard
from pegasus.sop.models import Activity, ProcedureVersion
from pegasus.sop.queries import ActivityCompliance

register = template.Library()
SHORT = {
    "roster": gettext_lazy("Jadwal"),
    "templates": gettext_lazy("Templat"),
    "reminder": gettext_lazy("Pengingat"),
    "card": gettext_lazy("Desain"),
    "posting": gettext_lazy("Posting"),
    "quarter": gettext_lazy("Triwulan"),
    "semester": gettext_lazy("Semester"),
}
STATES = {
    "done": gettext_lazy("Selesai"),
    "waiting": gettext_lazy("Berjalan"),
    "late": gettext_lazy("Terlambat"),
    "not_yet": gettext_lazy("Belum dimulai"),
}
LONGEST = 24


class Strip(TypedDict):
    """What the strip's template gets."""

    rows: list[ActivityCompliance]
    period: str
    programme: str


@register.filter
def short_name(activity: Activity) -> str:
    """Return the one word for an activity: that of its rhythm, else the start of its title."""
    word = SHORT.get(activity.rhythm)
    if word is not None:
        return str(word)
    return activity.title if len(activity.title) <= LONGEST else f"{activity.title[: LONGEST - 1].rstrip()}…"


@register.filter
def state_label(state: str) -> str:
    """Return the word for a state."""
    return str(STATES[state])


@register.filter
def against_standard(row: ActivityCompliance) -> str:
    """Say the time against the standard: `2 dari 3 hari kerja` for one task, `8 dari 9 tepat waktu` for many."""
    found = row.figures
    if not found.total:
        return row.activity.time_standard
    if found.total == 1 and found.done and found.worst is not None:
        return amount_of(found.worst, row.standard)
    return _("%(on_time)d dari %(total)d tepat waktu") % {"on_time": found.on_time, "total": found.total}


def amount_of(actual: int, standard: TimeStandard) -> str:
    """Say an actual time and its limit in words."""
    facts = {"actual": actual, "limit": standard.limit}
    if standard.measured_in == "minutes":
        return _("%(actual)d dari %(limit)d menit") % facts
    if standard.measured_in == "hours":
        return _("%(actual)d dari %(limit)d jam") % facts
    return _("%(actual)d dari %(limit)d hari kerja") % facts


@register.inclusion_tag("sop/_strip.html", takes_context=True)
def sop_strip(context: Context, period: Period | str) -> Strip:
    """Draw SOP-330's activities in a period: number, name, state, time against standard. The map of the product."""
    wanted = Period.parse(period) if isinstance(period, str) else period
    office: Office | None = getattr(context.get("actor"), "office", None)
    return {"rows": _rows(office, wanted) if office else [], "period": wanted.key, "programme": "pegasus"}


def _rows(office: Office, period: Period) -> list[ActivityCompliance]:
    try:
        return queries.compliance(office, period, at=clock.now())
    except ProcedureVersion.DoesNotExist:
        return []  # an office that has not installed its SOP yet has no strip
