"""Calendars: each event is a row, so that leave kept in a calendar takes the same road as a list."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.error import BrokenCalendarProperty

from pegasus.people.readers.limits import MOST_EVENT_BYTES, MOST_ROWS, refuse

MOST_LINES = 250_000  # folded lines: a year of an office's calendar has a tenth of that
LONGEST_LINE = 100_000  # unfolded; a line holds one fact
DEEPEST = 20  # components inside each other; a calendar needs three
FOLD = re.compile(rb"\r?\n[ \t]")
HEADING = ["Judul acara", "Email", "Jenis", "Mulai", "Hingga", "Catatan"]


def read(data: bytes, zone: str) -> tuple[dict[str, Any], bytes]:
    """Return the heading and the events as rows, as they stand in the file; days are the office's."""
    _look_at(data)
    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):  # broken lines: the parser's own
        refuse("calendar_damaged")
    events = [event for calendar in calendars for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    if not events:
        refuse("calendar_empty")
    return {"rows": [HEADING, *(_cells(event, ZoneInfo(zone)) for event in events)]}, b""


def _look_at(data: bytes) -> None:
    """Refuse what would take the parser long: it looks at every line, and goes into every component."""
    count = data.count(b"BEGIN:VEVENT")
    if count > MOST_ROWS:
        refuse("too_many_rows", rows=count)
    if len(data) > MOST_EVENT_BYTES:
        refuse("calendar_big")
    lines = FOLD.sub(b"", data).splitlines()
    if len(lines) > MOST_LINES or max(map(len, lines), default=0) > LONGEST_LINE:
        refuse("swollen")
    depth = 0
    for line in lines:
        word = line[:6].upper()
        depth += (word == b"BEGIN:") - word.startswith(b"END:")
        if depth > DEEPEST:
            refuse("swollen")


def _cells(event: Event, zone: ZoneInfo) -> list[str]:
    first, last = _days(event, zone)
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        first = "CANCELLED"
    elif "RRULE" in event or "RDATE" in event:
        first = "RRULE"
    return [
        str(event.get("SUMMARY", "")),
        _guest(event),
        ", ".join(map(str, event.categories)),
        first,
        last,
        str(event.get("DESCRIPTION", ""))[:200],
    ]


def _guest(event: Event) -> str:
    """Return the only guest's mailbox; of several nobody knows who is away."""
    guests = event.get("ATTENDEE", [])
    mailboxes = [str(one) for one in (guests if isinstance(guests, list) else [guests])]
    return mailboxes[0][len("mailto:") :] if len(mailboxes) == 1 and mailboxes[0].lower().startswith("mailto:") else ""


def _days(event: Event, zone: ZoneInfo) -> tuple[str, str]:
    start, end, length = (_read(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if not isinstance(start, date):
        return str(start or ""), ""
    if not isinstance(end, date):
        end = start + length if isinstance(length, timedelta) else start
    first, last = _day(start, zone), _day(end, zone)
    # The end of an event is the first moment after it: a day, or midnight.
    if last > first and (not isinstance(end, datetime) or _local(end, zone).time() == time()):
        last -= timedelta(days=1)
    return first.isoformat(), last.isoformat()


def _read(event: Event, name: str) -> object:
    """Return a day, a moment or a length; what cannot be read comes back as it is written."""
    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return str(event.get(name))


def _day(moment: date, zone: ZoneInfo) -> date:
    return _local(moment, zone).date() if isinstance(moment, datetime) else moment


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone) if moment.tzinfo else moment
