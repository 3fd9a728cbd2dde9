from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from pegasus.calendar.queries import working_calendar
from pegasus.delivery.domain.hours import OfficeHours
from pegasus.delivery.domain.states import WITHDRAWABLE
from pegasus.delivery.models import Attempt, Delivery
from pegasus.kernel.models import AuditEntry
from pegasus.kernel.text import clean_name
from pegasus.people.models import Office

State = Delivery.State
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "kirim": (State.PREPARED, State.OPENED),
    "belum-pasti": (State.UNKNOWN,),
    "terjadwal": (State.PLANNED, State.CLAIMED, State.RETRY_WAIT),
    "terkirim": (State.CONFIRMED, State.ACCEPTED, State.SENT, State.DELIVERED, State.READ),
    "gagal": (State.FAILED, State.CANCELLED),
}
MOST_AT_ONCE = 500


def hours_of(office: Office) -> OfficeHours:
    """Return when an office's messages may leave by themselves."""
    return OfficeHours(working_calendar(office), office.reminder_hour, office.timezone)


def deliveries_of(office: Office) -> QuerySet[Delivery]:
    """The only door to deliveries: those of one office, by due time."""
    return Delivery.objects.filter(office=office).select_related("to").order_by("due_at", "pk")


def to_send(office: Office) -> QuerySet[Delivery]:
    """Return what waits for a person's tap, those already opened first."""
    return in_section(office, "kirim")


def in_section(office: Office, section: str, words: str = "") -> QuerySet[Delivery]:
    """Return a part of the page of messages; `words` must all stand in the name, team or text."""
    rows = deliveries_of(office).filter(state__in=SECTIONS[section])
    for word in words.split():
        rows = rows.filter(
            Q(to__name__icontains=clean_name(word)) | Q(to__team__icontains=word) | Q(text__icontains=word)
        )
    if section == "kirim":
        return rows.order_by("state", "due_at", "pk")  # "opened" stands before "prepared"
    if section in {"terkirim", "gagal"}:
        return rows.order_by("-settled_at", "-pk")
    return rows


def counts(office: Office) -> dict[str, int]:
    """Return how many stand in each section: one query."""
    by_state = dict(
        Delivery.objects.filter(office=office).order_by().values_list("state").annotate(number=Count("pk"))
    )
    return {name: sum(by_state.get(state, 0) for state in states) for name, states in SECTIONS.items()}


def withdrawn_since(office: Office, at: datetime) -> QuerySet[Delivery]:
    """Return what was taken back since a moment though somebody had opened it, the newest first."""
    rows = deliveries_of(office).filter(state=State.CANCELLED, opened_at__isnull=False, settled_at__gte=at)
    return rows.order_by("-settled_at", "-pk")


def attempts_of(delivery: Delivery) -> QuerySet[Attempt]:
    """Return the history of one delivery, the newest first."""
    return Attempt.objects.filter(delivery=delivery).order_by("-started_at", "-pk")


def deeds_of(delivery: Delivery) -> QuerySet[AuditEntry]:
    """Return what people did to one delivery, the newest first."""
    return AuditEntry.objects.filter(subject=f"delivery:{delivery.pk}", office_id=delivery.office_id).order_by(
        "-at", "-pk"
    )


def delivery_for_work(pk: int) -> Delivery | None:
    """Return one delivery of any office, for the jobs alone."""
    return (
        Delivery.objects.select_related("to", "office", "picture").filter(pk=pk, office__is_being_made=False).first()
    )


def needing_work(at: datetime) -> Iterable[int]:
    """Return what the jobs must move on, of all offices: due, to be tried again, lost or too late."""
    due = Q(state=State.PLANNED, due_at__lte=at)
    again = Q(state=State.RETRY_WAIT, retry_at__lte=at)
    lost = Q(state=State.CLAIMED, leased_until__lt=at)
    late = Q(state__in=WITHDRAWABLE, expires_at__lte=at)
    rows = Delivery.objects.filter(
        due | again | lost | late, channel__in=settings.DELIVERY_CHANNELS, office__is_being_made=False
    )
    return rows.order_by("due_at", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
