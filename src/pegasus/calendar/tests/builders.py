from datetime import date
from typing import Any

from pegasus.calendar.models import Holiday
from pegasus.people.models import Office


def make_holiday(office: Office, on: date, **given: Any) -> Holiday:  # noqa: ANN401 - any field of the model
    defaults: dict[str, Any] = {"name": "Hari Uji", "kind": Holiday.Kind.PUBLIC_HOLIDAY}
    return Holiday.objects.create(office=office, on=on, **defaults | given)
