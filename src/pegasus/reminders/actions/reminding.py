from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from pegasus.calendar.domain.deadlines import end_of_day, start_of_day
from pegasus.delivery import actions as delivery
from pegasus.delivery.domain.states import ARRIVED, WITHDRAWABLE
from pegasus.delivery.models import Delivery
from pegasus.kernel import dates
from pegasus.people.models import Office
from pegasus.reminders import queries
from pegasus.reminders.actions.letters import BY, letter
from pegasus.reminders.actions.links import replace_links, take_back_links
from pegasus.reminders.actions.reviews import take_back_calls
from pegasus.reminders.domain.keys import Key, LinkKey
from pegasus.reminders.domain.schedule import (
    LAST,
    OFFSETS,
    Clock,
    Decision,
    Facts,
    Leave,
    back_on,
    decide,
    due_round_leave,
)
from pegasus.reminders.models import Reminder
from pegasus.roster.models import Duty
from pegasus.sop import actions as sop
from pegasus.sop.models import Evidence, Task

Fate = Reminder.Fate
NOTES = {
    Fate.NOT_NEEDED: "Kartu sudah masuk sebelum pengingat dikirim",
    Fate.MERGED: "Terlewat; digabung dengan pengingat H-3",
    Fate.AWAY: "Petugas sedang tidak masuk kantor",
    Fate.MISSED: "Terlewat: tidak ada waktu lagi sebelum hari tayang",
}


@transaction.atomic
def plan(*, office: Office, at: datetime) -> None:
    """Bring the reminders of all published duties up to date; doing it again changes nothing."""
    clock = queries.clock_of(office)
    today = clock.local(at).date()
    duties = queries.duties_to_remind(office, on=today)
    _write_missing(duties, clock)
    with_card = queries.subjects_with_card(office, duties)
    take_back_links(office, [duty for duty in duties if duty.subject not in with_card], at=at)
    take_back_calls(office, at=at)
    reminders = queries.open_reminders(office, on=today)
    leaves = queries.leaves_from((reminder.employee_id for reminder in reminders), today)
    for reminder in reminders:
        if not _still_holds(reminder):
            settle_fate(reminder=reminder, fate=Fate.HANDED_OVER, at=at)
        elif reminder.duty.subject in with_card:
            settle_fate(reminder=reminder, fate=Fate.NOT_NEEDED, at=at)
        else:
            _keep_time(reminder, clock, leaves.get(reminder.employee_id, ()), at=at)
    _bring_back(office, with_card, at=at)


def _write_missing(duties: list[Duty], clock: Clock) -> None:
    there = set(Reminder.objects.filter(duty__in=duties).values_list("duty_id", "employee_id", "offset"))
    missing = [
        Reminder(duty=duty, employee_id=duty.holder_id or 0, offset=offset, due_at=clock.due_at(duty.posts_on, offset))
        for duty in duties
        for offset in OFFSETS
        if (duty.pk, duty.holder_id, offset) not in there
    ]
    Reminder.objects.bulk_create(missing, ignore_conflicts=True)  # another worker may plan at the same time


def _still_holds(reminder: Reminder) -> bool:
    return reminder.duty.cancelled_at is None and reminder.duty.holder_id == reminder.employee_id


def _keep_time(reminder: Reminder, clock: Clock, leaves: Sequence[Leave], *, at: datetime) -> None:
    """Let an undecided reminder follow the calendar and the leave; stop a message to somebody who is away by now."""
    today, posts_on = clock.local(at).date(), reminder.duty.posts_on
    due_at = due_round_leave(posts_on, reminder.offset, clock, leaves, today)
    if reminder.delivery is None:
        if reminder.due_at != due_at:
            Reminder.objects.filter(pk=reminder.pk, delivery=None).update(due_at=due_at)
    elif any(first <= today <= last for first, last in leaves):
        if due_at > at:
            _put_off(reminder, due_at, at=at)
        else:
            settle_fate(reminder=reminder, fate=Fate.AWAY, at=at)


def _put_off(reminder: Reminder, due_at: datetime, *, at: datetime) -> None:
    """Take a message back until the day on which its reader returns."""
    Reminder.objects.filter(pk=reminder.pk).update(delivery=None, due_at=due_at)
    _take_back(reminder, "Petugas sedang tidak masuk; diingatkan lagi saat kembali", at=at)


def _bring_back(office: Office, with_card: set[str], *, at: datetime) -> None:
    """Plan again what was stopped before its time: the card was taken back, or the duty came back to its holder."""
    stopped = queries.reminders_of(office).filter(
        fate__in=[Fate.NOT_NEEDED, Fate.HANDED_OVER], delivery=None, due_at__gt=at
    )
    for reminder in stopped:
        if _still_holds(reminder) and reminder.duty.subject not in with_card:
            Reminder.objects.filter(pk=reminder.pk).update(fate=Fate.PLANNED)
            task = queries.task_of(reminder.duty, reminder.offset)
            if task is not None and task.outcome == Task.Outcome.NOT_NEEDED:
                sop.reopen_task(task=task, at=at, by=BY, reason="the card is not in after all")


