"""The one clock. Rules never read it; views and jobs pass `now()` on as an argument."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> datetime:
    """Return this moment in UTC; a test may set it in the file that PEGASUS_TEST_CLOCK names."""
    if settings.PEGASUS_TEST_CLOCK:
        return datetime.fromisoformat(Path(settings.PEGASUS_TEST_CLOCK).read_text(encoding="utf-8").strip())
    return datetime.now(UTC)


def today(zone: str) -> date:
    """Return the date in a time zone such as `Asia/Jakarta`."""
    return now().astimezone(ZoneInfo(zone)).date()
