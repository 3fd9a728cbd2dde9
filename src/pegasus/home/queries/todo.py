from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pegasus.calendar.domain.periods import Period
from pegasus.calendar.queries import year_without_decree
from pegasus.cards.birthdays.queries import unmade
from pegasus.cards.queries import reviews_of
from pegasus.delivery.models import Delivery
from pegasus.delivery.queries import deliveries_of
from pegasus.home.domain.weeks import Week
from pegasus.people import queries as people
from pegasus.people.models import Office
from pegasus.publishing import queries as publishing
from pegasus.reminders import queries as reminders
from pegasus.roster import queries as roster
from pegasus.roster.misfits import World
from pegasus.roster.models import SwapAsk
from pegasus.sop import queries as sop
from pegasus.sop.models import Activity, Task

ENOUGH = 2  # one person is who set the office up
SPELLED_OUT = 3  # more of one kind become one line with their number
State = Delivery.State
Rhythm = Activity.Rhythm


@dataclass(frozen=True)
class Todo:
    """One thing to do: the sentence, where it is done, by when, and whether that is past."""

    text: str
    address: str
    due_at: datetime | None = None
    is_late: bool = False
    pk: int | None = None  # of the row that the address shows, where it shows one


def todo_of(office: Office, *, at: datetime) -> list[Todo]:
    """Return what waits for who keeps the programme: wishes first, then what is late, then by due time."""
    wishes = _swaps(office)
    answers = [one for one in wishes if not one.is_late]
    tasks = [*answers, *_tasks(office, at), *_messages(office, at), *_unreached(office, at)]
    tasks += [*_reviews(office, at), *_doubts(office)]
    tasks.sort(key=lambda one: (not one.is_late, one.due_at or at))
    undecided = [one for one in wishes if one.is_late]
    waiting = [
        *undecided,
        *_misfits(office, at),
        *_requests(office, at),
        *_staff(office, at),
        *tasks,
        *_decree(office, at),
    ]
    return waiting or _first_roster(office)


def _first_roster(office: Office) -> list[Todo]:
    """Founded on a day off, an office has no task yet; still nothing runs before its first roster."""
    if roster.all_duties_of(office).exists():
        return []
    return [Todo(_("Susun jadwal pertama"), "roster:make")]


def _misfits(office: Office, at: datetime) -> list[Todo]:
    number = len(World.of(office, at).misfits)
    if not number:
        return []
    words = ngettext(
        "%(count)d giliran tidak lagi sesuai: periksa usulannya",
        "%(count)d giliran tidak lagi sesuai: periksa usulannya",
        number,
    )
    return [Todo(words % {"count": number}, "home:consequences", is_late=True)]


def _decree(office: Office, at: datetime) -> list[Todo]:
    year = year_without_decree(office, at.astimezone(ZoneInfo(office.timezone)).date())
    if year is None:
        return []
    return [Todo(_("Masukkan cuti bersama %(year)s dari SKB") % {"year": year}, "calendar:year", pk=year)]


def _staff(office: Office, at: datetime) -> list[Todo]:
    today = at.astimezone(ZoneInfo(office.timezone)).date()
    if len(people.active_employees(office, on=today)[:ENOUGH]) == ENOUGH:
        return []
    return [Todo(_("Masukkan daftar pegawai"), "people:index", is_late=True)]


def _swaps(office: Office) -> list[Todo]:
    """Return the wishes: those nobody is considering are waiting for a decision, the others for an answer."""
    swaps = list(roster.open_swaps(office))
    if not swaps:
        return []
    asked = {ask.swap_id: ask for ask in roster.asks_of(office).filter(answer=SwapAsk.Answer.WAITING)}
    lines = []
    for swap in swaps:
        ask, name = asked.get(swap.pk), swap.from_employee.name
        if ask is None:
            words = _("%(name)s tidak bisa bertugas: pilih pengganti") % {"name": name}
        else:
            words = _("Giliran %(name)s: menunggu jawaban %(colleague)s")
            words %= {"name": name, "colleague": ask.employee.name}
        due_at = ask.answer_by if ask else None
        lines.append(Todo(words, "roster:duty", due_at, is_late=ask is None, pk=swap.duty_id))
    return lines


