from collections.abc import Iterable

import holidays

from pegasus.calendar.models import Holiday
from pegasus.people.models import Office


def seed_holidays(*, office: Office, years: Iterable[int]) -> int:
    """Freeze the library's national holidays and collective leave of some years into rows; return how many are new."""
    rows: list[Holiday] = []
    kinds = (
        ("government", Holiday.Kind.COLLECTIVE_LEAVE),
        ("public", Holiday.Kind.PUBLIC_HOLIDAY),
    )
    wanted = sorted(set(years))
    for category, kind in kinds:
        for on, name in sorted(
            holidays.country_holidays("ID", years=wanted, categories=(category,), language="id").items()
        ):
            rows.append(Holiday(office=office, on=on, name=name[:200], kind=kind, from_library=True))
    before = Holiday.objects.filter(office=office).count()
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    return Holiday.objects.filter(office=office).count() - before
