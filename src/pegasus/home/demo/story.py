"""What happened in the demonstration office, one event after the other, each at its own time."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

from pegasus.calendar import queries as calendar
from pegasus.calendar.domain.periods import Period
from pegasus.cards import actions as cards
from pegasus.cards import queries as card_queries
from pegasus.cards.models import Card, Words
from pegasus.delivery import actions as delivery
from pegasus.delivery.models import Delivery
from pegasus.home.demo import pictures
from pegasus.home.demo.cast import FOLLOW_UPS, OBSTACLES, OWN_WORDS
from pegasus.kernel import clock
from pegasus.people import actions as people
from pegasus.people import queries as people_queries
from pegasus.people.models import Absence, Employee, Office, Role
from pegasus.publishing import actions as publishing
from pegasus.publishing.models import Publication
from pegasus.reminders import actions as reminders
from pegasus.reminders import queries as reminder_queries
from pegasus.reports import actions as reports
from pegasus.roster import actions as roster
from pegasus.roster import queries as roster_queries
from pegasus.roster.models import Duty
from pegasus.sop import actions as sop
from pegasus.sop import queries as sop_queries
from pegasus.sop.models import Activity, Evidence, Task

Event = Callable[[datetime], None]
WEEK = timedelta(days=7)


class Story:
    """The events up to a moment. Playing one may plan others, but only later ones."""

    def __init__(self, office: Office, *, until: datetime) -> None:
        self.office = office
        self.until = until
        self.zone = ZoneInfo(office.timezone)
        self.calendar = calendar.working_calendar(office)
        self.current = Period.of(until.astimezone(self.zone).date(), "quarter")
        self.order = count()
        self.queue: list[tuple[datetime, int, Event]] = []
        self.planned: set[int] = set()  # the tasks of birthdays that have their events

    def play(self, progress: Callable[[int, int], None] | None) -> None:
        """Play everything that happened by now, in order."""
        for period in (self.current.previous, self.current):
            self._plan_period(period)
        self._plan_next_period()
        played = 0
        while self.queue and self.queue[0][0] <= self.until:
            moment, _, event = heapq.heappop(self.queue)
            with clock.pretend(moment):
                event(moment)
            played += 1
            if progress:
                progress(played, played + sum(1 for planned in self.queue if planned[0] <= self.until))

    def plan(self, day: date, hour: int, minute: int, event: Event) -> None:
        """Put an event on the day that it happens."""
        moment = datetime.combine(day, time(hour, minute), self.zone)
        heapq.heappush(self.queue, (moment, next(self.order), event))

    # --- a quarter ----------------------------------------------------------------------------------
    def _plan_period(self, period: Period) -> None:
        opens = self.calendar.add(period.starts_on, -self.office.roster_lead_days)
        self.plan(opens, 8, 0, self._open_tasks)
        self.plan(opens - timedelta(days=20), 9, 0, lambda at: self._add_absences(period, at))
        self.plan(self.calendar.add(opens, 1), 10, 12, lambda at: self._make_roster(period, at))
        self.plan(self.calendar.add(opens, 2), 9, 5, lambda at: self._choose_templates(period, at))
        for month in range(3):
            first = (period.starts_on + timedelta(days=31 * month)).replace(day=1)
            self.plan(self.calendar.on_or_after(first), 8, 0, self._open_tasks)
        self.plan(period.starts_on + timedelta(days=50), 15, 30, lambda at: self._note_obstacles(period, at))
        after = self.calendar.on_or_after(period.ends_on + timedelta(days=1))
        self.plan(after, 8, 0, self._open_tasks)
        self.plan(self.calendar.add(after, 2), 13, 40, lambda at: self._report(period, at))

    def _plan_next_period(self) -> None:
        opens = self.calendar.add(self.current.next.starts_on, -self.office.roster_lead_days)
        self.plan(opens, 8, 0, self._open_tasks)

    def _open_tasks(self, at: datetime) -> None:
        sop.open_period_tasks(office=self.office, at=at)
        early = sop_queries.tasks_of(self.office).filter(closed_at=None, period__lt=self.current.previous.key)
        for task in early.exclude(subject__startswith="year:"):
            sop.close_task(
                task=task,
                at=at,
                by=self._name(Role.CA, at),
                outcome=Task.Outcome.NOT_NEEDED,
                note="Kantor belum memakai Pegasus pada waktu itu.",
            )
        for task in early.filter(subject__startswith="year:"):
            self._do_by_hand(task, "Daftar dan templat dibagikan di folder tim.", at)
        self._plan_birthdays()

    def _add_absences(self, period: Period, at: datetime) -> None:
        away = people_queries.active_employees(self.office, on=at.date())
        for number, employee in enumerate(away[7:16:3]):
            people.add_absence(
                employee=employee,
                kind=(Absence.Kind.LEAVE, Absence.Kind.TRIP, Absence.Kind.TRAINING)[number % 3],
                starts_on=period.starts_on + timedelta(days=14 + 21 * number),
                ends_on=period.starts_on + timedelta(days=20 + 21 * number),
                by=self._name(Role.CA, at),
                at=at,
            )

    def _make_roster(self, period: Period, at: datetime) -> None:
        ca = self._name(Role.CA, at)
        draft = roster.draft_roster(office=self.office, period=period, per_week=None, by=ca, at=at)
        roster.publish_roster(roster=draft, by=ca, at=at)
        draft.refresh_from_db()
        roster.keep_list(roster=draft, at=at)
        self._plan_reminders(at)
        for number, duty in enumerate(roster_queries.duties_of(self.office)):
            if period.starts_on <= duty.posts_on <= period.ends_on + timedelta(days=6):
                self._plan_duty(duty, number)

    def _choose_templates(self, period: Period, at: datetime) -> None:
        cards.choose_templates(
            office=self.office,
            period=period,
            templates=list(card_queries.templates_of(self.office)),
            by=self._name(Role.CA, at),
            at=at,
        )

    def _note_obstacles(self, period: Period, at: datetime) -> None:
        programme = sop_queries.programmes_of(self.office).get(code="pegasus")
        by = self._name(Role.CA, at)
        mine = slice(1) if period != self.current else slice(1, None)
        for text, solution in OBSTACLES[mine]:
            reports.note_obstacle(
                office=self.office,
                programme=programme,
                period=period.key,
                text=text,
                solution=solution,
                by=by,
                at=at,
            )
        for text, owner in FOLLOW_UPS[mine]:
            reports.plan_follow_up(
                office=self.office,
                programme=programme,
                period=period.key,
                text=text,
                owner=owner,
                due_on=period.next.ends_on,
                by=by,
                at=at,
            )

    def _report(self, period: Period, at: datetime) -> None:
        for programme in sop_queries.programmes_of(self.office):
            report = reports.draft(office=self.office, kind="quarter", period=period, programme=programme, at=at)
            reports.finalise(report=report, by=self._name(Role.CA, at), at=at)

    # --- a duty -------------------------------------------------------------------------------------
    def _plan_duty(self, duty: Duty, number: int) -> None:
        for part, hour in (("H-5", 8), ("H-3", 8)):
            task = sop_queries.tasks_of(self.office).get(subject=duty.subject, part=part)
            day = task.opens_at.astimezone(self.zone).date()
            self.plan(day, hour, 1, self._plan_reminders)
            self.plan(day, hour, 25 + number % 20, self._send_reminders)
        written = self.calendar.add(duty.posts_on, -2 + number % 2)
        self.plan(written, 9 + number % 6, 17, lambda at: self._write_card(duty, number, at))
        self.plan(duty.posts_on, 7, 30 + number % 25, lambda at: self._post(duty, Publication.Place.GROUP, at))
        # Last week's Instagram proof is missing: the one late task.
        if not WEEK <= self.until.astimezone(self.zone).date() - duty.posts_on < 2 * WEEK:
            self.plan(duty.posts_on, 10, number % 50, lambda at: self._post(duty, Publication.Place.INSTAGRAM, at))

    def _plan_reminders(self, at: datetime) -> None:
        reminders.plan(office=self.office, at=at)
        waiting = reminder_queries.reminders_of(self.office).filter(fate="planned", delivery=None, due_at__lte=at)
        for reminder in waiting:
            reminders.remind(reminder=reminder, at=at)

    def _send_reminders(self, at: datetime) -> None:
        """Tap through everything that lies ready, as the person in charge does in the morning."""
        by = self._name(Role.CA, at)
        for row in Delivery.objects.filter(office=self.office, state=Delivery.State.PLANNED, due_at__lte=at):
            delivery.prepare(delivery=row, at=at)
        for row in Delivery.objects.filter(office=self.office, state=Delivery.State.PREPARED):
            delivery.mark_opened(delivery=row, by=by, at=at)
            delivery.confirm(delivery=row, by=by, at=at + timedelta(seconds=40))
            reminders.settle(message=row, at=at + timedelta(seconds=41))

    def _write_card(self, duty: Duty, number: int, at: datetime) -> None:
        duty.refresh_from_db()
        holder = self._holder(duty)
        templates = card_queries.templates_for(self.office, Period.of(duty.posts_on, "quarter").key)
        card = cards.card_for(task=self._task(duty, Activity.Rhythm.CARD), at=at)
        if number % 3:
            words, source = OWN_WORDS[number % len(OWN_WORDS)], ""
        else:
            saying = Words.objects.filter(office=None).order_by("pk")[number]
            words, source = saying.text, saying.source
        cards.save_draft(
            card=card, template=templates[number % len(templates)], words=words, source=source, alt_text="", at=at
        )
        cards.submit_card(card=card, by=holder.name, at=at)

    def _post(self, duty: Duty, place: Publication.Place, at: datetime) -> None:
        duty.refresh_from_db()
        card = self._task(duty, Activity.Rhythm.CARD).card
        by = self._holder(duty).name if place == Publication.Place.GROUP else self._name(Role.HUMAS, at)
        link = "" if place == Publication.Place.GROUP else f"https://www.instagram.com/p/C{duty.pk:04d}contoh/"
        self._prove(card, place, by, at, link=link)

    def _prove(self, card: Card, place: Publication.Place, by: str, at: datetime, *, link: str = "") -> None:
        publication = next(row for row in publishing.publications_for(card=card, at=at) if row.place == place)
        record = card_queries.picture_of(card)
        if record is None:
            raise LookupError("a submitted card has its pictures")
        with record.file.open("rb") as file:
            shot = pictures.screenshot(
                file.read(),
                place="group" if place == Publication.Place.GROUP else "instagram",
                title="Keluarga Besar BPS Contoh" if place == Publication.Place.GROUP else "bps.contoh",
                caption=publication.caption or card.words,
                clock=f"{at.astimezone(self.zone):%H.%M}",
            )
        publishing.prove(publication=publication, by=by, at=at, screenshot=shot, permalink=link)

    # --- the other programme ------------------------------------------------------------------------
    def _plan_birthdays(self) -> None:
        for task in sop_queries.greeting_tasks(self.office).filter(closed_at=None):
            if task.pk in self.planned:
                continue
            self.planned.add(task.pk)
            day = task.due_at.astimezone(self.zone).date()
            if task.activity.rhythm == Activity.Rhythm.CARD:
                self.plan(day, 10, 20, partial(self._write_greeting, task.pk))
            else:
                self.plan(day, 8, 5, partial(self._post_greeting, task.pk))

    def _write_greeting(self, pk: int, at: datetime) -> None:
        task = sop_queries.tasks_of(self.office).select_related("office").get(pk=pk)
        cards.submit_card(card=cards.card_for(task=task, at=at), by=self._name(Role.CA, at), at=at)

    def _post_greeting(self, pk: int, at: datetime) -> None:
        subject = sop_queries.tasks_of(self.office).get(pk=pk).subject
        task = sop_queries.tasks_of(self.office).get(subject=subject, activity__rhythm=Activity.Rhythm.CARD)
        self._prove(task.card, Publication.Place.GROUP, self._name(Role.CA, at), at)

    def _do_by_hand(self, task: Task, what: str, at: datetime) -> None:
        by = self._name(Role.CA, at)
        sop.add_evidence(task=task, kind=Evidence.Kind.CONFIRMATION, by=by, at=at, text=what)
        if task.closed_at is None:
            sop.close_task(task=task, at=at, by=by)

    # --- who ----------------------------------------------------------------------------------------
    def _task(self, duty: Duty, rhythm: str) -> Task:
        return sop_queries.tasks_of(self.office).get(subject=duty.subject, activity__rhythm=rhythm)

    def _holder(self, duty: Duty) -> Employee:
        if duty.holder is None:
            raise LookupError("a published duty has its holder")
        return duty.holder

    def _name(self, role: str, at: datetime) -> str:
        holder = people_queries.holder_of(
            self.office, role, on=at.astimezone(self.zone).date(), programme=people_queries.PEGASUS
        )
        return holder.name if holder else "Data contoh"
