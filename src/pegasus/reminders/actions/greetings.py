"""A birthday comes near and its card is not made: whoever owes it is told, once."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from pegasus.cards.birthdays.queries import unmade
from pegasus.delivery import actions as delivery
from pegasus.kernel import dates
from pegasus.people.models import Employee, Office, Role
from pegasus.people.queries import holders_of
from pegasus.reminders import queries
from pegasus.reminders.actions.letters import BY
from pegasus.reminders.domain import greeting_texts
from pegasus.reminders.domain.schedule import Clock
from pegasus.sop.models import Task

MANUAL, EMAIL = "whatsapp_manual", "email"


@transaction.atomic
def remind_of_birthdays(*, office: Office, at: datetime) -> None:
    """Plan the messages about cards that should be made by now, and take back those that are of no use any more."""
    waiting = list(unmade(office, at).filter(due_at__gte=at))
    wanted = {f"{_key(task, task.owner)}{end}" for task in waiting if task.owner for end in ("", "|email")}
    for message in queries.unsent_greetings(office):
        if message.key not in wanted:
            delivery.cancel(delivery=message, by=BY, at=at, note="Kartu sudah dibuat atau tugasnya sudah dialihkan")
    clock = queries.clock_of(office)
    if not waiting or not clock.is_a_good_hour(at):
        return
    today = clock.local(at).date()
    # Whoever sends the messages by hand writes none to themselves: their home page says it.
    by_hand = {one.pk for one in holders_of(office, Role.CA, on=today)}
    away = queries.absent([task.owner_id for task in waiting if task.owner_id], on=today)
    for task in waiting:
        if task.owner is not None and task.owner_id not in away:
            _tell(task, task.owner, clock, by_chat=task.owner_id not in by_hand, at=at)


def _key(task: Task, person: Employee) -> str:
    return f"greeting|task={task.pk}|person={person.pk}"


def _tell(task: Task, person: Employee, clock: Clock, *, by_chat: bool, at: datetime) -> None:
    office = task.office
    values = {
        "nama": person.name,
        "ulang_tahun": task.label,
        "batas": dates.full_date(clock.local(task.due_at).date()),
        "tautan": f"{settings.PEGASUS_BASE_URL}{reverse('cards:birthday', args=[task.pk])}",
        "kantor": office.name,
    }
    roads = {MANUAL: _key(task, person)} if by_chat else {}
    if office.reminders_by_email and person.email:
        roads[EMAIL] = f"{_key(task, person)}|email"
    for channel, key in roads.items():
        delivery.plan_delivery(
            office=office,
            key=key,
            channel=channel,
            kind=queries.GREETING_KIND,
            to=person,
            subject=f"{task.label}: kartunya belum dibuat",
            text=greeting_texts.UNMADE.format(**values),
            due_at=at,
            at=at,
            expires_at=task.due_at,
            is_copy=channel == EMAIL and by_chat,
        )
