from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.delivery import actions as delivery
from pegasus.delivery.domain.states import WITHDRAWABLE
from pegasus.delivery.models import Delivery
from pegasus.kernel import audit, dates
from pegasus.people.models import Office
from pegasus.reminders import queries
from pegasus.reminders.actions.letters import BY, NoHolder, letter
from pegasus.reminders.domain.keys import LinkKey
from pegasus.reminders.domain.schedule import LAST, OFFSETS
from pegasus.roster.models import Duty


class CardIsIn(Exception):
    """The card of the duty is in: there is nothing to send a link for."""


class DutyIsOver(Exception):
    """The posting day is past, or the duty was cancelled."""


@transaction.atomic
def send_link(*, duty: Duty, by: str, at: datetime, employee_id: int | None = None) -> tuple[Delivery, bool]:
    """Lay the personal link before the CA, at any hour; what lies ready or went out today is that message.

    The second value tells whether the message is new.
    """
    clock = queries.clock_of(duty.office)
    today = clock.local(at).date()
    if duty.holder is None:
        raise NoHolder
    if duty.cancelled_at is not None or duty.posts_on < today:
        raise DutyIsOver
    if queries.subjects_with_card(duty.office, [duty]):
        raise CardIsIn
    there = queries.message_today(duty, clock, at=at)
    if there is not None:
        return there, False
    offset = LAST if today >= clock.day_of(duty.posts_on, LAST) else OFFSETS[0]
    taken_back = queries.links_to(duty, today).count()
    message = delivery.plan_delivery(
        office=duty.office,
        key=str(LinkKey(duty.pk, duty.holder.pk, today, taken_back + 1)),
        channel="whatsapp_manual",
        kind=queries.LINK_KIND,
        to=duty.holder,
        subject=f"Tautan kartu Pegasus: tayang {dates.full_date(duty.posts_on)}",
        text=letter(duty, offset, clock, at=at),
        due_at=at,
        at=at,
        expires_at=end_of_day(duty.posts_on, clock.zone),
        on_change="reminders.settle",
        at_any_hour=True,
    )
    delivery.prepare(delivery=message, at=at)
    audit.record(
        action="reminder.link",
        subject=duty.subject,
        actor=by,
        at=at,
        office_id=duty.office_id,
        employee_id=employee_id,
        after={"delivery": message.pk},
    )
    return message, True


def take_back_links(office: Office, waiting: Iterable[Duty], *, at: datetime) -> None:
    """Cancel the links that have not left and are of no use: the card is in, or somebody else holds the duty."""
    wanted = {(duty.pk, duty.holder_id) for duty in waiting}
    for message in queries.unsent_links(office):
        key = LinkKey.parse(message.key)
        if key is not None and (key.duty, key.person) not in wanted:
            delivery.cancel(delivery=message, by=BY, at=at, note="Kartu sudah masuk atau tugas sudah dialihkan")


def replace_links(duty: Duty, *, at: datetime) -> None:
    """Cancel the links of earlier days that have not left: a reminder goes in their place."""
    for message in queries.links_to(duty).filter(state__in=WITHDRAWABLE):
        delivery.cancel(delivery=message, by=BY, at=at, note="Digantikan pengingat hari ini")