@transaction.atomic
def remind(*, reminder: Reminder, at: datetime) -> Decision:
    """Decide on a reminder whose moment has come, with what is known now, and send it if it is to go."""
    office, duty = reminder.duty.office, reminder.duty
    clock = queries.clock_of(office)
    link = queries.link_today(duty, clock, at=at)
    today = clock.local(at).date()
    leaves = queries.leaves_from([reminder.employee_id], today).get(reminder.employee_id, [])
    facts = Facts(
        posts_on=duty.posts_on,
        offset=reminder.offset,
        still_holds=_still_holds(reminder),
        card_is_in=bool(queries.subjects_with_card(office, [duty])),
        is_away=any(first <= today <= last for first, last in leaves),
        back_on=back_on(leaves, today, clock.calendar),
        has_link_today=link is not None,
    )
    decision = decide(facts, clock, at)
    if decision is Decision.SEND:
        _send(reminder, clock, at=at)
    elif decision is Decision.COVERED and link is not None:
        _serve(reminder, link)
        settle(message=link, at=at)
    elif decision is Decision.RETURN:
        due_at = due_round_leave(duty.posts_on, reminder.offset, clock, leaves, today)
        Reminder.objects.filter(pk=reminder.pk, delivery=None).update(due_at=due_at)
    elif decision is not Decision.WAIT:
        settle_fate(reminder=reminder, fate=Fate(decision.value), at=at)
    return decision


def _serve(reminder: Reminder, link: Delivery) -> None:
    """Let the link that the CA sent stand for a reminder: nobody gets two on one day."""
    if not Reminder.objects.filter(delivery=link).exists():
        Reminder.objects.filter(pk=reminder.pk, delivery=None).update(delivery=link)


def _send(reminder: Reminder, clock: Clock, *, at: datetime) -> None:
    duty, office = reminder.duty, reminder.duty.office
    replace_links(duty, at=at)
    key = Key(duty.pk, reminder.employee_id, reminder.offset)
    if queries.was_taken_back(office, key):
        key = replace(key, back=clock.local(at).date())
    text = letter(duty, reminder.offset, clock, at=at)
    planned = _plan_delivery(reminder, key, "whatsapp_manual", text, clock, at=at)
    Reminder.objects.filter(pk=reminder.pk, delivery=None).update(delivery=planned)
    if office.reminders_by_email and reminder.employee.email:
        _plan_delivery(reminder, replace(key, by_email=True), "email", text, clock, at=at)


def _plan_delivery(reminder: Reminder, key: Key, channel: str, text: str, clock: Clock, *, at: datetime) -> Delivery:
    duty = reminder.duty
    # What is not sent by then gives way: H-5 to H-3, H-3 to the posting itself.
    last_day = end_of_day(duty.posts_on, clock.zone)
    expires_at = last_day if reminder.offset == LAST else start_of_day(clock.day_of(duty.posts_on, LAST), clock.zone)
    return delivery.plan_delivery(
        office=duty.office,
        key=str(key),
        channel=channel,
        kind="reminder",
        to=reminder.employee,
        subject=f"Pengingat Pegasus H-{reminder.offset}: kartu tayang {dates.full_date(duty.posts_on)}",
        text=text,
        due_at=at,
        at=at,
        expires_at=expires_at,
        on_change="reminders.settle",
        is_copy=key.by_email,
    )


@transaction.atomic
def settle_fate(*, reminder: Reminder, fate: Reminder.Fate, at: datetime) -> None:
    """Stop a reminder: its messages that have not left are taken back, its task is closed where that is due."""
    if not Reminder.objects.filter(pk=reminder.pk, fate=Fate.PLANNED).update(fate=fate):
        return
    _take_back(reminder, NOTES.get(fate, "Tugas sudah dialihkan"), at=at)
    # A duty handed over keeps its task: the new holder is reminded under it.
    if fate in NOTES:
        outcome = Task.Outcome.NOT_NEEDED if fate in {Fate.NOT_NEEDED, Fate.AWAY} else Task.Outcome.SKIPPED
        _close(reminder, at=at, by=BY, outcome=outcome, note=NOTES[fate])


