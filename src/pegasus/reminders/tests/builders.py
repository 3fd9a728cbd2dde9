"""An office with SOP-330, a CA, and one published duty that posts on Monday, 30 November 2026."""

from datetime import UTC, date, datetime
from typing import Any

from tests.builders import make_employee, make_office

from pegasus.calendar.domain.deadlines import end_of_day, start_of_day
from pegasus.people.models import Employee, Office
from pegasus.reminders import queries
from pegasus.roster.models import Duty
from pegasus.sop import actions as sop
from pegasus.sop.models import Activity, Task
from pegasus.sop.queries import activity

POSTS_ON = date(2026, 11, 30)  # a Monday; H-5 is Monday 23, H-3 Wednesday 25 November
BEFORE = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
H5 = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08.00 WIB
H3 = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def make_sop_office(**given: Any) -> Office:  # noqa: ANN401 - any field of the model
    office = make_office(**given)
    sop.install(office=office, code="pegasus", at=BEFORE)
    make_employee(office, name="Rina", roles=("ca",))
    return office


def make_holder(office: Office, **given: Any) -> Employee:  # noqa: ANN401 - any field of the model
    return make_employee(
        office, **{"name": "Sari Wulandari", "phone": "+6281234567890", "email": "sari@example.go.id"} | given
    )


def make_duty(office: Office, holder: Employee | None = None, *, posts_on: date = POSTS_ON, seat: int = 1) -> Duty:
    duty = Duty.objects.create(
        office=office, starts_on=posts_on, seat=seat, posts_on=posts_on, holder=holder or make_holder(office)
    )
    clock = queries.clock_of(office)
    for part in ("H-5", "H-3"):
        _open(duty, Activity.Rhythm.REMINDER, part, clock.day_of(posts_on, int(part[2:])))
    _open(duty, Activity.Rhythm.CARD, "", clock.day_of(posts_on, 3))
    return duty


def _open(duty: Duty, rhythm: str, part: str, day: date) -> Task:
    return sop.open_task(
        office=duty.office,
        activity=activity(duty.office, rhythm),
        subject=duty.subject,
        part=part,
        period="2026Q4",
        role="ca" if part else "pegawai",
        owner=None if part else duty.holder,
        opens_at=start_of_day(day, duty.office.timezone),
        due_at=end_of_day(day, duty.office.timezone),
    )


def hand_in_card(duty: Duty, *, at: datetime) -> None:
    task = Task.objects.get(subject=duty.subject, activity__rhythm=Activity.Rhythm.CARD)
    sop.close_task(task=task, at=at, by="Sari")
