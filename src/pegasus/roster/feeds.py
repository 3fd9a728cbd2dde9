"""Calendar feeds: one for a person, one for the office, each behind a secret address (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from pegasus.kernel import tokens
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.models import Duty, DutyHolder

PERSON, OFFICE = "roster-feed-person", "roster-feed-office"
LENGTH = timedelta(minutes=30)
ASK_AGAIN = timedelta(hours=6)


def address_for(employee: Employee) -> str:
    """Return the secret address of a person's feed."""
    return _address(tokens.sign(PERSON, employee.pk))


def address_of(office: Office) -> str:
    """Return the secret address of the office's feed."""
    return _address(tokens.sign(OFFICE, office.pk))


def _address(token: str) -> str:
    return settings.PEGASUS_BASE_URL.rstrip("/") + reverse("roster:feed", args=[token])


def person_feed(employee: Employee) -> bytes:
    """Return a person's turns; what was handed over or cancelled stays as cancelled, so that calendars drop it."""
    office = employee.office
    held = DutyHolder.objects.filter(employee=employee).values("duty_id")
    duties = queries.all_duties_of(office).filter(pk__in=held)
    return _feed(office, f"Pegasus · {employee.name}", duties, mine=employee)


def office_feed(office: Office) -> bytes:
    """Return all turns of the office."""
    return _feed(office, f"Pegasus · {office.name}", queries.all_duties_of(office), mine=None)


def _feed(office: Office, name: str, duties: Iterable[Duty], *, mine: Employee | None) -> bytes:
    found = list(duties)
    changed = {
        held.duty_id: held.held_from for held in DutyHolder.objects.filter(duty__in=found).order_by("held_from", "pk")
    }
    calendar = Calendar()
    calendar.add("prodid", "-//Pegasus//Jadwal//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", office.timezone)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for duty in found:
        gone = duty.cancelled_at is not None or (mine is not None and duty.holder_id != mine.pk)
        calendar.add_component(_event(office, duty, changed.get(duty.pk), gone=gone, personal=mine is not None))
    if found:
        days = [duty.posts_on for duty in found]
        calendar.add_missing_timezones(min(days) - timedelta(days=1), max(days) + timedelta(days=1))
    return bytes(calendar.to_ical())


def _event(office: Office, duty: Duty, changed: datetime | None, *, gone: bool, personal: bool) -> Event:
    starts = datetime.combine(duty.posts_on, office.reminder_hour, ZoneInfo(office.timezone))
    name = duty.holder.name if duty.holder else ""
    event = Event()
    event.add("uid", f"duty-{duty.pk}@{office.code}.pegasus")
    event.add("sequence", duty.sequence)
    event.add("dtstamp", (duty.cancelled_at or changed or starts).astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + LENGTH)
    event.add("summary", "Giliran Pegasus: kartu Anda tayang" if personal else f"Pegasus: {name}")
    event.add("description", "Kartu dikirim paling lambat hari kerja sebelumnya.")
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", settings.PEGASUS_BASE_URL.rstrip("/") + reverse("roster:index"))
    return event