def _take_back(reminder: Reminder, note: str, *, at: datetime) -> None:
    """Cancel the messages of a reminder that have not surely left, by every road."""
    key = str(Key(reminder.duty_id, reminder.employee_id, reminder.offset))
    rows = Delivery.objects.filter(Q(key=key) | Q(key__startswith=f"{key}|"), state__in=WITHDRAWABLE)
    for message in rows.order_by("pk"):
        delivery.cancel(delivery=message, by=BY, at=at, note=note)


def _close(reminder: Reminder, *, at: datetime, by: str, outcome: str, note: str) -> Task | None:
    task = queries.task_of(reminder.duty, reminder.offset)
    if task is None:
        return None
    try:
        sop.close_task(task=task, at=at, by=by, outcome=outcome, note=note)
    except sop.AlreadyClosed:
        pass  # the other channel, or the same news twice: it was closed then
    return task


@transaction.atomic
def settle(*, message: Delivery, at: datetime) -> None:
    """Take over what became of a message: arrived, it closes the task of activity 3 and is its evidence."""
    link = LinkKey.parse(message.key)
    if link is not None:
        _settle_link(link, message, at=at)
        return
    key = Key.parse(message.key)
    if key is None:
        return
    reminder = queries.reminder_behind(message.office, key)
    if reminder is None:
        return
    if message.is_copy:
        _note_copy(reminder, message, at=message.settled_at or at)
    elif message.state in ARRIVED:
        _prove(reminder, message, at=message.settled_at or at)
    elif message.state == Delivery.State.CANCELLED:
        _given_up(reminder, message, at=at)


def _settle_link(key: LinkKey, message: Delivery, *, at: datetime) -> None:
    """A link that arrived stands for the reminder whose day has come; one taken back leaves it to its own time."""
    served = queries.reminder_served_by(message)
    if message.state in ARRIVED:
        sent_at = message.settled_at or at
        waiting = queries.reminder_waiting(message.office, key, queries.clock_of(message.office), at=sent_at)
        if served is None and waiting is not None:
            _serve(waiting, message)
            served = waiting
        if served is not None:
            _prove(served, message, at=sent_at)
    elif message.state == Delivery.State.CANCELLED and served is not None and served.fate == Fate.PLANNED:
        if message.settled_by in {"", BY}:
            settle_fate(reminder=served, fate=Fate.MISSED if served.offset == LAST else Fate.MERGED, at=at)
        else:
            Reminder.objects.filter(pk=served.pk).update(delivery=None)


def _note_copy(reminder: Reminder, message: Delivery, *, at: datetime) -> None:
    """A copy that arrived stands beside the task; what closes it is the WhatsApp message, or a person's word of it."""
    task = queries.task_of(reminder.duty, reminder.offset) if message.state in ARRIVED else None
    if task is None or not _still_holds(reminder):
        return
    by = message.settled_by or BY
    how, kind = f"dipastikan terkirim oleh {by}", Evidence.Kind.CONFIRMATION
    if message.state != Delivery.State.CONFIRMED:
        how, kind = "diterima server surel", Evidence.Kind.RECEIPT
    text = f"Salinan lewat surel dari pengingat H-{reminder.offset}, {how} (pesan {message.pk})"
    if not task.evidence.filter(text=text).exists():
        sop.add_evidence(task=task, kind=kind, by=by, at=at, text=text)


def _prove(reminder: Reminder, message: Delivery, *, at: datetime) -> None:
    if not _still_holds(reminder):
        settle_fate(reminder=reminder, fate=Fate.HANDED_OVER, at=at)
        return
    confirmed = message.state == Delivery.State.CONFIRMED
    by = message.settled_by or BY
    how = f"dipastikan terkirim oleh {by}" if confirmed else "diterima WhatsApp"
    task = _close(reminder, at=at, by=by, outcome=Task.Outcome.DONE, note="Pengingat lewat WhatsApp")
    what = f"Pengingat H-{reminder.offset}"
    if LinkKey.parse(message.key) is not None:
        what = f"Tautan kartu, sebagai pengingat H-{reminder.offset},"
    text = f"{what} lewat WhatsApp, {how} (pesan {message.pk})"
    if task is not None and not task.evidence.filter(text=text).exists():
        kind = Evidence.Kind.CONFIRMATION if confirmed else Evidence.Kind.RECEIPT
        sop.add_evidence(task=task, kind=kind, by=by, at=at, text=text)


def _given_up(reminder: Reminder, message: Delivery, *, at: datetime) -> None:
    """A message was cancelled: too late (nobody's deed), or by a person who gave a reason."""
    if reminder.fate != Fate.PLANNED or reminder.delivery_id != message.pk:
        return
    if message.settled_by:
        _close(reminder, at=at, by=message.settled_by, outcome=Task.Outcome.SKIPPED, note=message.note)
    else:
        settle_fate(reminder=reminder, fate=Fate.MISSED if reminder.offset == LAST else Fate.MERGED, at=at)
