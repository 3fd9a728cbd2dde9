from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from pegasus.calendar.domain.deadlines import end_of_day, start_of_day
from pegasus.calendar.queries import working_calendar
from pegasus.cards.models import Card, CardVersion
from pegasus.delivery.domain.states import ARRIVED, WITHDRAWABLE
from pegasus.delivery.models import Delivery
from pegasus.delivery.queries import deliveries_of
from pegasus.people.models import Absence, Office
from pegasus.people.queries import running_offices
from pegasus.reminders.domain.keys import Key, LinkKey
from pegasus.reminders.domain.schedule import LAST, OFFSETS, Clock, Leave
from pegasus.reminders.domain.texts import SHIPPED, kind_of
from pegasus.reminders.models import MessageText, Reminder
from pegasus.roster import queries as roster
from pegasus.roster.models import Duty, DutyHolder
from pegasus.sop.domain.greetings import SUBJECT as GREETING
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import tasks_of

FAR_BACK = timedelta(days=30)
LINK_KIND = "link"
GREETING_KIND = "greeting"
REVIEW_KIND = "review"
IS_IN = Q(closed_at__isnull=False) | Q(card__state=Card.State.SUBMITTED)


def reminders_of(office: Office) -> QuerySet[Reminder]:
    """The only door to reminders: those of one office, by due time."""
    return (
        Reminder.objects.filter(duty__office=office)
        .select_related("duty__office", "duty__holder", "employee", "delivery")
        .order_by("due_at", "pk")
    )


def without_card(office: Office, words: str = "", *, on: date) -> list[Duty]:
    """Return the duties that are not over and whose card is not in, by week."""
    rows = roster.duties_of(office).filter(posts_on__gte=on, holder__isnull=False).select_related("office")
    for word in words.split():
        rows = rows.filter(Q(holder__name__icontains=word) | Q(holder__team__icontains=word))
    duties = list(rows)
    with_card = subjects_with_card(office, duties)
    return [duty for duty in duties if duty.subject not in with_card]


def reminders_by_duty(office: Office, duties: Iterable[Duty]) -> dict[int, list[Reminder]]:
    """Return the reminders to those who hold the duties now, in one query."""
    found: dict[int, list[Reminder]] = {}
    for reminder in reminders_of(office).filter(duty__in=list(duties), employee=F("duty__holder")):
        found.setdefault(reminder.duty_id, []).append(reminder)
    return found


def unreached(office: Office, *, until: date, at: datetime) -> list[Duty]:
    """Return the duties up to a week whose H-3 is past, whose card is not in, and whose holder has had no message."""
    clock = clock_of(office)
    today = clock.local(at).date()
    duties = [
        duty
        for duty in duties_to_remind(office, on=today)
        if duty.starts_on <= until and clock.day_of(duty.posts_on, LAST) < today
    ]
    if not duties:
        return []
    done = _reached(office, duties) | _done(office, duties)
    return [duty for duty in duties if (duty.pk, duty.holder_id) not in done]


def _reached(office: Office, duties: list[Duty]) -> set[tuple[int, int]]:
    rows = deliveries_of(office).filter(
        kind__in=["reminder", LINK_KIND], is_copy=False, to__in=[duty.holder_id for duty in duties], state__in=ARRIVED
    )
    keys = [Key.parse(text) or LinkKey.parse(text) for text in rows.order_by().values_list("key", flat=True)]
    return {(key.duty, key.person) for key in keys if key is not None}


def _done(office: Office, duties: list[Duty]) -> set[tuple[int, int]]:
    """Return whose card is in, and who was reminded by word of mouth: the task was done while they held the duty."""
    is_card = Q(IS_IN, activity__rhythm=Activity.Rhythm.CARD)
    is_reminder = Q(activity__rhythm=Activity.Rhythm.REMINDER, outcome=Task.Outcome.DONE)
    closed = tasks_of(office).filter(is_card | is_reminder, subject__in=[duty.subject for duty in duties])
    since = dict(DutyHolder.objects.filter(duty__in=duties, held_until=None).values_list("duty_id", "held_from"))
    whose = {duty.subject: duty for duty in duties}
    found: set[tuple[int, int]] = set()
    for task in closed:
        duty = whose[task.subject]
        from_then = since.get(duty.pk)
        if task.part == "" or from_then is None or (task.closed_at is not None and from_then <= task.closed_at):
            found.add((duty.pk, duty.holder_id or 0))
    return found


def copies_of(office: Office, reminders: Iterable[Reminder]) -> dict[int, Delivery]:
    """Return the copies by e-mail that went beside reminders, by reminder, in one query."""
    keys = {f"{one.delivery.key}|email": one.pk for one in reminders if one.delivery is not None}
    return {keys[row.key]: row for row in deliveries_of(office).filter(key__in=list(keys))} if keys else {}


