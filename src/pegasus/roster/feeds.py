"""Calendar feeds: one for a person, one for the office, each behind a secret address (RFC 5545).

The file carries no METHOD, so that DTSTAMP is the moment of the last change and one state has one file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Alarm, Calendar, Event

from pegasus.kernel import audit
from pegasus.people import queries as people
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.models import Duty, DutyHolder

PERSON, OFFICE = "roster-feed-person", "roster-feed-office"
ALARM = "alarm"  # the part of the address that asks for one
ALARMS = (15, 60, 24 * 60)  # minutes before
LENGTH = timedelta(minutes=30)
ASK_AGAIN = timedelta(hours=6)
KEPT = timedelta(days=400)  # what lies farther back stays in the roster, not in telephones


@dataclass(frozen=True)
class Feed:
    """A feed as it stands, and when it last changed (None while it is empty)."""

    body: bytes
    changed_at: datetime | None


def address_for(employee: Employee) -> str | None:
    """Return the secret address of a person's feed; None while it is closed."""
    return _address(people.secret_token(employee.office, PERSON, employee))


def address_of(office: Office) -> str | None:
    """Return the secret address of the office's feed; None while it is closed."""
    return _address(people.secret_token(office, OFFICE))


def _address(token: str | None) -> str | None:
    return _absolute(reverse("roster:feed", args=[token])) if token else None


def _absolute(path: str) -> str:
    return settings.PEGASUS_BASE_URL.rstrip("/") + path


def behind(token: str, *, at: datetime, alarm: int | None = None) -> Feed | None:
    """Return the feed behind a secret address; None where there is none, or its owner has left."""
    employee = people.employee_behind(token, PERSON)
    if employee is not None:
        today = at.astimezone(ZoneInfo(employee.office.timezone)).date()
        here = employee.active_until is None or employee.active_until >= today
        return person_feed(employee, since=today - KEPT, alarm=alarm) if here else None
    office = people.office_behind(token, OFFICE)
    return office_feed(office, since=at.date() - KEPT, alarm=alarm) if office else None


def person_feed(employee: Employee, *, since: date, alarm: int | None = None) -> Feed:
    """Return a person's turns; what was handed over or cancelled stays as cancelled, so that calendars drop it."""
    office = employee.office
    held = DutyHolder.objects.filter(employee=employee).values("duty_id")
    duties = queries.all_duties_of(office).filter(pk__in=held, posts_on__gte=since)
    return _feed(office, f"Pegasus · {employee.name}", duties, mine=employee, alarm=alarm)


def office_feed(office: Office, *, since: date, alarm: int | None = None) -> Feed:
    """Return all turns of the office."""
    duties = queries.all_duties_of(office).filter(posts_on__gte=since)
    return _feed(office, f"Pegasus · {office.name}", duties, mine=None, alarm=alarm)


def _feed(office: Office, name: str, duties: Iterable[Duty], *, mine: Employee | None, alarm: int | None) -> Feed:
    found = list(duties)
    changes = _changes(office, found)
    calendar = Calendar()
    calendar.add("prodid", "-//Pegasus//Jadwal//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", office.timezone)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for duty in found:
        gone = duty.cancelled_at is not None or (mine is not None and duty.holder_id != mine.pk)
        event = _event(office, duty, changes[duty.pk], personal=mine is not None)
        event.add("status", "CANCELLED" if gone else "CONFIRMED")
        if alarm is not None and not gone:
            event.add_component(_alarm(str(event["summary"]), alarm))
        calendar.add_component(event)
    if found:
        days = [duty.posts_on for duty in found]
        calendar.add_missing_timezones(min(days) - timedelta(days=1), max(days) + timedelta(days=1))
    return Feed(bytes(calendar.to_ical()), max(changes.values(), default=None))


def _changes(office: Office, duties: list[Duty]) -> dict[int, datetime]:
    """Return when each duty was last revised: given, handed on, moved, cancelled, or all at once by the settings."""
    subjects = [f"office:{office.pk}", *(duty.subject for duty in duties)]
    deeds = audit.last_deeds(subjects, office_id=office.pk)
    given = dict(
        DutyHolder.objects.filter(duty__in=duties).order_by("held_from", "pk").values_list("duty_id", "held_from")
    )
    settled = deeds.get(subjects[0])
    found = {}
    for duty in duties:
        moments = [given.get(duty.pk), duty.cancelled_at, deeds.get(duty.subject), settled]
        found[duty.pk] = max((one for one in moments if one), default=_start(office, duty)).replace(microsecond=0)
    return found


def _start(office: Office, duty: Duty) -> datetime:
    return datetime.combine(duty.posts_on, office.reminder_hour, ZoneInfo(office.timezone))


def _event(office: Office, duty: Duty, changed: datetime, *, personal: bool) -> Event:
    starts = _start(office, duty)
    name = duty.holder.name if duty.holder else ""
    event = Event()
    event.add("uid", f"duty-{duty.pk}@{office.code}.pegasus")
    event.add("sequence", duty.sequence)
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + LENGTH)
    event.add("summary", "Giliran Pegasus: kartu Anda tayang" if personal else f"Pegasus: {name}")
    event.add("description", "Kartu dikirim paling lambat hari kerja sebelumnya.")
    event.add("transp", "TRANSPARENT")
    event.add("url", _absolute(reverse("roster:index")))
    return event


def _alarm(words: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm
