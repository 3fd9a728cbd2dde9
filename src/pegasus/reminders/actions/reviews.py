"""A card that waits for its review calls its reviewers; one that came back tells its writer."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from pegasus.calendar.domain.deadlines import end_of_day
from pegasus.cards import queries as cards
from pegasus.cards.domain.reviewing import Call
from pegasus.cards.models import CardVersion
from pegasus.cards.queries import Review
from pegasus.delivery import actions as delivery
from pegasus.kernel import dates
from pegasus.people.models import Employee, Office, Role
from pegasus.people.queries import holders_of
from pegasus.reminders import queries
from pegasus.reminders.actions.letters import BY, link_for
from pegasus.reminders.domain import review_texts
from pegasus.reminders.domain.keys import LinkKey, ReviewKey
from pegasus.reminders.domain.schedule import Clock
from pegasus.roster import queries as roster

MANUAL, EMAIL = "whatsapp_manual", "email"


@transaction.atomic
def call_reviewers(*, office: Office, at: datetime) -> None:
    """Plan the calls for the cards that have waited long enough: each once, at a decent hour of a working day."""
    clock = queries.clock_of(office)
    if not clock.is_a_good_hour(at):
        return
    today = clock.local(at).date()
    # Whoever sends the messages by hand writes none to themselves: their home page says it.
    by_hand = {one.pk for one in holders_of(office, Role.CA, on=today)}
    for review in cards.reviews_of(office, at=at):
        if review.call is not None:
            for person in _whom(review, review.call, clock, at=at):
                _call(review, person, clock, by_chat=person.pk not in by_hand, at=at)


def _whom(review: Review, call: Call, clock: Clock, *, at: datetime) -> list[Employee]:
    """Return whom a call goes to: the reviewers, on the last day the CC too; not the writer, nobody who is away."""
    roles = (*cards.REVIEWERS, Role.CC.value) if call is Call.URGENT else cards.REVIEWERS
    people = cards.people_with(review.card.office, roles, at=at)
    away = queries.absent([one.pk for one in people], on=clock.local(at).date())
    return [one for one in people if one.pk not in away and one.pk != review.card.holder_id]


def _call(review: Review, person: Employee, clock: Clock, *, by_chat: bool, at: datetime) -> None:
    card, office = review.card, review.card.office
    day = dates.full_date(card.shown_on)
    sent_at = clock.local(review.times.sent_at)
    values = {
        "nama": person.name,
        "penulis": card.name,
        "sejak": f"{dates.full_date(sent_at.date())} pukul {sent_at:%H.%M}",
        "hari_tayang": day,
        "tautan": f"{settings.PEGASUS_BASE_URL}{reverse('cards:card', args=[card.pk])}",
        "kantor": office.name,
    }
    wording = review_texts.CALL
    if review.call is Call.URGENT:
        is_today = clock.local(at).date() == card.shown_on
        wording = review_texts.TODAY_CALL if is_today else review_texts.URGENT_CALL
    key = ReviewKey(review.version, person.pk, str(review.call))
    roads = {MANUAL: str(key)} if by_chat else {}
    if office.reminders_by_email and person.email:
        roads[EMAIL] = str(ReviewKey(key.version, key.person, key.call, by_email=True))
    for channel, name in roads.items():
        delivery.plan_delivery(
            office=office,
            key=name,
            channel=channel,
            kind=queries.REVIEW_KIND,
            to=person,
            subject=f"Menunggu ditinjau: kartu Pegasus {day}",
            text=wording.format(**values),
            due_at=at,
            at=at,
            expires_at=review.times.ends_at,
            is_copy=channel == EMAIL and by_chat,
        )


def take_back_calls(office: Office, *, at: datetime) -> None:
    """Cancel the calls that have not left for cards that wait no more."""
    unsent = queries.unsent_calls(office)
    if not unsent:
        return
    waiting = cards.waiting_versions(office)
    for message in unsent:
        key = ReviewKey.parse(message.key)
        if key is not None and key.version not in waiting:
            delivery.cancel(delivery=message, by=BY, at=at, note="Kartu sudah ditinjau atau dikirim ulang")


@transaction.atomic
def tell_returned(*, version: CardVersion, at: datetime) -> None:
    """Plan the message that takes the writer to the comments; it carries their personal link and counts as one."""
    card, office = version.card, version.card.office
    duty = queries.duty_behind(card)
    if duty is None or duty.holder is None or duty.holder_id != card.holder_id:
        return
    duty.office = office
    clock = queries.clock_of(office)
    day = dates.full_date(duty.posts_on)
    due_at = roster.clockwork(office).card(duty.posts_on).due_at
    by_then = f"Ditunggu paling lambat {dates.full_date(clock.local(due_at).date())}."
    asked = review_texts.asked(version.comments.filter(done_at=None).count(), has_note=bool(version.note))
    values = {
        "nama": duty.holder.name,
        "peninjau": version.decided_by,
        "hari_tayang": day,
        "permintaan": asked,
        "tautan": link_for(duty=duty, at=at),
        "batas": by_then if at < due_at else "Ditunggu secepatnya.",
        "kantor": office.name,
    }
    decided_on = clock.local(version.decided_at or at).date()
    roads = {MANUAL: (str(LinkKey(duty.pk, duty.holder.pk, decided_on, version=version.pk)), queries.LINK_KIND)}
    if office.reminders_by_email and duty.holder.email:
        roads[EMAIL] = (f"returned|version={version.pk}|email", queries.REVIEW_KIND)
    for channel, (key, kind) in roads.items():
        delivery.plan_delivery(
            office=office,
            key=key,
            channel=channel,
            kind=kind,
            to=duty.holder,
            subject=f"Kartu Pegasus perlu diubah: tayang {day}",
            text=review_texts.RETURNED.format(**values),
            due_at=clock.next_good_moment(at),
            at=at,
            expires_at=end_of_day(duty.posts_on, clock.zone),
            on_change="reminders.settle" if kind == queries.LINK_KIND else "",
            is_copy=channel == EMAIL,
        )
