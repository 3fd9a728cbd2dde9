from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from pegasus.calendar.queries import working_calendar
from pegasus.delivery.models import Delivery
from pegasus.people.models import Absence, Office
from pegasus.people.queries import running_offices
from pegasus.reminders.domain.keys import Key
from pegasus.reminders.domain.schedule import OFFSETS, Clock
from pegasus.reminders.domain.texts import SHIPPED, kind_of
from pegasus.reminders.models import MessageText, Reminder
from pegasus.roster import queries as roster
from pegasus.roster.models import Duty
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import tasks_of

UNSENT = (Delivery.State.PLANNED, Delivery.State.PREPARED, Delivery.State.RETRY_WAIT)
FAR_BACK = timedelta(days=30)


def reminders_of(office: Office) -> QuerySet[Reminder]:
    """The only door to reminders: those of one office, by due time."""
    return (
        Reminder.objects.filter(duty__office=office)
        .select_related("duty__office", "duty__holder", "employee", "delivery")
        .order_by("due_at", "pk")
    )


def coming(office: Office, words: str = "") -> QuerySet[Reminder]:
    """Return the reminders whose moment is still to come."""
    return _matching(reminders_of(office).filter(fate=Reminder.Fate.PLANNED, delivery=None), words)


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
    unsent = Q(delivery=None) | Q(delivery__state__in=UNSENT)
    rows = reminders_of(office).filter(unsent, fate=Reminder.Fate.PLANNED, duty__posts_on__gte=on)
    return list(rows)


def subjects_with_card(office: Office, duties: Iterable[Duty]) -> set[str]:
    """Return which duties' card is in: their task of activity 4 is closed."""
    subjects = {duty.subject for duty in duties}
    closed = tasks_of(office).filter(
        subject__in=subjects, activity__rhythm=Activity.Rhythm.CARD, closed_at__isnull=False
    )
    return set(closed.order_by().values_list("subject", flat=True))


def is_away(reminder: Reminder, *, on: date) -> bool:
    """Tell whether the person is away on a day."""
    return Absence.objects.filter(employee_id=reminder.employee_id, starts_on__lte=on, ends_on__gte=on).exists()


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


def reminder_behind(office: Office, key: Key) -> Reminder | None:
    """Return the reminder that a message of the outbox carries."""
    return reminders_of(office).filter(duty=key.duty, employee=key.person, offset=key.offset).first()


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
