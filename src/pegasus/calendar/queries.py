from datetime import date

from django.db.models import QuerySet

from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.domain.years import DayOff
from pegasus.calendar.models import Holiday
from pegasus.people.models import Office


def working_calendar(office: Office) -> WorkingCalendar:
    """Return the office's calendar: one query, all years."""
    days: list[date] = list(
        Holiday.objects.filter(office=office, withdrawn_at=None).values_list("on", flat=True).order_by("on")
    )
    return WorkingCalendar(frozenset(days))


def holidays_of(office: Office) -> QuerySet[Holiday]:
    """The only door to holidays: those of one office, withdrawn ones too, by date."""
    return Holiday.objects.filter(office=office).order_by("on", "pk")


def days_off(rows: list[Holiday]) -> dict[date, DayOff]:
    """Return the days in force by date, as the year view needs them."""
    return {
        row.on: DayOff(row.on, row.name, row.kind)  # type: ignore[arg-type] # the column's choices are these kinds
        for row in rows
        if row.withdrawn_at is None
    }


def lacks_collective_leave(rows: list[Holiday]) -> bool:
    """Tell whether a year's collective leave is not known yet: its decree is still to come."""
    return not any(row.kind == Holiday.Kind.COLLECTIVE_LEAVE for row in rows)
