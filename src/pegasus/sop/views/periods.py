"""Which period a page of the SOP is about."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock
from pegasus.people.models import Office
from pegasus.sop import queries

YEARS_BACK = 2


@dataclass(frozen=True)
class PeriodChoice:
    """The period a page is about, and those it can turn to: none from before the office had anything to do."""

    period: Period
    periods: list[Period]
    first: date

    @property
    def has_earlier(self) -> bool:
        """Tell whether the office was there in the period before."""
        return self.period.previous.ends_on >= self.first


def period_choice(request: HttpRequest, office: Office) -> PeriodChoice:
    """Return the period that the address names, or the running quarter, with the others to choose from."""
    today = clock.today(office.timezone)
    first = queries.first_day_of(office, today)
    running = Period.of(today, "quarter")
    try:
        named = Period.parse(request.GET.get("periode", ""))
    except ValueError:
        named = running
    chosen = named if named.ends_on >= first else running
    return PeriodChoice(chosen, choices(today, chosen, first=first), first)


def choices(today: date, chosen: Period, *, first: date) -> list[Period]:
    """List the periods since a first day, newest first: quarters, then semesters, and the chosen one in any case."""
    since = max(first, date(today.year - YEARS_BACK, 1, 1))
    found: list[Period] = []
    quarter, semester = Period.of(today, "quarter").next, Period.of(today, "semester")
    while quarter.ends_on >= since:
        found.append(quarter)
        quarter = quarter.previous
    while semester.ends_on >= since:
        found.append(semester)
        semester = semester.previous
    return found if chosen in found else [chosen, *found]
