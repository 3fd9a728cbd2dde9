from datetime import date

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.models import Holiday
from pegasus.people.models import Office


def working_calendar(office: Office) -> WorkingCalendar:
    """Return the office's calendar: one query, all years."""
    days: list[date] = list(
        Holiday.objects.filter(office=office, withdrawn_at=None).values_list("on", flat=True).order_by("on")
    )
    return WorkingCalendar(frozenset(days))
