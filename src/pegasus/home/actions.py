from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from pegasus.calendar import actions as calendar
from pegasus.people import actions as people
from pegasus.people.models import Office
from pegasus.sop import actions as sop


@transaction.atomic
def add_office_with_procedures(
    *, code: str, name: str, timezone: str, by: str, at: datetime, **fields: object
) -> Office:
    """Make an office that can begin: its calendar of last, this and next year, SOP-330, and what is due today."""
    office = people.add_office(code=code, name=name, timezone=timezone, by=by, at=at, **fields)
    year = at.astimezone(ZoneInfo(timezone)).year
    calendar.seed_holidays(office=office, years=(year - 1, year, year + 1))
    sop.install(office=office, code="pegasus", at=at)
    sop.open_period_tasks(office=office, at=at)
    return office