def _requests(office: Office, at: datetime) -> list[Todo]:
    lines = [
        Todo(
            _("%(name)s minta datanya dibetulkan") % {"name": one.employee.name},
            "people:requests",
            due_at=one.due_at,
            is_late=one.due_at < at,
        )
        for one in people.open_corrections(office)
    ]
    coming = [
        Todo(_("%(name)s pindah ke kantor ini: terima") % {"name": one.employee.name}, "people:requests")
        for one in people.arrivals_at(office)
    ]
    return [*lines, *coming]


def _messages(office: Office, at: datetime) -> list[Todo]:
    waiting = (State.PREPARED, State.OPENED, State.UNKNOWN, State.FAILED)
    rows = deliveries_of(office).filter(state__in=waiting, due_at__lte=at).order_by("state")
    counted = dict(rows.values_list("state").annotate(number=Count("pk")))
    to_send = counted.get(State.PREPARED, 0) + counted.get(State.OPENED, 0)
    lines: list[Todo] = []
    if to_send:
        words = ngettext("Kirim %(count)d pesan", "Kirim %(count)d pesan", to_send) % {"count": to_send}
        lines.append(Todo(words, "delivery:index"))
    if number := counted.get(State.UNKNOWN, 0):
        words = ngettext(
            "Pastikan %(count)d pesan yang belum pasti terkirim",
            "Pastikan %(count)d pesan yang belum pasti terkirim",
            number,
        )
        lines.append(Todo(words % {"count": number}, "delivery:index", is_late=True))
    if number := counted.get(State.FAILED, 0):
        words = ngettext("%(count)d pesan tidak terkirim", "%(count)d pesan tidak terkirim", number)
        lines.append(Todo(words % {"count": number}, "delivery:index", is_late=True))
    return lines


def _unreached(office: Office, at: datetime) -> list[Todo]:
    week = Week.of(at.astimezone(ZoneInfo(office.timezone)).date())
    duties = reminders.unreached(office, until=week.next.monday, at=at)
    names = [duty.holder.name for duty in duties if duty.holder]
    if len(names) > SPELLED_OUT:
        words = _("%(count)d petugas belum menerima tautan kartu") % {"count": len(names)}
        return [Todo(words, "reminders:index", is_late=True)]
    return [
        Todo(_("%(name)s belum menerima tautan kartu") % {"name": name}, "reminders:index", is_late=True)
        for name in names
    ]


def _doubts(office: Office) -> list[Todo]:
    """Return the screenshots that do not seem to show their card: a person must decide."""
    return [
        Todo(
            _("Periksa bukti unggahan %(name)s (%(place)s)")
            % {"name": one.card.name, "place": one.get_place_display()},
            "publishing:posting",
            is_late=True,
            pk=one.task_id,
        )
        for one in publishing.proofs_in_doubt(office)
    ]


def _reviews(office: Office, at: datetime) -> list[Todo]:
    lines = []
    for one in reviews_of(office, at=at):
        since = date_format(one.times.sent_at.astimezone(ZoneInfo(office.timezone)), "l, j F H.i")
        words = _("Kartu %(name)s: menunggu ditinjau sejak %(since)s") % {"name": one.card.name, "since": since}
        lines.append(Todo(words, "cards:card", one.times.due_at, is_late=one.is_late, pk=one.card.pk))
    return lines


def _tasks(office: Office, at: datetime) -> list[Todo]:
    groups: dict[tuple[str, str, str], list[Task]] = defaultdict(list)
    # What runs as planned belongs to its people; only what is past due comes to the one in charge.
    mine = Q(activity__rhythm__in=MINE, opens_at__lte=at, subject__startswith="period:")
    waiting = Q(due_at__lt=at) | mine | Q(pk__in=unmade(office, at).values("pk"))
    rows = sop.tasks_of(office).filter(waiting, closed_at=None)
    for task in rows.annotate(programme=F("activity__version__procedure__programme__name")):
        kind = task.subject.partition(":")[0]
        groups[task.activity.rhythm, task.part, kind if kind in YEARLY else ""].append(task)
    names = _holders(office, (task for group in groups.values() for task in group))
    lines: list[Todo] = []
    for (rhythm, part, kind), group in groups.items():
        words, many, address = WORDS.get((rhythm, kind or part)) or WORDS.get((rhythm, ""), OTHER)
        if kind and (rhythm, kind) not in WORDS:
            words, many, address = OTHER
        late = [task for task in group if at > task.due_at]
        if len(group) > SPELLED_OUT:
            lines.append(
                Todo(str(many) % {"count": len(group), "part": part}, address, group[0].due_at, is_late=bool(late))
            )
            continue
        lines.extend(
            Todo(str(words) % _facts(task, names), address, task.due_at, is_late=at > task.due_at) for task in group
        )
    return lines