def past(office: Office, words: str = "") -> QuerySet[Reminder]:
    """Return the reminders that were decided on, the newest first."""
    decided = reminders_of(office).exclude(fate=Reminder.Fate.PLANNED, delivery=None)
    return _matching(decided, words).order_by("-due_at", "-pk")


def _matching(rows: QuerySet[Reminder], words: str) -> QuerySet[Reminder]:
    for word in words.split():
        rows = rows.filter(Q(employee__name__icontains=word) | Q(employee__team__icontains=word))
    return rows


def away(office: Office, *, on: date) -> QuerySet[Reminder]:
    """Return whom no reminder reached because they are away, for duties that still come: the CA must look."""
    return reminders_of(office).filter(fate=Reminder.Fate.AWAY, duty__posts_on__gte=on, duty__cancelled_at=None)


def clock_of(office: Office) -> Clock:
    """Return the office's calendar, way of counting, hour and zone."""
    return Clock(working_calendar(office), office.reminder_counting, office.reminder_hour, office.timezone)


def duties_to_remind(office: Office, *, on: date) -> list[Duty]:
    """Return the duties with a holder that are not over."""
    return list(roster.duties_of(office).filter(posts_on__gte=on, holder__isnull=False).select_related("office"))


def open_reminders(office: Office, *, on: date) -> list[Reminder]:
    """Return the reminders that may still have to be stopped."""
    unsent = Q(delivery=None) | Q(delivery__state__in=WITHDRAWABLE)
    rows = reminders_of(office).filter(unsent, fate=Reminder.Fate.PLANNED, duty__posts_on__gte=on)
    return list(rows)


def subjects_with_card(office: Office, duties: Iterable[Duty]) -> set[str]:
    """Return which duties' card is in: their task of activity 4 is closed, or the card waits for its review."""
    subjects = {duty.subject for duty in duties}
    rows = tasks_of(office).filter(IS_IN, subject__in=subjects, activity__rhythm=Activity.Rhythm.CARD)
    return set(rows.order_by().values_list("subject", flat=True))


def leaves_from(people: Iterable[int], day: date) -> dict[int, list[Leave]]:
    """Return the leaves of people that are not over on a day, by person, in one query."""
    rows = Absence.objects.filter(employee__in=set(people), ends_on__gte=day).order_by("starts_on", "pk")
    found: dict[int, list[Leave]] = {}
    for person, starts_on, ends_on in rows.values_list("employee_id", "starts_on", "ends_on"):
        found.setdefault(person, []).append((starts_on, ends_on))
    return found


def task_of(duty: Duty, offset: int) -> Task | None:
    """Return the task of activity 3 behind a reminder; who starts late may have none."""
    tasks = roster.duty_tasks(duty).filter(part=f"H-{offset}", activity__rhythm=Activity.Rhythm.REMINDER)
    return tasks.first()


def text_of(office: Office, offset: int) -> str:
    """Return the office's wording, or the shipped one."""
    own = MessageText.objects.filter(office=office, kind=kind_of(offset)).values_list("text", flat=True).first()
    return own or SHIPPED[offset]


def texts_of(office: Office) -> dict[int, str]:
    """Return the wording of both reminders."""
    own = dict(MessageText.objects.filter(office=office).order_by().values_list("kind", "text"))
    return {offset: own.get(kind_of(offset)) or SHIPPED[offset] for offset in OFFSETS}


def reminder_for_work(pk: int) -> Reminder | None:
    """Return one reminder of any office, for the jobs alone."""
    return (
        Reminder.objects.select_related("duty__office", "duty__holder", "employee")
        .filter(pk=pk, duty__office__is_being_made=False)
        .first()
    )


def was_taken_back(office: Office, key: Key) -> bool:
    """Tell whether the message of this name was cancelled, so that the next one needs a name of its own."""
    return deliveries_of(office).filter(key=str(key), state=Delivery.State.CANCELLED).exists()


def reminder_behind(office: Office, key: Key) -> Reminder | None:
    """Return the reminder that a message of the outbox carries."""
    return reminders_of(office).filter(duty=key.duty, employee=key.person, offset=key.offset).first()


def messages_to(duty: Duty) -> QuerySet[Delivery]:
    """Return the chat messages about a duty to the one who holds it, the newest first."""
    whom = f"|duty={duty.pk}|person={duty.holder_id}|"
    about = Q(key__startswith=f"reminder{whom}") | Q(key__startswith=f"link{whom}")
    return deliveries_of(duty.office).filter(about, channel="whatsapp_manual").order_by("-pk")


