"""WIB, WITA and WIT: a day begins, a turn is over, and work falls due by the office's own clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pegasus.people.actions import add_absence
from pegasus.roster import queries
from pegasus.roster.misfits import World
from pegasus.roster.tests.builders import BEFORE_Q4, make_published, make_staffed_office
from pegasus.sop.models import Activity

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)
ZONES = [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)]


@pytest.mark.parametrize(("zone", "hours"), ZONES)
def test_tasks_open_and_fall_due_at_the_edges_of_the_office_s_day(zone: str, hours: int) -> None:
    office = make_staffed_office(4, timezone=zone)
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=MONDAY)

    tasks = {(task.activity.rhythm, task.part): task for task in queries.duty_tasks(duty)}

    midnight = datetime(2026, 11, 30, tzinfo=UTC) - timedelta(hours=hours)
    group, card = tasks[Activity.Rhythm.POSTING, "group"], tasks[Activity.Rhythm.CARD, ""]
    assert (group.opens_at, group.due_at) == (midnight, midnight + timedelta(days=1, seconds=-1))
    assert card.due_at == midnight - timedelta(days=2, seconds=1)  # the end of Friday, the last working day before
    assert tasks[Activity.Rhythm.REMINDER, "H-3"].opens_at == midnight - timedelta(days=5)  # Wednesday


@pytest.mark.parametrize(("zone", "hours"), ZONES)
def test_a_turn_is_to_come_until_its_day_begins_where_the_office_is(zone: str, hours: int) -> None:
    office = make_staffed_office(4, timezone=zone)
    make_published(office)
    duty = queries.duties_of(office).get(posts_on=MONDAY)
    assert duty.holder is not None
    add_absence(employee=duty.holder, starts_on=MONDAY, ends_on=MONDAY, by="Ayu", at=BEFORE_Q4)
    midnight = datetime(2026, 11, 30, tzinfo=UTC) - timedelta(hours=hours)

    before = World.of(office, midnight - timedelta(seconds=1)).misfits
    after = World.of(office, midnight).misfits

    assert [one.duty for one in before] == [duty]
    assert after == []
