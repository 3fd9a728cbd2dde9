from datetime import date
from fractions import Fraction
from typing import Protocol, TypedDict

from django import template
from django.template import Context
from django.utils.formats import date_format, number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.sop import queries
from pegasus.sop.domain.standards import TimeStandard
from pegasus.sop.models import Activity, ProcedureVersion, Task
from pegasus.sop.queries import ActivityCompliance

register = template.Library()
SHORT = {
    "roster": gettext_lazy("Jadwal"),
    "birthdays": gettext_lazy("Daftar"),
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
STATUS_LABELS = {
    "on_time": gettext_lazy("Tepat waktu"),
    "late": gettext_lazy("Selesai terlambat"),
    "open": gettext_lazy("Belum selesai"),
    "overdue": gettext_lazy("Lewat tenggat"),
    "skipped": gettext_lazy("Tidak dilaksanakan"),
    "not_needed": gettext_lazy("Tidak diperlukan"),
}
SYMBOLS = {
    "start": gettext_lazy("mulai"),
    "process": gettext_lazy("kegiatan"),
    "decision": gettext_lazy("keputusan"),
    "end": gettext_lazy("selesai"),
}
PARTS = {"group": gettext_lazy("Grup WhatsApp"), "instagram": "Instagram"}
LONGEST = 24
BY_POSTING_DAY = ("reminder", "card", "posting")  # DESIGN 8: their times follow the duty


class TaskRow(Protocol):
    """A task as a list shows it."""

    task: Task
    person: str


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
def breakable(text: str) -> SafeString:
    """Let a line break after a slash: `template/format` is too long for a narrow column."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in text.split("/")))


@register.filter
def state_label(state: str) -> str:
    """Return the word for a state."""
    return str(STATES[state])


@register.filter
def against_standard(row: ActivityCompliance) -> str:
    """Say the time against the standard: `2 dari 3 hari kerja` for one task, `8 dari 9 tepat waktu` for many."""
    found = row.figures
    if not found.settled:
        return row.activity.time_standard
    if found.total == 1 and found.done and found.worst is not None:
        return amount_of(found.worst, row.standard)
    return _("%(on_time)d dari %(total)d tepat waktu") % {"on_time": found.on_time, "total": found.settled}


@register.simple_tag
def amount(actual: int | None, standard: TimeStandard) -> str:
    """Say what a task took; nothing where there is no time to measure."""
    return "" if actual is None else amount_of(actual, standard)


@register.filter
def standard_help(rhythm: str) -> str:
    """Say how a time standard is written, and where the due time hangs on the posting day instead."""
    if rhythm in BY_POSTING_DAY:
        return _("Batas waktunya tetap dihitung dari hari tayang. Waktu baku ini dipakai untuk menilai hasilnya.")
    return _("Misalnya 3 Hari Kerja, 3-5 Hari Kerja, 30 Menit, 1 Minggu, atau Semesteran.")


@register.filter
def decimal(number: Fraction) -> str:
    """Write a median: whole where it is whole, else with one digit after the comma."""
    return number_format(float(number), decimal_pos=0 if number.denominator == 1 else 1)


@register.filter
def period_name(period: Period | str) -> str:
    """Say a period: `Triwulan IV 2026`."""
    found = Period.parse(period) if isinstance(period, str) else period
    facts = {"number": found.roman, "year": found.year}
    if found.kind == "semester":
        return _("Semester %(number)s %(year)s") % facts
    return _("Triwulan %(number)s %(year)s") % facts


@register.filter
def what(row: TaskRow) -> str:
    """Say what a task is about, in words: its label, its period, or the person whose card it is."""
    task = row.task
    words = task.label or _subject_words(task) or row.person or (task.owner.name if task.owner else "")
    part = PARTS.get(task.part, task.part)
    return f"{words} · {part}" if part and words else str(part or words or task.activity.title)


def _subject_words(task: Task) -> str:
    kind, _colon, key = task.subject.partition(":")
    if kind == "period":
        return period_name(key)
    if kind == "month":
        return date_format(date.fromisoformat(f"{key}-01"), "F Y")
    return _("Tahun %(year)s") % {"year": key} if kind == "year" else ""


@register.filter
def symbol_name(symbol: str) -> str:
    """Return the word for a symbol, for those who do not see it."""
    return str(SYMBOLS[symbol])


@register.filter
def status_label(status: str) -> str:
    """Return the words for what became of a task."""
    return str(STATUS_LABELS[status])


@register.filter
def status_colour(status: str) -> str:
    """Return the state whose colours a status wears."""
    return {"on_time": "done", "late": "late", "open": "waiting", "overdue": "late", "skipped": "late"}.get(
        status, "neutral"
    )


@register.filter
def state_colour(state: str) -> str:
    """Return the colours of an activity's state."""
    return "neutral" if state == "not_yet" else state


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
