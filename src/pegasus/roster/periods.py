from datetime import date

from django.http import Http404

from pegasus.calendar.domain.periods import Kind, Period
from pegasus.people.models import Office


def period_asked(office: Office, key: str | None, today: date) -> Period:
    """Return the period of an address, or the running one."""
    kind: Kind = "semester" if office.roster_period == Office.PeriodKind.SEMESTER else "quarter"
    if not key:
        return Period.of(today, kind)
    try:
        return Period.parse(key)
    except ValueError:
        raise Http404 from None
