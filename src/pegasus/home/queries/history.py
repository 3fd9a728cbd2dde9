from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pegasus.kernel import audit
from pegasus.people import queries as people
from pegasus.people import trail
from pegasus.people.models import Employee
from pegasus.roster.models import DutyHolder

MOST_CHANGES = 200


@dataclass(frozen=True)
class Happening:
    """One line of a person's history."""

    on: date
    icon: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Year:
    """A year of a person's history, the newest line first."""

    number: int
    turns: int
    lines: list[Happening]


def history_of(employee: Employee, *, today: date) -> list[Year]:
    """Return turns, roles, absences and changes of a person by year, the newest first; what is to come too."""
    turns = _turns(employee)
    lines = [*turns, *_roles(employee), *_absences(employee), *_changes(employee)]
    years: dict[int, list[Happening]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: one.on, reverse=True):
        years[line.on.year].append(line)
    counted: dict[int, int] = defaultdict(int)
    for turn in turns:
        counted[turn.on.year] += turn.on <= today and not turn.note
    return [Year(number, counted[number], lines) for number, lines in years.items()]


def _turns(employee: Employee) -> list[Happening]:
    held = DutyHolder.objects.filter(employee=employee, duty__office_id=employee.office_id)
    rows = held.select_related("duty").order_by("duty__posts_on", "held_from", "pk")
    found: dict[int, Happening] = {}
    for row in rows:  # who takes a turn back holds it twice: the last holding counts
        gone = row.held_until is not None or row.duty.cancelled_at is not None
        note = (_("dibatalkan") if row.duty.cancelled_at else _("dialihkan")) if gone else ""
        found[row.duty_id] = Happening(row.duty.posts_on, "calendar-week", _("Bertugas Pegasus"), note)
    return list(found.values())


def _roles(employee: Employee) -> list[Happening]:
    found = []
    for role in employee.roles.order_by("valid_from", "pk"):
        label = people.role_label(employee.office, role.role)
        until = date_format(role.valid_until, "j M Y") if role.valid_until else _("sekarang")
        note = f"{role.decree_number or _('Tanpa nomor SK')} · {_('sampai')} {until}"
        found.append(Happening(role.valid_from, "person-badge", _("Mulai sebagai %(role)s") % {"role": label}, note))
    return found


def _absences(employee: Employee) -> list[Happening]:
    return [
        Happening(
            away.starts_on,
            "calendar-x",
            _("%(kind)s sampai %(last)s")
            % {"kind": away.get_kind_display(), "last": date_format(away.ends_on, "j M Y")},
            away.note,
        )
        for away in employee.absences.order_by("starts_on", "pk")
    ]


def _changes(employee: Employee) -> list[Happening]:
    zone = ZoneInfo(employee.office.timezone)

    def label(role: str) -> str:
        return people.role_label(employee.office, role)

    entries = audit.entries_of(f"employee:{employee.pk}", office_id=employee.office_id)[:MOST_CHANGES]
    return [
        Happening(
            _day(entry.at, zone), "pencil", trail.sentence(entry, role_label=label), _who(entry.actor, entry.at, zone)
        )
        for entry in entries
    ]


def _who(actor: str, at: datetime, zone: ZoneInfo) -> str:
    return _("oleh %(name)s, pukul %(time)s") % {"name": actor, "time": f"{at.astimezone(zone):%H.%M}"}


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
