"""Calendars: each event is a row, so that leave kept in a calendar takes the same road as a list."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.error import BrokenCalendarProperty

from pegasus.people.domain.columns import Value
from pegasus.people.domain.staff_list import NumberedRow
from pegasus.people.sheets.limits import MOST_ROWS, SheetRefused, too_many_rows

BEGIN = b"BEGIN:VCALENDAR"
MOST_BYTES = 3 * 1024 * 1024


def rows_of(data: bytes, zone: str) -> list[NumberedRow]:
    """Return the heading and the events, numbered from 1 as they stand in the file; days are the office's."""
    count = data.count(b"BEGIN:VEVENT")
    if count > MOST_ROWS:
        raise SheetRefused(too_many_rows(count))
    if len(data) > MOST_BYTES:
        raise SheetRefused(_("Kalender ini lebih besar dari 3 MB. Ekspor hanya tahun yang diperlukan."))
    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except (ValueError, LookupError, AttributeError, TypeError) as error:  # broken lines: the parser lets them through
        raise SheetRefused(_("Kalender ini rusak atau tidak lengkap. Ekspor lagi dari aplikasinya.")) from error
    events = [event for calendar in calendars for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    if not events:
        raise SheetRefused(_("Tidak ada satu pun acara dalam kalender ini."))
    heading: list[Value] = ["Judul acara", "Email", "Jenis", "Mulai", "Hingga", "Catatan"]
    return [
        NumberedRow(0, heading),
        *(NumberedRow(number, _cells(event, ZoneInfo(zone))) for number, event in enumerate(events, 1)),
    ]


def _cells(event: Event, zone: ZoneInfo) -> list[Value]:
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