def message_today(duty: Duty, clock: Clock, *, at: datetime) -> Delivery | None:
    """Return the message that lies ready for the holder of a duty, or that went out today."""
    ready = Q(state__in=[Delivery.State.PLANNED, Delivery.State.PREPARED, Delivery.State.OPENED])
    return messages_to(duty).filter(ready | _sent_on(clock.local(at).date(), clock)).first()


def _sent_on(day: date, clock: Clock) -> Q:
    return Q(state__in=ARRIVED, settled_at__gte=start_of_day(day, clock.zone))


def links_to(duty: Duty, day: date | None = None) -> QuerySet[Delivery]:
    """Return the links that were sent by hand to the holder of a duty."""
    key = f"link|duty={duty.pk}|person={duty.holder_id}|"
    return messages_to(duty).filter(key__startswith=f"{key}{day.isoformat() if day else ''}")


def link_today(duty: Duty, clock: Clock, *, at: datetime) -> Delivery | None:
    """Return the link that the CA laid out or sent today."""
    today = clock.local(at).date()
    laid_out = Q(created_at__gte=start_of_day(today, clock.zone)) & ~Q(state=Delivery.State.CANCELLED)
    return links_to(duty).filter(laid_out | _sent_on(today, clock)).first()


def unsent_links(office: Office) -> list[Delivery]:
    """Return the links that may still have to be taken back."""
    return list(deliveries_of(office).filter(kind=LINK_KIND, state__in=WITHDRAWABLE))


def reminder_served_by(message: Delivery) -> Reminder | None:
    """Return the reminder that a message stands for."""
    return reminders_of(message.office).filter(delivery=message).first()


def reminder_waiting(office: Office, key: LinkKey, clock: Clock, *, at: datetime) -> Reminder | None:
    """Return the last reminder of a duty whose day has come and that has not gone."""
    rows = reminders_of(office).filter(
        duty=key.duty,
        employee=key.person,
        fate=Reminder.Fate.PLANNED,
        delivery=None,
        duty__holder=F("employee"),
        due_at__lte=end_of_day(clock.local(at).date(), clock.zone),
    )
    return rows.last()


def due(at: datetime) -> list[int]:
    """Return the reminders of all offices whose moment has come and that nobody has decided on."""
    rows = Reminder.objects.filter(
        fate=Reminder.Fate.PLANNED,
        delivery=None,
        due_at__lte=at,
        due_at__gt=at - FAR_BACK,
        duty__office__in=running_offices(),
    ).order_by("due_at", "pk")
    return list(rows.values_list("pk", flat=True))


def offices_with_duties(on: date) -> list[int]:
    """Return the offices that have reminders to plan."""
    rows = Duty.objects.filter(cancelled_at=None, posts_on__gte=on).order_by("office_id")
    return list(rows.values_list("office_id", flat=True).distinct())


def offices_with_reviews(on: date) -> list[int]:
    """Return the offices in which a card waits for its review."""
    rows = Card.objects.filter(
        state=Card.State.SUBMITTED, shown_on__gte=on, office__reviews_cards=True, office__in=running_offices()
    )
    return list(rows.order_by("office_id").values_list("office_id", flat=True).distinct())


def returned_for_work(pk: int) -> CardVersion | None:
    """Return a version with which a card came back and still is, for the jobs alone."""
    return (
        CardVersion.objects.select_related("card__office", "card__task")
        .filter(pk=pk, verdict=CardVersion.Verdict.RETURNED, card__state=Card.State.RETURNED)
        .filter(card__office__in=running_offices())
        .first()
    )


def duty_behind(card: Card) -> Duty | None:
    """Return the duty that a card is made for; other programmes have none."""
    kind, _colon, number = card.task.subject.partition(":")
    return roster.duties_of(card.office).filter(pk=number).first() if kind == "duty" else None


def unsent_calls(office: Office) -> list[Delivery]:
    """Return the calls to review that may still have to be taken back."""
    return list(deliveries_of(office).filter(kind=REVIEW_KIND, state__in=WITHDRAWABLE))


def unsent_greetings(office: Office) -> list[Delivery]:
    """Return the messages about birthday cards that may still have to be taken back."""
    return list(deliveries_of(office).filter(kind=GREETING_KIND, state__in=WITHDRAWABLE))


def offices_with_birthdays(at: datetime) -> list[int]:
    """Return the offices that have a birthday card to make."""
    rows = Task.objects.filter(
        subject__startswith=GREETING, closed_at=None, due_at__gte=at, office__in=running_offices()
    )
    return list(rows.order_by("office_id").values_list("office_id", flat=True).distinct())


def absent(people: Iterable[int], *, on: date) -> set[int]:
    """Return who of these people is away on a day."""
    away = Absence.objects.filter(employee__in=list(people), starts_on__lte=on, ends_on__gte=on)
    return set(away.order_by().values_list("employee_id", flat=True))
