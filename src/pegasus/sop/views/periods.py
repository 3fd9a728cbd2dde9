from datetime import date

from django.http import HttpRequest

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import clock

YEARS_BACK = 2


def chosen_period(request: HttpRequest, zone: str) -> Period:
    """Return the period that the address names, else the running quarter."""
    try:
        return Period.parse(request.GET.get("periode", ""))
    except ValueError:
        return Period.of(clock.today(zone), "quarter")


def choices(today: date, chosen: Period) -> list[Period]:
    """List the periods to choose from, newest first: quarters, then semesters, and the chosen one in any case."""
    found: list[Period] = []
    quarter, semester = Period.of(today, "quarter").next, Period.of(today, "semester")
    while quarter.year >= today.year - YEARS_BACK:
        found.append(quarter)
        quarter = quarter.previous
    while semester.year >= today.year - YEARS_BACK:
        found.append(semester)
        semester = semester.previous
    return found if chosen in found else [chosen, *found]
