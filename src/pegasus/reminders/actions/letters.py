from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.kernel import audit, dates
from pegasus.people import actions as people
from pegasus.people.models import Office
from pegasus.people.queries import token_of
from pegasus.reminders import queries
from pegasus.reminders.domain import texts
from pegasus.reminders.domain.schedule import Clock
from pegasus.reminders.models import MessageText
from pegasus.roster import queries as roster
from pegasus.roster.models import LINK_PURPOSE, Duty

BY = "Pegasus"
LINK_STAYS = timedelta(days=14)  # after the posting day: the proof of posting may come late


class NoHolder(Exception):
    """Nobody holds the duty."""


def link_for(*, duty: Duty, at: datetime) -> str:
    """Return the absolute personal address of the one who holds a duty."""
    if duty.holder is None:
        raise NoHolder
    expires_at = end_of_day(duty.posts_on + LINK_STAYS, duty.office.timezone)
    link = people.open_link(
        employee=duty.holder, purpose=LINK_PURPOSE, subject=duty.subject, expires_at=expires_at, at=at
    )
    return f"{settings.PEGASUS_BASE_URL}/t/{token_of(link)}/"


def letter(duty: Duty, offset: int, clock: Clock, *, at: datetime) -> str:
    """Return what the one who holds a duty gets to read."""
    if duty.holder is None:
        raise NoHolder
    card_due = roster.clockwork(duty.office).card(duty.posts_on).due_at
    values = {
        "nama": duty.holder.name,
        "hari_tayang": dates.full_date(duty.posts_on),
        "tautan": link_for(duty=duty, at=at),
        "batas": dates.full_date(clock.local(card_due).date()),
        "kantor": duty.office.name,
    }
    return texts.fill(queries.text_of(duty.office, offset), values)


@transaction.atomic
def write_text(
    *, office: Office, offset: int, text: str, by: str, at: datetime, employee_id: int | None = None
) -> None:
    """Keep the office's own wording; the shipped wording itself needs no row."""
    texts.check(text, settings.PEGASUS_BASE_URL)
    before = queries.text_of(office, offset)
    if text == texts.SHIPPED[offset]:
        MessageText.objects.filter(office=office, kind=texts.kind_of(offset)).delete()
    else:
        MessageText.objects.update_or_create(office=office, kind=texts.kind_of(offset), defaults={"text": text})
    audit.record(
        action="reminder.text",
        subject=f"office:{office.pk}",
        actor=by,
        at=at,
        office_id=office.pk,
        employee_id=employee_id,
        before={"text": before},
        after={"text": text},
    )
