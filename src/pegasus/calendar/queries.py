from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

import holidays
from django.db.models import QuerySet

from pegasus.calendar.domain.editions import HolidayEdition, compare
from pegasus.calendar.domain.working_days import WorkingCalendar
from pegasus.calendar.domain.years import DayOff
from pegasus.calendar.models import Holiday
from pegasus.people.models import Office

DECREE_MONTH = 10  # the joint decree of the next year has come out by October

_kept: ContextVar[dict[int, WorkingCalendar] | None] = ContextVar("_kept", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within, an office's calendar is read from the database once: for a page of many parts that changes nothing."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def working_calendar(office: Office) -> WorkingCalendar:
    """Return the office's calendar: one query, all years."""
    kept = _kept.get()
    if kept is None:
        return _read(office)
    if office.pk not in kept:
        kept[office.pk] = _read(office)
    return kept[office.pk]


def _read(office: Office) -> WorkingCalendar:
    days: list[date] = list(
        Holiday.objects.filter(office=office, withdrawn_at=None).values_list("on", flat=True).order_by("on")
    )
    return WorkingCalendar(frozenset(days))


def holidays_of(office: Office) -> QuerySet[Holiday]:
    """The only door to holidays: those of one office, withdrawn ones too, by date."""
    return Holiday.objects.filter(office=office).order_by("on", "pk")


def days_off(rows: Iterable[Holiday]) -> dict[date, DayOff]:
    """Return the days in force by date, as the year view needs them."""
    return {
        row.on: DayOff(row.on, row.name, row.kind)  # type: ignore[arg-type] # the column's choices are these kinds
        for row in rows
        if row.withdrawn_at is None
    }


def considered(office: Office, *, off: date | None = None, on: date | None = None) -> WorkingCalendar:
    """Return the calendar as it would be with a day off more (`off`) or a working day more (`on`)."""
    days = working_calendar(office).days_off
    return WorkingCalendar(days | {off} if off else days - {on})


def year_without_decree(office: Office, today: date) -> int | None:
    """Return the year whose collective leave should be known by now and is not: in the last quarter the next one."""
    years = [today.year, today.year + 1] if today.month >= DECREE_MONTH else [today.year]
    rows = Holiday.objects.filter(office=office, on__year__in=[today.year, today.year + 1], withdrawn_at=None)
    kinds: dict[int, set[str]] = {}
    for on, kind in rows.values_list("on", "kind").order_by("on"):
        kinds.setdefault(on.year, set()).add(kind)
    if today.year not in kinds:  # an office that does not keep a calendar is told so elsewhere
        return None
    return next((year for year in years if Holiday.Kind.COLLECTIVE_LEAVE not in kinds.get(year, ())), None)


def lacks_collective_leave(rows: list[Holiday]) -> bool:
    """Tell whether a year's collective leave is not known yet: its decree is still to come."""
    return not any(row.kind == Holiday.Kind.COLLECTIVE_LEAVE for row in rows)


def package_days(years: Iterable[int]) -> list[DayOff]:
    """Return the national holidays and the collective leave that the package of holidays knows, by date."""
    found: dict[date, DayOff] = {}
    # A day that is both counts as a public holiday.
    for category, kind in (("government", Holiday.Kind.COLLECTIVE_LEAVE), ("public", Holiday.Kind.PUBLIC_HOLIDAY)):
        days = holidays.country_holidays("ID", years=sorted(set(years)), categories=(category,), language="id")
        found |= {
            on: DayOff(on, name, kind.value)  # type: ignore[arg-type] # the column's choices are these kinds
            for on, name in days.items()
        }
    return [found[on] for on in sorted(found)]


def edition_for(rows: Collection[Holiday], package: Collection[DayOff]) -> HolidayEdition:
    """Return what filling some years anew would change: the package's days against the office's rows."""
    unconfirmed = [row for row in rows if row.is_unconfirmed]
    own = [row for row in rows if not row.is_unconfirmed]
    return compare(
        package,
        unconfirmed=days_off(unconfirmed).values(),
        own=days_off(own).values(),
        taken=[row.on for row in own],
    )
