from datetime import datetime
from itertools import count
from typing import Any

from tests.builders import NOW, make_employee, make_office

from pegasus.delivery import actions
from pegasus.delivery.models import Delivery
from pegasus.people.models import Employee, Office

_numbers = count(1)


def make_delivery(
    office: Office | None = None,
    *,
    to: Employee | None = None,
    channel: str = "email",
    state: str = Delivery.State.PLANNED,
    due_at: datetime = NOW,
    **given: Any,  # noqa: ANN401 - any fact of a delivery
) -> Delivery:
    """A planned delivery; another state is written straight into the row."""
    office = office or make_office()
    person = to or make_employee(office, email="sari@example.go.id", phone="+6281234567890", name="Sari Wulandari")
    facts = {"key": f"test|{next(_numbers)}", "kind": "reminder", "text": "Halo", "subject": "Pengingat"} | given
    columns = {name: facts.pop(name) for name in ("retry_at", "leased_until", "tries", "settled_at") if name in facts}
    delivery = actions.plan_delivery(office=office, channel=channel, to=person, due_at=due_at, at=NOW, **facts)
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **columns)
    delivery.refresh_from_db()
    return delivery
