"""Everything that happened to an office's roster, read from the audit trail and told in sentences."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pegasus.calendar.domain.periods import Period
from pegasus.calendar.models import Holiday
from pegasus.calendar.queries import holidays_of
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Office
from pegasus.roster import listing, queries
from pegasus.roster.domain.differences import Difference, differences
from pegasus.roster.forms import period_label
from pegasus.roster.models import Duty, DutyHolder, Roster

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """One deed: what, then details, who and when; and where to read on."""

    at: datetime
    by: str
    icon: str
    title: str
    details: list[str]
    url: str = ""
    link: str = ""


def entries(
    office: Office, *, people: Collection[int] | None = None, period: Period | None = None
) -> QuerySet[AuditEntry]:
    """Return the deeds on the roster of an office, the newest first; of some people, or of a period."""
    found = AuditEntry.objects.filter(office_id=office.pk).filter(
        Q(action__startswith="roster.") | Q(action__startswith="duty.")
    )
    # A repair writes one line of its own, with the cause; the change of holder in it would say the same again.
    of_repairs = AuditEntry.objects.filter(office_id=office.pk, action="duty.reassigned", after__kind="repair")
    found = found.exclude(pk__in=of_repairs.values("pk"))
    if people is not None:
        found = found.filter(_of_people(office, people))
    if period is not None:
        duties = queries.all_duties_of(office).filter(posts_on__gte=period.starts_on, posts_on__lte=period.ends_on)
        subjects = [f"duty:{pk}" for pk in duties.values_list("pk", flat=True)]
        found = found.filter(Q(subject__in=subjects) | Q(after__period=period.key) | Q(before__period=period.key))
    return found.order_by("-at", "-pk")


def _of_people(office: Office, people: Collection[int]) -> Q:
    """Return the deeds that touched some people; of a published version, those that gave or took them a turn."""
    held = DutyHolder.objects.filter(duty__office=office, employee__in=people, reason__kind="roster")
    moments = {moment for span in held.values_list("held_from", "held_until") for moment in span if moment}
    return (
        Q(employee_id__in=people)
        | Q(before__holder__in=list(people))
        | Q(after__holder__in=list(people))
        | Q(action="roster.published", at__in=moments)
    )


def events(office: Office, rows: Iterable[AuditEntry]) -> list[Event]:
    """Tell deeds in sentences, with a constant number of questions."""
    rows = list(rows)
    keys = [int(row.subject.removeprefix("duty:")) for row in rows if row.subject.startswith("duty:")]
    duties = {duty.pk: duty for duty in queries.all_duties_of(office).filter(pk__in=keys)}
    versions = set(queries.published_rosters(office).values_list("pk", flat=True))
    teller = _Teller(listing.names_of(office), duties, versions, _decrees(office, rows))
    return [teller.event(row) for row in rows]


def _decrees(office: Office, rows: Iterable[AuditEntry]) -> dict[str, Holiday]:
    """Return the days off between which turns moved, by date: they say by which decree."""
    moves = [row for row in rows if row.action in {"duty.repaired", "duty.moved"}]
    days = {day for row in moves for day in (row.before.get("posts_on"), row.after.get("posts_on")) if day}
    return {row.on.isoformat(): row for row in holidays_of(office).filter(on__in=days)} if days else {}


@dataclass(frozen=True)
class _Teller:
    names: Mapping[int, str]
    duties: Mapping[int, Duty]
    versions: Collection[int]
    decrees: Mapping[str, Holiday]

    def event(self, row: AuditEntry) -> Event:
        icon, title, details = self._words(row)
        url, link = "", ""
        key = int(row.subject.rpartition(":")[2])
        if row.action == "roster.published" and key in self.versions:
            url, link = reverse("roster:version", args=[key]), _("Lihat perubahannya")
        elif row.subject.startswith("duty:") and key in self.duties:
            url, link = reverse("roster:duty", args=[key]), _("Buka giliran")
        return Event(row.at, row.actor, icon, title, [line for line in details if line], url, link)

    def _words(self, row: AuditEntry) -> tuple[str, str, list[str]]:
        told: Callable[[AuditEntry], tuple[str, str, list[str]]] = {
            "roster.drafted": self._version,
            "roster.published": self._version,
            "roster.discarded": self._version,
            "duty.reassigned": self._handed_over,
            "duty.repaired": self._repaired,
            "duty.moved": self._moved,
            "duty.substitute_asked": self._asked,
            "duty.swap_asked": self._asked,
            "duty.substitute_withdrawn": self._asked,
        }.get(row.action, self._other)
        return told(row)

    def _version(self, row: AuditEntry) -> tuple[str, str, list[str]]:
        data: Data = row.after or row.before
        given = {"label": period_label(Period.parse(data["period"])), "version": data["version"]}
        icon, words = {
            "roster.drafted": ("pencil-square", _("Draf jadwal %(label)s disusun, versi %(version)s")),
            "roster.published": ("check2-circle", _("Jadwal %(label)s terbit, versi %(version)s")),
            "roster.discarded": ("trash", _("Draf jadwal %(label)s dibuang, versi %(version)s")),
        }[row.action]
        places = data.get("places")
        return icon, words % given, [_("%(count)s tempat terisi.") % {"count": places} if places else ""]

    def _handed_over(self, row: AuditEntry) -> tuple[str, str, list[str]]:
        before, after = self._name(row.before.get("holder")), self._name(row.after.get("holder"))
        kinds = {
            "hand": _("Ditunjuk oleh %(by)s") % {"by": row.actor},
            "swap": _("Bertukar giliran"),
            "substitute": _("Bersedia menggantikan"),
        }
        reason = str(row.after.get("reason") or "")
        details = [kinds.get(str(row.after.get("kind", "hand")), ""), reason]
        return "arrow-left-right", f"{self._day(row)}: {before} → {after}", details

    def _repaired(self, row: AuditEntry) -> tuple[str, str, list[str]]:
        causes = {
            "absent": _("%(name)s sedang cuti atau dinas."),
            "left": _("%(name)s tidak lagi bekerja di kantor ini."),
            "exempt": _("%(name)s tidak ikut giliran."),
            "moved": _("Kalender berubah."),
            "cancelled": _("Minggu ini tidak mempunyai hari kerja lagi."),
            "new": _("Minggu ini mempunyai hari kerja lagi."),
        }
        name = self._name(row.before.get("holder"))
        details = [causes.get(str(row.after.get("cause")), "") % {"name": name}, self._decree(row)]
        days = [row.before.get("posts_on"), row.after.get("posts_on")]
        if days[0] and days[1] and days[0] != days[1]:
            details.append(
                _("Hari tayang: %(before)s → %(after)s.") % {"before": _long(days[0]), "after": _long(days[1])}
            )
        day = _long(days[1] or days[0])
        if not row.after.get("posts_on"):
            return "calendar-x", _("%(day)s: giliran %(name)s dibatalkan") % {"day": day, "name": name}, details
        after = self._name(row.after.get("holder"))
        people = after if not row.before.get("holder") or name == after else f"{name} → {after}"
        return "arrow-left-right", f"{day}: {people}", details

    def _moved(self, row: AuditEntry) -> tuple[str, str, list[str]]:
        before, after = row.before["posts_on"], row.after["posts_on"]
        duty = self._duty(row)
        holder = duty.holder.name if duty and duty.holder else ""
        if after is None:
            words = _("%(day)s: giliran dibatalkan, tidak ada hari kerja") % {"day": _long(before)}
            return "calendar-x", words, [holder]
        words = _("Hari tayang bergeser: %(before)s → %(after)s") % {"before": _long(before), "after": _long(after)}
        return "calendar-event", words, [holder, self._decree(row)]

    def _decree(self, row: AuditEntry) -> str:
        """Return which day off, by which decree, moved a turn away; or which one was withdrawn to bring it back."""
        left, reached = (self.decrees.get(str(side.get("posts_on"))) for side in (row.before, row.after))
        if left is not None and left.withdrawn_at is None:
            return f"{left.name} ({left.decree_number})" if left.decree_number else left.name
        if reached is not None and reached.withdrawn_at is not None:
            words = _("%(name)s dicabut") % {"name": reached.name}
            return f"{words} ({reached.withdrawn_decree})" if reached.withdrawn_decree else words
        return ""

    def _asked(self, row: AuditEntry) -> tuple[str, str, list[str]]:
        given = {"name": self._name(row.employee_id), "day": self._day(row)}
        icon, words = {
            "duty.substitute_asked": ("hourglass-split", _("%(day)s: %(name)s meminta pengganti")),
            "duty.swap_asked": ("hourglass-split", _("%(day)s: %(name)s mengajak bertukar")),
            "duty.substitute_withdrawn": ("arrow-counterclockwise", _("%(day)s: permintaan %(name)s ditarik")),
        }[row.action]
        return icon, words % given, [str(row.after.get("reason") or "")]

    def _other(self, row: AuditEntry) -> tuple[str, str, list[str]]:
        return "pencil-square", _("%(day)s: giliran diubah") % {"day": self._day(row)}, []

    def _duty(self, row: AuditEntry) -> Duty | None:
        return self.duties.get(int(row.subject.rpartition(":")[2])) if row.subject.startswith("duty:") else None

    def _day(self, row: AuditEntry) -> str:
        duty = self._duty(row)
        return _long(duty.posts_on.isoformat()) if duty else _("Giliran")

    def _name(self, pk: int | None) -> str:
        return self.names.get(pk or 0, _("seorang rekan"))


def _long(iso: str) -> str:
    return str(date_format(date.fromisoformat(iso), "l, j F Y"))


@dataclass(frozen=True)
class Change:
    """A week of a version that is not as in the one before, with names."""

    difference: Difference
    gone: list[str]
    came: list[str]


def changes(version: Roster) -> tuple[Roster | None, list[Change]]:
    """Compare a published version with the published one before it; the first has all its weeks new."""
    office = version.office
    before = queries.published_rosters(office).filter(period=version.period, version__lt=version.version).first()
    old = [place for place in _places(before) if place[1] >= version.starts_on] if before else []
    names = listing.names_of(office)

    def told(people: Iterable[int]) -> list[str]:
        return sorted(names.get(pk, _("seorang rekan")) for pk in people)

    found = differences(old, _places(version))
    return before, [Change(one, told(one.gone), told(one.came)) for one in found]


def _places(version: Roster) -> list[tuple[date, date, int]]:
    return list(version.places.order_by("starts_on", "seat").values_list("starts_on", "posts_on", "employee_id"))
