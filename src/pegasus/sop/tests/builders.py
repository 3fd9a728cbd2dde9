"""Builders of this slice: an office with its SOP, a task on an activity."""

from datetime import datetime, timedelta
from typing import Any

from tests.builders import NOW, make_office

from pegasus.people.models import Office
from pegasus.sop import actions, queries
from pegasus.sop.models import Task


def make_office_with_sop(procedure: str = "pegasus", *, at: datetime = NOW, **given: Any) -> Office:  # noqa: ANN401
    office = make_office(**given)
    actions.install(office=office, code=procedure, at=at)
    return office


def make_task(office: Office, rhythm: str = "quarter", programme: str = "pegasus", **given: Any) -> Task:  # noqa: ANN401
    defaults: dict[str, Any] = {
        "subject": "period:2026Q4",
        "part": "",
        "period": "2026Q4",
        "role": "ca",
        "owner": None,
        "opens_at": NOW,
        "due_at": NOW + timedelta(days=3),
    }
    activity = queries.activity(office, rhythm, programme)
    return actions.open_task(office=office, activity=activity, **defaults | given)