def _holders(office: Office, tasks: Iterable[Task]) -> dict[str, str]:
    subjects = {task.subject for task in tasks if task.subject.startswith("duty:")}
    keys = [int(subject.removeprefix("duty:")) for subject in subjects]
    duties = roster.all_duties_of(office).filter(pk__in=keys)
    return {duty.subject: duty.holder.name for duty in duties if duty.holder}


def _facts(task: Task, names: dict[str, str]) -> dict[str, str]:
    kind, _colon, rest = task.subject.partition(":")
    return {
        "name": names.get(task.subject) or (task.owner.name if task.owner else ""),
        "part": task.part,
        "period": rest if kind == "year" else period_label(rest) if kind == "period" else "",
        "label": task.label,
        "programme": getattr(task, "programme", ""),
        "title": task.activity.title,
    }


def period_label(key: str) -> str:
    """Return a period as offices say it: triwulan IV 2026."""
    try:
        period = Period.parse(key)
    except ValueError:
        return key
    facts = {"number": period.roman, "year": period.year}
    if period.kind == "semester":
        return _("semester %(number)s %(year)s") % facts
    return _("triwulan %(number)s %(year)s") % facts


MINE = frozenset({Rhythm.ROSTER, Rhythm.TEMPLATES, Rhythm.QUARTER})
# Subjects of programmes that live on birthdays; where no date of birth is known they run by the month.
YEARLY = frozenset({"birthday", "year", "month"})
Words = tuple[str | Promise, str | Promise, str]
WORDS: dict[tuple[str, str], Words] = {
    (Rhythm.ROSTER, ""): (
        gettext_lazy("Buat jadwal %(period)s"),
        gettext_lazy("%(count)d jadwal belum dibuat"),
        "roster:index",
    ),
    (Rhythm.TEMPLATES, ""): (
        gettext_lazy("Pilih templat kartu %(period)s"),
        gettext_lazy("%(count)d periode belum punya templat"),
        "cards:index",
    ),
    (Rhythm.REMINDER, ""): (
        gettext_lazy("Pengingat %(part)s untuk %(name)s belum terkirim"),
        gettext_lazy("%(count)d pengingat %(part)s belum terkirim"),
        "delivery:index",
    ),
    (Rhythm.CARD, ""): (
        gettext_lazy("Desain %(name)s terlambat"),
        gettext_lazy("%(count)d desain terlambat"),
        "cards:index",
    ),
    (Rhythm.POSTING, "group"): (
        gettext_lazy("Bukti grup WhatsApp belum ada: %(name)s"),
        gettext_lazy("%(count)d bukti grup WhatsApp belum ada"),
        "publishing:index",
    ),
    (Rhythm.POSTING, "instagram"): (
        gettext_lazy("Bukti Instagram belum ada: %(name)s"),
        gettext_lazy("%(count)d bukti Instagram belum ada"),
        "publishing:index",
    ),
    (Rhythm.CARD, "birthday"): (
        gettext_lazy("%(label)s: kartunya belum dibuat"),
        gettext_lazy("%(count)d kartu ulang tahun belum dibuat"),
        "cards:birthdays",
    ),
    (Rhythm.POSTING, "birthday"): (
        gettext_lazy("%(label)s: kartunya belum dibagikan"),
        gettext_lazy("%(count)d kartu ulang tahun belum dibagikan"),
        "cards:birthdays",
    ),
    (Rhythm.QUARTER, ""): (
        gettext_lazy("Susun laporan %(programme)s %(period)s"),
        gettext_lazy("%(count)d laporan triwulan menunggu"),
        "reports:index",
    ),
    (Rhythm.SEMESTER, ""): (
        gettext_lazy("Evaluasi %(programme)s %(period)s terlambat"),
        gettext_lazy("%(count)d evaluasi semester terlambat"),
        "reports:index",
    ),
}
OTHER: Words = (
    gettext_lazy("%(programme)s: %(title)s"),
    gettext_lazy("%(count)d tugas lain terlambat"),
    "sop:index",
)
