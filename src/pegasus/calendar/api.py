from datetime import date
from typing import Annotated, Literal

from ninja import Query, Router, Schema

from pegasus.calendar import queries
from pegasus.calendar.forms import EARLIEST, LATEST
from pegasus.calendar.models import Holiday
from pegasus.kernel import clock
from pegasus.people.bearer import ApiRequest

router = Router(tags=["Kalender"])


class HolidayOut(Schema):
    """A day on which the office does not work, or once did not; `withdrawn` when a decree took it back."""

    on: date
    name: str
    kind: Literal["public_holiday", "collective_leave", "local"]
    decree_number: str
    withdrawn: bool

    @staticmethod
    def resolve_withdrawn(holiday: Holiday) -> bool:
        """Tell whether the day is a working day again."""
        return holiday.withdrawn_at is not None


@router.get("/holidays", response=list[HolidayOut], summary="Hari libur dan cuti bersama")
def holidays(
    request: ApiRequest, year: Annotated[int | None, Query(ge=EARLIEST.year, le=LATEST.year)] = None
) -> list[Holiday]:
    """Return a year's days off, by date; this year when none is named."""
    office = request.auth.office
    return list(queries.holidays_of(office).filter(on__year=year or clock.today(office.timezone).year))
